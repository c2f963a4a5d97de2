import { checkSecrets, createEgress, createHttp, SecretMissing, secretsFrom, type Secrets } from '#libs/outbound';
import type { ServiceContext } from '#libs/service';
import type { config } from '../config.js';
import { mailHindrance, openMail, type SendMail } from './mail.js';
import { openHooks, type SendHook } from './webhook.js';

/** The ways out of this installation. */
export interface Senders {
  mail: SendMail;
  hook: SendHook;
  /** Epoch milliseconds. */
  now(): number;
}

type OncallContext = ServiceContext<ReturnType<typeof config>>;

const secretsOf = ({ config: { SECRETS_FILE: file }, log }: OncallContext): Secrets => {
  if (file === '')
    return () => {
      throw new SecretMissing('this installation keeps no webhooks: SECRETS_FILE is not set');
    };
  checkSecrets(file);
  return secretsFrom(file, (problems) => log.error({ problems }, 'the secrets file is not good'));
};

/** @throws Fault when there is a secrets file that is not good. */
export const openSenders = (context: OncallContext): Senders => {
  const { SMTP_URL: url, SMTP_FROM: from, EGRESS_ALLOW: allow } = context.config;
  const mail = { url, from, egress: createEgress({ allow }) };
  const why = mailHindrance(mail);
  if (why !== undefined) context.log.warn({ reason: why }, 'no customer of this installation can be told by mail');
  const now = (): number => context.clock.now();
  return {
    mail: openMail(mail),
    hook: openHooks({
      keep: secretsOf(context),
      connect: (origins) => createHttp(createEgress({ allow, origins })),
      now,
    }),
    now,
  };
};
