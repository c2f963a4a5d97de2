/** When an event happened, by what it says itself and what stood around it. */
import { momentOf, type WrittenTime } from '#libs/sigma';
import { disagreementFlag } from '#libs/terms';
import { TIME_OBSERVED } from '../envelope/line.js';
import type { OtherTime } from '../sources/source.js';
import type { EventEnvelope } from './envelope.js';
import { APART_MS, timeOfBoth, ZONES_APART_MS, type SaidTime } from './said-times.js';

/** On an event whose header leaves out the year or the zone: they were taken from when it was received. */
export const TIME_ASSUMED = 'time-assumed';

export interface PlacedTime {
  occurredAt: number | undefined;
  flags: string[];
}

/** An event's own time where it leaves out the year or more. */
export const assumed = (time: WrittenTime | undefined, receivedAt: number): PlacedTime => {
  const moment = time && momentOf(time, receivedAt);
  return { occurredAt: moment?.at, flags: moment?.isAssumed ? [TIME_ASSUMED] : [] };
};

/**
 * An event's time with what its envelope says: that counts where the event says none. Where both do and are more than
 * five minutes apart, an envelope that says year and zone counts, for it is not the event's author who wrote it, and
 * the event keeps which and by how much.
 */
export const withTime = (own: PlacedTime, envelope: EventEnvelope | undefined, latest: number): PlacedTime => {
  const { occurredAt } = own;
  const said = envelope?.time;
  if (!envelope || !said) return own;
  if (occurredAt === undefined)
    return { occurredAt: said.at, flags: said.isAssumed ? [said.flag ?? TIME_ASSUMED] : [] };
  if (envelope.shippedAt?.includes(occurredAt) && said.at <= latest) return ofLine(occurredAt, envelope, said);
  if (Math.abs(said.at - occurredAt) <= APART_MS) return own;
  return isOutsideBefore(occurredAt, envelope, said, latest)
    ? { occurredAt: said.at, flags: [told(envelope.by, said.at, 'event', occurredAt), ...assumedOf(said)] }
    : withDoubt(own, occurredAt, envelope, said);
};

const assumedOf = ({ isAssumed }: SaidTime): string[] => (isAssumed ? [TIME_ASSUMED] : []);
const told = (counted: string, at: number, other: string, otherAt: number): string =>
  disagreementFlag({ counted, other, aheadSeconds: Math.round((at - otherAt) / 1_000) });

/**
 * What is written inside of a line was not written when its header says, where it is further away than zones are from
 * each other: whoever may write a line would take it out of all that is looked at. Then the header counts, also one
 * that leaves out year or zone, or that lies ahead of the receipt, which it is cut to. Not one that is old itself: the
 * time inside counts where the receipt agrees with it, or where it is the same in another year than the header leaves
 * out, as in a file that is read late.
 */
const isOutsideBefore = (own: number, { isFallback }: EventEnvelope, said: SaidTime, latest: number): boolean => {
  if (isFallback || said.flag === TIME_OBSERVED) return false;
  if (!said.isAssumed && said.at <= latest) return true;
  const counted = Math.min(said.at, latest);
  if (isNear(counted, own)) return false;
  return isNear(counted, latest) || !(isNear(own, latest) || (said.isYearless && isOfOtherYear(said.at, own)));
};

/** No two zones are further apart, and nobody holds a line for longer without a time of its own on it. */
const FAR_MS = ZONES_APART_MS;
const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= FAR_MS;

const isOfOtherYear = (yearless: number, exact: number): boolean => {
  const year = new Date(exact).getUTCFullYear();
  return [year - 1, year, year + 1].some((one) => isNear(new Date(yearless).setUTCFullYear(one), exact));
};

/**
 * The event's own time, and how far it is from what was said around it, where that is further than zones are. Not where
 * it was only passed on then by somebody who knows no more: vendors' events come late.
 */
const withDoubt = (own: PlacedTime, at: number, { by, isFallback }: EventEnvelope, said: SaidTime): PlacedTime =>
  isNear(said.at, at) || (isFallback && said.isAssumed)
    ? own
    : { occurredAt: at, flags: [...own.flags, told('event', at, by, said.at)] };

/** Of a line and the shipper that read it. */
const ofLine = (read: number, { by }: EventEnvelope, time: SaidTime): PlacedTime => {
  const shipper = { by: 'shipper', time: { at: read, isAssumed: true, flag: TIME_OBSERVED } };
  const { time: counted, flags } = timeOfBoth(shipper, { by, time });
  const isLine = counted === time;
  return { occurredAt: counted?.at, flags: [...flags, ...(isLine && time.isAssumed ? [TIME_ASSUMED] : [])] };
};

/**
 * The one rule for two times that disagree: the source's first counts, unless it lies after the receipt and the other
 * does not, for nothing is received before it happens. Which it was, and how far apart, is kept on the event.
 */
export const placed = (said: number | undefined, otherTime: OtherTime | undefined, latest: number): PlacedTime => {
  if (said === undefined || otherTime === undefined) return { occurredAt: said, flags: [] };
  const { counted, other, at } = otherTime;
  const isFuture = said > latest && at <= latest;
  const [occurredAt, names] = isFuture ? [at, { counted: other, other: counted }] : [said, { counted, other }];
  const aheadSeconds = Math.round((isFuture ? at - said : said - at) / 1_000);
  return { occurredAt, flags: [disagreementFlag({ ...names, aheadSeconds })] };
};
