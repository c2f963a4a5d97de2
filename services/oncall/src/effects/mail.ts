import { createTransport } from 'nodemailer';
import { reasonOf } from '#libs/model';
import type { Egress } from '#libs/outbound';
import type { MailText } from '../domain/delivery/words.js';
import { PATIENCE_MS, type SendResult } from './sending.js';

export interface Mail extends MailText {
  to: string;
  /** The same for the same attempt: a mail sent twice is one mail. */
  messageId: string;
  /** Message id that all mail of one case refers to. */
  thread: string;
}

export type SendMail = (mail: Mail) => Promise<SendResult>;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>');

const htmlOf = (paragraphs: readonly string[]): string =>
  `<!doctype html><html><body>${paragraphs.map((one) => `<p>${escaped(one)}</p>`).join('')}</body></html>`;

const failed = (error: unknown): SendResult => {
  const { responseCode, response, message } = error as { responseCode?: number; response?: string; message: string };
  const said = response ?? message;
  // 5yz is for good; everything else may be otherwise in a minute.
  return { outcome: responseCode !== undefined && responseCode >= 500 ? 'REFUSED' : 'UNREACHABLE', said };
};

export interface MailSettings {
  /** Empty when the installation has none. */
  url: string;
  from: string;
  egress: Pick<Egress, 'checkHost'>;
  patienceMs?: number;
}

/** Why no mail can be sent at all; undefined where it can. */
const hindrance = ({ url, egress }: MailSettings): string | undefined => {
  if (url === '') return 'this installation has no mail server: SMTP_URL is not set';
  try {
    egress.checkHost(new URL(url).hostname);
    return undefined;
  } catch (error) {
    return `the mail server of SMTP_URL may not be called: ${reasonOf(error)}`;
  }
};

/**
 * Sends by the installation's own mail server, one connection a mail. Never throws: what the server or the network
 * said is the result.
 */
export const openMail = (settings: MailSettings): SendMail => {
  const { url, from, patienceMs = PATIENCE_MS } = settings;
  const why = hindrance(settings);
  if (why !== undefined) return () => Promise.resolve({ outcome: 'REFUSED', said: why });
  const transport = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, paragraphs, messageId, thread }) => {
    try {
      const { response } = await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text: `${paragraphs.join('\n\n')}\n`,
        html: htmlOf(paragraphs),
        messageId,
        inReplyTo: thread,
        references: [thread],
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { outcome: 'ACCEPTED', said: response };
    } catch (error) {
      return failed(error);
    }
  };
};
