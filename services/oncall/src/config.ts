import { z } from 'zod';
import { allowedIn } from '#libs/outbound';
import { readConfig, type Environment } from '#libs/service';
import { isUrl } from '#libs/terms';

/** Whether it names a server, by a port there is: what nobody can call is told at the start, not by each mail. */
const isMailServer = (text: string): boolean => {
  if (!/^smtps?:\/\/[^\s/]+\/?$/.test(text) || !isUrl(text)) return false;
  const { hostname, port, search, hash } = new URL(text);
  return hostname !== '' && port !== '0' && search === '' && hash === '';
};

const shape = {
  /** The mail server that takes what is sent: smtp://host:port or smtps://user:password@host. Without it, no mail. */
  SMTP_URL: z
    .string()
    .default('')
    .refine((url) => url === '' || isMailServer(url), 'no mail server: smtp://host:port or smtps://user:password@host'),
  /** Secrets of webhooks, by tenant and name, each with the origins it may be sent to; without it, no webhooks. */
  SECRETS_FILE: z.string().default(''),
  /** Hosts or ranges that may be called although private, comma-separated: a mail server or receiver of one's own. */
  EGRESS_ALLOW: z.string().default('').transform(allowedIn),
  /** Who mail is from. */
  SMTP_FROM: z.string().min(3).max(200).default('vigie@localhost'),
};

/** @throws Error naming everything that is missing or wrong. */
export const config = (environment: Environment) => readConfig(shape, environment);
