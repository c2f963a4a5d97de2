import { endOffsets, ingestTopic, type Broker, type OutRecord } from '#libs/events';
import { shiftOf, shifted } from './time-shift.js';
import { linesOf } from '../files/lines.js';

/** Lines in one ingest message: fewer messages, and each stays far below the broker's limit. */
const LINES_A_MESSAGE = 50;
const BYTES_A_MESSAGE = 256 * 1024;
const MESSAGES_A_SEND = 40;

export interface ReplayOptions {
  broker: Broker;
  tenant: string;
  source: string;
  files: string[];
  /** Shift times so that the last event is now; false keeps them. */
  shift: boolean;
  now: number;
  progress(lines: number): void;
}

export interface SentRecording {
  topic: string;
  lines: number;
  messages: number;
  /** Offsets of the topic before and after, by partition. */
  from: Record<number, string>;
  to: Record<number, string>;
}

async function* messages(lines: AsyncIterable<string>): AsyncGenerator<{ value: Buffer; count: number }> {
  let held: string[] = [];
  let bytes = 0;
  for await (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    if (held.length > 0 && (held.length === LINES_A_MESSAGE || bytes + size > BYTES_A_MESSAGE)) {
      yield { value: Buffer.from(held.join('\n')), count: held.length };
      held = [];
      bytes = 0;
    }
    held.push(line);
    bytes += size;
  }
  if (held.length) yield { value: Buffer.from(held.join('\n')), count: held.length };
}

/** Sends files of JSON lines to the ingest topic of a source, as a partner would. @returns what was sent where. */
export const replay = async (options: ReplayOptions): Promise<SentRecording> => {
  const { broker, tenant, source, files, progress } = options;
  const topic = ingestTopic(tenant, source);
  const from = await endOffsets(broker, topic);
  const publisher = broker.publisher();
  const sent = { lines: 0, messages: 0 };
  for (const file of files) {
    const shift = options.shift ? await shiftOf(linesOf(file), options.now) : undefined;
    let waiting: OutRecord[] = [];
    for await (const { value, count } of messages(shifted(linesOf(file), shift))) {
      waiting.push({ topic, key: null, value, headers: {} });
      sent.lines += count;
      sent.messages += 1;
      if (waiting.length < MESSAGES_A_SEND) continue;
      await publisher.send(waiting);
      progress(sent.lines);
      waiting = [];
    }
    await publisher.send(waiting);
    progress(sent.lines);
  }
  await publisher.close();
  return { topic, ...sent, from, to: await endOffsets(broker, topic) };
};
