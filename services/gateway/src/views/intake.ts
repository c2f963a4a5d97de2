import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { isTopicMadeAnew } from '#libs/terms';

interface IntakeCounts {
  accepted: number;
  dead: number;
  messages: number;
  bytes: number;
  /** Absent of what was counted before it was told. */
  unrecognised?: number;
}
interface OffsetRange extends IntakeCounts {
  from: number;
  to: number;
}

/** What came in on one partition of an ingest topic. */
export interface IntakeDoc extends IntakeCounts {
  source: string;
  lastOccurredAt: number | null;
  /** All offsets up to it are counted for good. */
  watermark: number;
  /** When the topic as it is now was first heard of: what was said before is of one that was there before it. */
  since?: number;
  /** Ranges after it, in order and without overlap. */
  tail: OffsetRange[];
}

/** Ranges kept apart for a redelivery that cuts them differently. */
const TAIL = 64;
const NOTHING: IntakeCounts = { accepted: 0, dead: 0, messages: 0, bytes: 0, unrecognised: 0 };

const plus = (sum: IntakeCounts, counts: IntakeCounts, share: number): IntakeCounts => {
  const of = (field: keyof IntakeCounts): number => (sum[field] ?? 0) + Math.round((counts[field] ?? 0) * share);
  return {
    accepted: of('accepted'),
    dead: of('dead'),
    messages: of('messages'),
    bytes: of('bytes'),
    unrecognised: of('unrecognised'),
  };
};

const isInside = (inner: OffsetRange, outer: OffsetRange): boolean => inner.from >= outer.from && inner.to <= outer.to;

/** The parts of a range that nothing has counted yet, each with its share of what the range holds. */
const freshParts = (range: OffsetRange, watermark: number, tail: OffsetRange[]): OffsetRange[] => {
  const parts: OffsetRange[] = [];
  let next = Math.max(range.from, watermark + 1);
  const take = (to: number): void => {
    if (to >= next)
      parts.push({ from: next, to, ...plus(NOTHING, range, (to - next + 1) / (range.to - range.from + 1)) });
  };
  for (const known of tail) {
    if (known.to < next || known.from > range.to) continue;
    take(known.from - 1);
    next = known.to + 1;
  }
  take(range.to);
  return parts;
};

/** IntakeCounts a range once, however its bounds fall when it is read again. What it covers wholly, and more, it replaces. */
const counted = (doc: IntakeDoc, range: OffsetRange): IntakeDoc => {
  if (freshParts(range, doc.watermark, doc.tail).length === 0) return doc;
  const replaced = doc.tail.filter((known) => isInside(known, range));
  const rest = doc.tail.filter((known) => !isInside(known, range));
  const fresh = freshParts(range, doc.watermark, rest);
  const without = replaced.reduce<IntakeCounts>((sum, known) => plus(sum, known, -1), doc);
  const sum = fresh.reduce<IntakeCounts>((total, part) => plus(total, part, 1), without);
  const tail = [...rest, ...fresh].sort((a, b) => a.from - b.from);
  const done = tail.slice(0, Math.max(0, tail.length - TAIL));
  return {
    ...doc,
    ...sum,
    tail: tail.slice(done.length),
    watermark: Math.max(doc.watermark, ...done.map(({ to }) => to)),
  };
};

/** A topic that was made anew is counted from nought, and added to what the one before it brought. */
const received = (doc: IntakeDoc, receipt: TelemetryReceived, at: number): IntakeDoc => {
  if (at < (doc.since ?? 0)) return doc;
  const { fromOffset: from, toOffset: to, accepted, dead, messages, bytes, unrecognised } = receipt;
  const known = {
    next: Math.max(doc.watermark, ...doc.tail.map((one) => one.to)) + 1,
    lastOccurredAt: doc.lastOccurredAt ?? 0,
  };
  const current = isTopicMadeAnew(known, receipt) ? { ...doc, watermark: -1, tail: [], since: at } : doc;
  return counted(current, { from, to, accepted, dead, messages, bytes, unrecognised });
};

/** Totals per partition of an ingest topic, from receipts: a redelivery never counts twice. */
export const intake: View<IntakeDoc, TelemetryReceived> = {
  name: 'intake',
  hears: ['telemetry.received'],
  keys: ({ message: { topic, partition } }) => [`${topic}/${partition}`],
  show: (before, { envelope, message }) => {
    const doc = before ?? { ...NOTHING, source: message.source, lastOccurredAt: null, watermark: -1, tail: [] };
    const last = Math.max(doc.lastOccurredAt ?? 0, message.lastOccurredAt ?? 0);
    return { ...received(doc, message, envelope.time), lastOccurredAt: last || null };
  },
};
