import { memberOf } from '../../../services/collection/src/envelope/members.js';

/** An event as rules read it. */
export interface EventOfLine {
  native: Buffer;
  /** What was said around it, as JSON. */
  envelope?: Buffer;
}

const BEGINS = '{"event":{"occurredAt":';

/** The event of a line: the line itself, or what `normalize --json` says of one. */
export const eventOfLine = (line: string): EventOfLine => {
  const bytes = Buffer.from(line);
  const event = line.startsWith(BEGINS) ? memberOf(bytes, 'event') : undefined;
  const native = event && memberOf(event, 'native');
  if (!event || !native) return { native: bytes };
  const envelope = memberOf(event, 'envelope');
  return { native, ...(envelope ? { envelope } : {}) };
};
