import { readSyslogHeader } from '#libs/sigma';
import type { MessageForm, MessagePiece } from './source.js';

const DIRECTIVE = /^#([A-Za-z][A-Za-z-]{1,31}):\s*(.*)$/s;
/** Longer than a list of all fields that IIS knows, and than a header. */
const LONGEST = 8_192;
/** Names that the lines of one message are told with: each line says all of them again. */
const MOST_TOLD_BYTES = 16 * 1024 * 1024;
const MOST_SENDERS = 64;

type UnderNames = Pick<MessagePiece, 'fields' | 'problem'>;

const TOO_MANY_NAMES = {
  code: 'TOO_MANY_NAMES',
  sentence: `The names of the #Fields directive, told with each line, make more than ${MOST_TOLD_BYTES} bytes: send the message in parts.`,
};

/**
 * What the lines of a message in W3C's extended log format stand under: the names that the latest `#Fields` directive
 * of their sender gives, by the host of its syslog header where several send one message.
 */
export class FieldNames {
  private readonly given = new Map<string, string>();
  private left = MOST_TOLD_BYTES;

  private constructor() {}

  /** Nothing for a source without such logs and for a message without such a directive. */
  static in(message: Buffer, { w3c }: MessageForm): FieldNames | undefined {
    return w3c && message.includes('#Fields:', 0, 'latin1') ? new FieldNames() : undefined;
  }

  /** What a line stands under, or why it is no event; null for a directive, which is none. */
  under(line: Buffer): UnderNames | null {
    const start = line.toString('utf8', 0, LONGEST);
    const header = readSyslogHeader(start);
    const host = header?.host ?? '';
    const [, directive, said = ''] = DIRECTIVE.exec(start.slice(header?.end ?? 0)) ?? [];
    if (directive === undefined) return this.told(this.given.get(host));
    // Of names that are cut it would not be known under which a value stands.
    if (/^fields$/i.test(directive) && (this.given.size < MOST_SENDERS || this.given.has(host)))
      this.given.set(host, line.length > LONGEST ? '' : said.trim());
    return null;
  }

  private told(fields: string | undefined): UnderNames {
    if (fields === undefined || fields === '') return {};
    this.left -= fields.length;
    return this.left < 0 ? { problem: TOO_MANY_NAMES } : { fields };
  }
}
