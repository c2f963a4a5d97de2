import { readFile } from 'node:fs/promises';
import { awsSecret, openBucket, placeOf, type AwsSecret } from '#libs/s3';
import { Fault } from '#libs/model';
import type { HuntingConfig } from '../../config.js';
import { filesInBucket } from './bucket.js';
import { checked } from './checked.js';
import { filesInFolder } from './folder.js';
import type { FilesOfLake } from './port.js';

type LakeConfig = Pick<
  HuntingConfig,
  | 'LAKE_DIR'
  | 'LAKE_S3_URL'
  | 'LAKE_S3_REGION'
  | 'LAKE_S3_SECRET_FILE'
  | 'LAKE_S3_CACHE_MB'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
>;

const FORM = '{"accessKeyId","secretAccessKey"} (and "sessionToken", where there is one)';

const inFile = async (file: string): Promise<AwsSecret> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`LAKE_S3_SECRET_FILE cannot be read: ${error.code ?? error.name}`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own error would quote it.
    value = undefined;
  }
  const read = awsSecret.safeParse(value);
  if (!read.success) throw new Fault(`LAKE_S3_SECRET_FILE is not ${FORM}`);
  return read.data;
};

/** What lets in, of the file each time anew, so that keys may be changed, or of the environment. @throws Fault */
const secretOf = (config: LakeConfig): (() => Promise<AwsSecret>) => {
  const { LAKE_S3_SECRET_FILE: file, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = config;
  if (file !== '') return () => inFile(file);
  const read = awsSecret.safeParse({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN === '' ? undefined : AWS_SESSION_TOKEN,
  });
  if (!read.success)
    throw new Fault('LAKE_S3_URL needs LAKE_S3_SECRET_FILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  return async () => read.data;
};

/** Where the settings say that the lake is. @throws Fault when a bucket cannot be reached, or a right is missing. */
export const openFiles = async (config: LakeConfig): Promise<FilesOfLake> => {
  const { LAKE_DIR, LAKE_S3_URL: url, LAKE_S3_REGION, LAKE_S3_CACHE_MB } = config;
  if (url === undefined || url === '') return filesInFolder(LAKE_DIR);
  const place = placeOf(url, LAKE_S3_REGION);
  if (!place) throw new Fault('LAKE_S3_URL names no bucket');
  const bucket = openBucket(place, { secret: secretOf(config) });
  const files = filesInBucket(bucket, LAKE_DIR, LAKE_S3_CACHE_MB * 1024 * 1024);
  try {
    await checked(bucket, files.reaches[0] ?? LAKE_DIR, url);
  } catch (error) {
    await files.close();
    throw error;
  }
  return files;
};
