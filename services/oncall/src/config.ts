import { z } from 'zod';
import { readConfig, type Environment } from '#libs/service';

const shape = {
  /** The mail server that takes what is sent: smtp://host:port or smtps://user:password@host. Without it, no mail. */
  SMTP_URL: z
    .string()
    .default('')
    .refine(
      (url) => url === '' || /^smtps?:\/\/[^\s/]+\/?$/.test(url),
      'smtp://host:port or smtps://user:password@host',
    ),
  /** Who mail is from. */
  SMTP_FROM: z.string().min(3).max(200).default('vigie@localhost'),
};

/** @throws Error naming everything that is missing or wrong. */
export const config = (environment: Environment) => readConfig(shape, environment);
