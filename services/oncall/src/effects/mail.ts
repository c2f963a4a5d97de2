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

/** As nodemailer has it: the server's code and line, and the command that it answered. */
interface SmtpError {
  responseCode?: number;
  response?: string;
  command?: string;
  message: string;
}

const OF_RECIPIENT = ['RCPT TO', 'DATA'];

/** What RFC 5321 has a server answer of a mailbox; 451, 452 and 554 are of the server or of the mail. */
const OF_MAILBOX = [450, 550, 551, 552, 553];

/**
 * Whether an answer is about the recipient: by its enhanced code where it has one, whose subjects 1 and 2 are the
 * address and the mailbox (RFC 3463), and 0 no subject; else by its code. All else, such as a relay that is denied, a
 * quota or a policy, is what our own server made of us.
 */
const isOfRecipient = (code: number, said: string): boolean => {
  const subject = /^\d{3}[ -][245]\.(\d{1,3})\.\d{1,3}\b/.exec(said)?.[1] ?? '0';
  if (subject !== '0') return ['1', '2'].includes(subject);
  return OF_MAILBOX.includes(code) && !/\brelay/i.test(said);
};

const failed = (error: unknown): SendResult => {
  const { responseCode, response, message, command } = error as SmtpError;
  const said = response ?? message;
  // Whatever our server says before the recipient is named, and that it says nothing, is no word of the recipient's.
  if (responseCode === undefined || !OF_RECIPIENT.includes(command ?? '') || !isOfRecipient(responseCode, said))
    return { outcome: 'NOT_MADE', said };
  // 5yz is for good; everything else may be otherwise in a minute.
  return { outcome: responseCode >= 500 ? 'REFUSED' : 'UNREACHABLE', said };
};

export interface MailSettings {
  /** Empty when the installation has none. */
  url: string;
  from: string;
  egress: Pick<Egress, 'checkHost'>;
  patienceMs?: number;
}

/** Why no mail can be sent at all; undefined where it can. */
export const mailHindrance = ({ url, egress }: MailSettings): string | undefined => {
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
  const why = mailHindrance(settings);
  if (why !== undefined) return () => Promise.resolve({ outcome: 'NO_SENDER', said: why });
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
