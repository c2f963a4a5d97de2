import { deadLetterTopic, fromRecord, readDeadLetter, type Broker, type InRecord } from '#libs/events';
import { Fault } from '#libs/model';
import { until } from '#stack';
import type { TelemetryReceived } from '#contracts';
import type { SentRecording } from './replay.js';

export interface RecordingReceipt {
  accepted: number;
  dead: number;
  reasons: { code: string; sentence: string; count: number }[];
}

const SILENCE_MS = 60_000;

/** Ranges may come twice: an offset counts once. */
const covered = (sent: SentRecording, receipts: TelemetryReceived[]): TelemetryReceived[] => {
  const seen = new Map<string, TelemetryReceived>();
  for (const one of receipts) {
    const first = BigInt(sent.from[one.partition] ?? '0');
    if (one.topic === sent.topic && BigInt(one.fromOffset) >= first)
      seen.set(`${one.partition}/${one.fromOffset}`, one);
  }
  return [...seen.values()];
};

const isWhole = (sent: SentRecording, receipts: TelemetryReceived[]): boolean =>
  Object.entries(sent.to).every(([partition, end]) => {
    const last = Math.max(
      -1,
      ...receipts.filter((one) => one.partition === Number(partition)).map(({ toOffset }) => toOffset),
    );
    return sent.from[Number(partition)] === end || BigInt(last) >= BigInt(end) - 1n;
  });

const reasonsOf = (letters: InRecord[], topic: string, sent: SentRecording): RecordingReceipt['reasons'] => {
  const counts = new Map<string, { code: string; sentence: string; count: number }>();
  // The stream may have come again, and its letters with it.
  for (const letter of new Map(letters.map(readDeadLetter).map((one) => [one.id, one])).values()) {
    const first = BigInt(sent.from[letter.original.partition] ?? '0');
    if (letter.original.topic !== topic || BigInt(letter.original.offset) < first) continue;
    const known = counts.get(letter.code) ?? { code: letter.code, sentence: letter.sentence, count: 0 };
    counts.set(letter.code, { ...known, count: known.count + letter.count });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
};

/** Waits until collection has given a receipt for everything sent. @throws Fault when nothing comes for a minute. */
export const awaitReceipt = async (
  broker: Broker,
  sent: SentRecording,
  progress: (messages: number) => void,
): Promise<RecordingReceipt> => {
  const receipts: TelemetryReceived[] = [];
  const letters: InRecord[] = [];
  let heardAt = Date.now();
  const consumption = broker.consume({
    topics: ['vigie.telemetry.received', deadLetterTopic('collection')],
    fromBeginning: true,
    handle: async ({ topic, records }) => {
      heardAt = Date.now();
      if (topic === 'vigie.telemetry.received')
        receipts.push(...records.map((record) => fromRecord<TelemetryReceived>(record).message));
      else letters.push(...records);
    },
  });
  try {
    await consumption.ready();
    let told = -1;
    const look = (): boolean => {
      if (isWhole(sent, covered(sent, receipts))) return true;
      if (Date.now() - heardAt > SILENCE_MS)
        throw new Fault('collection gave no receipt for a minute: is it running? See its log');
      const done = covered(sent, receipts).reduce((sum, { messages }) => sum + messages, 0);
      if (done !== told) progress((told = done));
      return false;
    };
    await until('the receipt', look, Infinity, { everyMs: 200 });
  } finally {
    await consumption.stop();
  }
  const mine = covered(sent, receipts);
  return {
    accepted: mine.reduce((sum, { accepted }) => sum + accepted, 0),
    dead: mine.reduce((sum, { dead }) => sum + dead, 0),
    reasons: reasonsOf(letters, sent.topic, sent),
  };
};
