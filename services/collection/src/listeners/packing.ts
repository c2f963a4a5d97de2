import { MOST_EVENT_BYTES } from '../ingest/piece.js';

const NEWLINE = 0x0a;
const SEPARATOR = Buffer.from('\n');

/** Of one event or frame: an ingest topic takes what is read of one, with what a record has around it. */
export const MOST_APPENDED_BYTES = MOST_EVENT_BYTES - 16 * 1024;
/** Bytes of an ingest message that carries several lines. */
export const PACKED_BYTES = 256 * 1024;
/** Lines of it: well below what is read of one message. */
export const PACKED_LINES = 5_000;

/** Packs events into ingest messages, in order: single lines together, what has line breaks inside alone. */
export const packed = (events: Buffer[]): Buffer[] => {
  const messages: Buffer[] = [];
  let open: Buffer[] = [];
  let bytes = 0;
  const close = (): void => {
    if (open.length > 0)
      messages.push(Buffer.concat(open.flatMap((line, at) => (at === 0 ? [line] : [SEPARATOR, line]))));
    [open, bytes] = [[], 0];
  };
  for (const event of events) {
    const alone = event.includes(NEWLINE);
    if (alone || bytes + event.length > PACKED_BYTES || open.length === PACKED_LINES) close();
    open.push(event);
    bytes += event.length + 1;
    if (alone) close();
  }
  close();
  return messages;
};
