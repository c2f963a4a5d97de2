/** Events of files as ingest messages, as a partner would send them. */
import type { FilePart } from '#libs/files';
import { ENVELOPED, writeLine } from '../../../services/collection/src/envelope/line.js';

/** Lines in one ingest message: fewer messages, and each stays far below the broker's limit. */
const LINES_A_MESSAGE = 50;
const BYTES_A_MESSAGE = 256 * 1024;
/** Of what cannot be read a dead letter keeps so many bytes; escaped as JSON they are six times as many. */
const MOST_KEPT = 128 * 1024;

export type UnreadPart = Extract<FilePart, { lost: unknown }>;

export interface FileMessage {
  value: Buffer;
  headers: Record<string, string>;
  /** How many. */
  events: number;
  lost: UnreadPart[];
}

const NEWLINE = Buffer.from('\n');
const joined = (lines: readonly Buffer[]): Buffer =>
  Buffer.concat(lines.flatMap((line, at) => (at === 0 ? [line] : [NEWLINE, line])));

/** Lines together that become dead letters, which say in which file. */
const ofLost = (lost: UnreadPart[]): FileMessage => ({
  value: joined(
    lost.map(({ file, lost: { code, sentence, bytes } }) =>
      writeLine({
        by: 'table',
        problem: { code, sentence: bytes ? `${sentence} (${file})` : sentence },
        event: Buffer.from(JSON.stringify((bytes ?? Buffer.from(file)).toString('utf8', 0, MOST_KEPT))),
      }),
    ),
  ),
  headers: { [ENVELOPED]: 'true' },
  events: 0,
  lost,
});

const ofEvents = (lines: Buffer[]): FileMessage => ({
  value: joined(lines),
  headers: {},
  events: lines.length,
  lost: [],
});

/** Parts of files as messages, in their order. @param moved what is sent of an event. */
export async function* messagesOf(
  parts: AsyncIterable<FilePart>,
  moved: (event: Buffer) => Buffer = (event) => event,
): AsyncGenerator<FileMessage> {
  let [lines, bytes]: [Buffer[], number] = [[], 0];
  for await (const part of parts) {
    const line = 'event' in part ? moved(part.event) : undefined;
    const isFull = lines.length === LINES_A_MESSAGE || bytes + (line?.length ?? 0) + 1 > BYTES_A_MESSAGE;
    if (lines.length > 0 && (isFull || !line)) {
      yield ofEvents(lines);
      [lines, bytes] = [[], 0];
    }
    if ('lost' in part) yield ofLost([part]);
    if (!line) continue;
    lines.push(line);
    bytes += line.length + 1;
  }
  if (lines.length > 0) yield ofEvents(lines);
}
