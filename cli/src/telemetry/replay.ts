import { endOffsets, ingestTopic, type Broker, type OutRecord } from '#libs/events';
import { partsOf, type FilePart } from '#libs/files';
import { shiftOf, shifted } from './time-shift.js';
import { messagesOf } from './file-messages.js';

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
  /** Hears what of the files cannot be read. */
  lost?(part: FilePart): void;
}

export interface SentRecording {
  topic: string;
  lines: number;
  /** Parts of files that are no events. */
  lost: number;
  messages: number;
  /** Offsets of the topic before and after, by partition. */
  from: Record<number, string>;
  to: Record<number, string>;
}

/** Events as text, one character a byte: what is no UTF-8 stays as it is. */
async function* textsOf(file: string): AsyncGenerator<string> {
  for await (const part of partsOf(file)) if ('event' in part) yield part.event.toString('latin1');
}

/**
 * Sends the events of files to the ingest topic of a source, as a partner would, and what of them cannot be read, which
 * becomes dead letters there. @returns what was sent where.
 */
export const replay = async (options: ReplayOptions): Promise<SentRecording> => {
  const { broker, tenant, source, files, progress } = options;
  const topic = ingestTopic(tenant, source);
  const from = await endOffsets(broker, topic);
  const publisher = broker.publisher();
  const sent = { lines: 0, lost: 0, messages: 0 };
  for (const file of files) {
    const shift = options.shift ? await shiftOf(textsOf(file), options.now) : undefined;
    const moved = (event: Buffer): Buffer => Buffer.from(shifted(event.toString('latin1'), shift), 'latin1');
    let waiting: OutRecord[] = [];
    for await (const { value, headers, events, lost } of messagesOf(partsOf(file), moved)) {
      waiting.push({ topic, key: null, value, headers });
      sent.lines += events;
      sent.lost += lost.length;
      sent.messages += 1;
      for (const part of lost) options.lost?.(part);
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
