import { z } from 'zod';

/** What lets in to AWS, and to whatever speaks S3. A session's token goes with keys that end. */
export const awsSecret = z.object({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).optional(),
});

export type AwsSecret = z.infer<typeof awsSecret>;
