import type { TelemetryReceived } from '#contracts';
import type { View } from '#libs/model';
import { DAY_MS, isTopicMadeAnew, type OffsetsCounted } from '#libs/terms';
import type { CountedRange, ReceiptJournal } from '../domain/journals/index.js';

const SLOT_MS = 900_000;
/** Sums are kept for 70 days: two months and their boundaries. */
const KEPT_SLOTS = (70 * DAY_MS) / SLOT_MS;
/** Ranges kept apart; those before are counted for good. */
const KEPT_RANGES = 256;

const slotOf = (at: number): number => Math.floor(at / SLOT_MS);

type ReceiptCounts = Pick<CountedRange, 'messages' | 'accepted' | 'dead' | 'bytes'>;

const isInside = (inner: { from: number; to: number }, outer: { from: number; to: number }): boolean =>
  inner.from >= outer.from && inner.to <= outer.to;

/** Offsets of a range that nothing has counted yet, after the ranges inside it are taken out. */
const uncounted = (range: CountedRange, tail: CountedRange[], watermark: number): number => {
  let next = Math.max(range.from, watermark + 1);
  let missing = 0;
  for (const known of tail) {
    if (known.to < next || known.from > range.to) continue;
    missing += Math.max(0, known.from - next);
    next = known.to + 1;
  }
  return missing + Math.max(0, range.to - next + 1);
};

const scaled = (range: CountedRange, share: number): CountedRange => ({
  ...range,
  messages: Math.round(range.messages * share),
  accepted: Math.round(range.accepted * share),
  dead: Math.round(range.dead * share),
  bytes: Math.round(range.bytes * share),
});

const added = (
  slots: ReceiptJournal['slots'],
  at: number,
  counts: ReceiptCounts,
  sign: 1 | -1,
): ReceiptJournal['slots'] => {
  const slot = slotOf(at);
  const old = slots.find((one) => one.slot === slot) ?? { slot, messages: 0, accepted: 0, dead: 0, bytes: 0 };
  const sum = {
    slot,
    messages: old.messages + sign * counts.messages,
    accepted: old.accepted + sign * counts.accepted,
    dead: old.dead + sign * counts.dead,
    bytes: old.bytes + sign * counts.bytes,
  };
  const rest = slots.filter((one) => one.slot !== slot);
  return sum.messages === 0 && sum.accepted === 0 && sum.dead === 0
    ? rest
    : [...rest, sum].sort((a, b) => a.slot - b.slot);
};

const trimmed = (doc: ReceiptJournal): ReceiptJournal => {
  const newest = doc.slots.at(-1)?.slot ?? 0;
  const folded = doc.tail.slice(0, Math.max(0, doc.tail.length - KEPT_RANGES));
  return {
    ...doc,
    watermark: Math.max(doc.watermark, ...folded.map(({ to }) => to)),
    tail: doc.tail.slice(folded.length),
    slots: doc.slots.filter(({ slot }) => slot > newest - KEPT_SLOTS),
  };
};

/** Adds a range, once: what is counted already is not counted again, however its bounds fall when it is read again. */
const counted = (doc: ReceiptJournal, range: CountedRange): ReceiptJournal => {
  if (uncounted(range, doc.tail, doc.watermark) === 0) return doc;
  const replaced = doc.tail.filter((known) => isInside(known, range));
  const tail = doc.tail.filter((known) => !isInside(known, range));
  const at = Math.min(range.at, ...replaced.map((known) => known.at));
  const share = uncounted(range, tail, doc.watermark) / (range.to - range.from + 1);
  const fresh = scaled({ ...range, at }, share);
  const without = replaced.reduce((slots, known) => added(slots, known.at, known, -1), doc.slots);
  return trimmed({
    ...doc,
    tail: [...tail, fresh].sort((a, b) => a.from - b.from),
    slots: added(without, at, fresh, 1),
  });
};

const countedSoFar = ({ watermark, tail, lastOccurredAt = Infinity }: ReceiptJournal): OffsetsCounted => ({
  next: Math.max(watermark, ...tail.map(({ to }) => to)) + 1,
  lastOccurredAt,
});

/** A topic that was made anew is counted from nought; what the one before it brought, it brought. */
const received = (doc: ReceiptJournal, receipt: TelemetryReceived, at: number): ReceiptJournal => {
  if (at < (doc.since ?? 0)) return doc;
  const { fromOffset: from, toOffset: to, messages, accepted, dead, bytes, lastOccurredAt } = receipt;
  const current = isTopicMadeAnew(countedSoFar(doc), receipt) ? { ...doc, watermark: -1, tail: [], since: at } : doc;
  const next = counted(current, { from, to, at, messages, accepted, dead, bytes });
  return next === current ? doc : { ...next, lastOccurredAt: Math.max(doc.lastOccurredAt ?? 0, lastOccurredAt ?? 0) };
};

/**
 * One document a partition of an ingest topic: what was received, by quarter of an hour, so that any period bounded in
 * any time zone can be summed. Not a document a day: the offset watermark has to see all receipts of the partition.
 */
export const receiptJournal: View<ReceiptJournal, TelemetryReceived> = {
  name: 'receipt-journal',
  hears: ['telemetry.received'],
  keys: ({ message: { topic, partition } }) => [`${topic}/${partition}`],
  show: (before, { envelope, message }) => {
    const { source, topic, partition } = message;
    const doc = before ?? { source, topic, partition, watermark: -1, lastOccurredAt: 0, tail: [], slots: [] };
    return received(doc, message, envelope.time);
  },
};
