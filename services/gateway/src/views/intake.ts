import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';

interface Counts {
  accepted: number;
  dead: number;
  messages: number;
  bytes: number;
}
interface Range extends Counts {
  from: number;
  to: number;
}

/** What came in on one partition of an ingest topic. */
export interface IntakeDoc extends Counts {
  source: string;
  lastOccurredAt: number | null;
  /** All offsets up to it are counted for good. */
  watermark: number;
  /** Ranges after it, each counted once, in order. */
  tail: Range[];
}

/** Ranges kept apart for a redelivery that cuts them differently. */
const TAIL = 64;
const FIELDS = ['accepted', 'dead', 'messages', 'bytes'] as const;

const plus = (sum: Counts, counts: Counts, share: number): Counts =>
  Object.fromEntries(FIELDS.map((field) => [field, sum[field] + Math.round(counts[field] * share)])) as unknown as Counts;

const isInside = (inner: Range, outer: Range): boolean => inner.from >= outer.from && inner.to <= outer.to;

/** Part of a range that nothing has counted yet; `tail` holds no range inside it. */
const freshShare = ({ from, to }: Range, watermark: number, tail: Range[]): number => {
  let next = Math.max(from, watermark + 1);
  let fresh = 0;
  for (const known of tail) {
    if (known.to < next || known.from > to) continue;
    fresh += Math.max(0, known.from - next);
    next = known.to + 1;
  }
  return (fresh + Math.max(0, to - next + 1)) / (to - from + 1);
};

/** Counts a range once, however its bounds fall when it is read again. */
const counted = (doc: IntakeDoc, range: Range): IntakeDoc => {
  if (range.to <= doc.watermark || doc.tail.some((known) => isInside(range, known))) return doc;
  const replaced = doc.tail.filter((known) => isInside(known, range));
  const rest = doc.tail.filter((known) => !isInside(known, range));
  const share = freshShare(range, doc.watermark, rest);
  const fresh: Range = { from: range.from, to: range.to, ...plus({ accepted: 0, dead: 0, messages: 0, bytes: 0 }, range, share) };
  const without = replaced.reduce<Counts>((sum, known) => plus(sum, known, -1), doc);
  const tail = [...rest, fresh].sort((a, b) => a.from - b.from);
  const done = tail.slice(0, Math.max(0, tail.length - TAIL));
  return { ...doc, ...plus(without, fresh, 1), tail: tail.slice(done.length), watermark: Math.max(doc.watermark, ...done.map(({ to }) => to)) };
};

/** Totals per partition of an ingest topic, from receipts: a redelivery never counts twice. */
export const intake: View<IntakeDoc, TelemetryReceived> = {
  name: 'intake',
  hears: ['telemetry.received'],
  keys: ({ message: { topic, partition } }) => [`${topic}/${partition}`],
  show: (before, { message }) => {
    const { source, fromOffset: from, toOffset: to, accepted, dead, messages, bytes, lastOccurredAt } = message;
    const doc = before ?? { source, accepted: 0, dead: 0, messages: 0, bytes: 0, lastOccurredAt: null, watermark: -1, tail: [] };
    const last = Math.max(doc.lastOccurredAt ?? 0, lastOccurredAt ?? 0);
    return { ...counted(doc, { from, to, accepted, dead, messages, bytes }), lastOccurredAt: last || null };
  },
};
