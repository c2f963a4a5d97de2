import type { TelemetryReceived } from '#contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type OffsetsCounted } from '#libs/terms';
import { countedAfter, freshIn, NOTHING_COUNTED } from './counted.js';

export const QUARTER_MS = 15 * MINUTE_MS;
/** Four weeks, and the day that is compared with them. */
export const KEPT_HOURS = (29 * DAY_MS) / HOUR_MS;
const KEPT_QUARTERS = 8;

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS);
export const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS);

/** What arrived within an hour, or a quarter of one, of the epoch. */
export interface ArrivalCount {
  unit: number;
  accepted: number;
  dead: number;
}

/** What a partition of an ingest topic brought, and when. Times are those of receipts, epoch ms. */
export interface SourceWatch extends OffsetsCounted {
  source: string;
  topic: string;
  partition: number;
  firstAt: number;
  /** When an event was accepted last; null when none ever was. */
  lastEventAt: number | null;
  hours: ArrivalCount[];
  quarters: ArrivalCount[];
}

const added = (counts: ArrivalCount[], unit: number, accepted: number, dead: number, most: number): ArrivalCount[] => {
  const known = counts.find((one) => one.unit === unit) ?? { unit, accepted: 0, dead: 0 };
  const sum = { unit, accepted: known.accepted + accepted, dead: known.dead + dead };
  const all = [...counts.filter((one) => one.unit !== unit), sum].sort((a, b) => a.unit - b.unit);
  const newest = all.at(-1)?.unit ?? unit;
  return all.filter((one) => one.unit > newest - most);
};

const emptyWatch = ({ source, topic, partition }: TelemetryReceived, at: number): SourceWatch => ({
  source,
  topic,
  partition,
  ...NOTHING_COUNTED,
  firstAt: at,
  lastEventAt: null,
  hours: [],
  quarters: [],
});

/** The watch after a receipt; offsets that were counted are not counted again. @param at when it was said. */
export const watched = (before: SourceWatch | undefined, receipt: TelemetryReceived, at: number): SourceWatch => {
  const doc = before ?? emptyWatch(receipt, at);
  const fresh = freshIn(doc, receipt);
  if (fresh <= 0) return doc;
  const share = fresh / (receipt.toOffset + 1 - receipt.fromOffset);
  const [accepted, dead] = [Math.round(receipt.accepted * share), Math.round(receipt.dead * share)];
  return {
    ...doc,
    ...countedAfter(doc, receipt),
    firstAt: Math.min(doc.firstAt, at),
    lastEventAt: accepted > 0 ? Math.max(doc.lastEventAt ?? at, at) : doc.lastEventAt,
    hours: added(doc.hours, hourOf(at), accepted, dead, KEPT_HOURS),
    quarters: added(doc.quarters, quarterOf(at), accepted, dead, KEPT_QUARTERS),
  };
};

/** A source, all its partitions together. */
export interface SourceReading {
  /** From this hour on all is known; null when nothing ever came. */
  knownFrom: number | null;
  lastEventAt: number | null;
  /** Counts by hour of the epoch. */
  hours: ReadonlyMap<number, ArrivalCount>;
  quarters: ReadonlyMap<number, ArrivalCount>;
}

const together = (lists: readonly ArrivalCount[][]): Map<number, ArrivalCount> => {
  const sums = new Map<number, ArrivalCount>();
  for (const { unit, accepted, dead } of lists.flat()) {
    const known = sums.get(unit);
    sums.set(unit, { unit, accepted: accepted + (known?.accepted ?? 0), dead: dead + (known?.dead ?? 0) });
  }
  return sums;
};

const extremeOf = (pick: (...of: number[]) => number, values: (number | null)[]): number | null => {
  const known = values.filter((one) => one !== null);
  return known.length === 0 ? null : pick(...known);
};

/** The hour in which it began is no whole one, and what is older than is kept is not known. */
const knownFrom = ({ firstAt, hours }: SourceWatch): number =>
  Math.max(hourOf(firstAt) + 1, (hours.at(-1)?.unit ?? 0) - KEPT_HOURS + 1);

export const readingOf = (docs: readonly SourceWatch[]): SourceReading => ({
  knownFrom: extremeOf(Math.min, docs.map(knownFrom)),
  lastEventAt: extremeOf(
    Math.max,
    docs.map(({ lastEventAt }) => lastEventAt),
  ),
  hours: together(docs.map(({ hours }) => hours)),
  quarters: together(docs.map(({ quarters }) => quarters)),
});
