import { readSyslogHeader } from '#libs/sigma';
import type { MessageForm } from './source.js';

const DIRECTIVE = /^#([A-Za-z][A-Za-z-]{1,31}):\s*(.*)$/s;
/** Longer than a list of all fields that IIS knows, and than a header. */
const LONGEST = 8_192;
const MOST_SENDERS = 64;

/**
 * What the lines of a message in W3C's extended log format stand under: the names that the latest `#Fields` directive
 * of their sender gives, by the host of its syslog header where several send one message.
 */
export class FieldNames {
  private readonly given = new Map<string, string>();

  private constructor() {}

  /** Nothing for a source without such logs and for a message without such a directive. */
  static in(message: Buffer, { w3c }: MessageForm): FieldNames | undefined {
    return w3c && message.includes('#Fields:', 0, 'latin1') ? new FieldNames() : undefined;
  }

  /** The names that a line stands under, if any; null for a directive, which is no event. */
  under(line: Buffer): string | null | undefined {
    const start = line.toString('utf8', 0, LONGEST);
    const header = readSyslogHeader(start);
    const host = header?.host ?? '';
    const [, directive, said = ''] = DIRECTIVE.exec(start.slice(header?.end ?? 0)) ?? [];
    if (directive === undefined) return this.given.get(host);
    if (/^fields$/i.test(directive) && (this.given.size < MOST_SENDERS || this.given.has(host)))
      this.given.set(host, said.trim());
    return null;
  }
}
