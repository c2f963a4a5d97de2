import { createTransport } from 'nodemailer';
import type { DeliveryOutcome } from '#contracts';
import type { MailText } from '../domain/delivery/words.js';

/** What the other side made of a message, and its words. */
export interface SendResult {
  outcome: DeliveryOutcome;
  said: string;
}

export interface Mail extends MailText {
  to: string;
  /** The same for the same attempt: a mail sent twice is one mail. */
  messageId: string;
  /** Message id that all mail of one case refers to. */
  thread: string;
}

export type SendMail = (mail: Mail) => Promise<SendResult>;

const PATIENCE_MS = 20_000;

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

/**
 * Sends by the installation's own mail server, one connection a mail. Never throws: what the server or the network
 * said is the result.
 * @param url empty when the installation has none.
 */
export const openMail = ({ url, from }: { url: string; from: string }): SendMail => {
  if (url === '')
    return () =>
      Promise.resolve({ outcome: 'REFUSED', said: 'this installation has no mail server: SMTP_URL is not set' });
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
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
