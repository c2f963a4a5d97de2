/** When an event happened, by what it says itself and what stood around it. */
import { momentOf, type WrittenTime } from '#libs/sigma';
import { disagreementFlag } from '#libs/terms';
import { TIME_OBSERVED } from '../envelope/line.js';
import type { OtherTime } from '../sources/source.js';
import type { EventEnvelope } from './envelope.js';
import { APART_MS, timeOfBoth, type SaidTime } from './said-times.js';

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
  const said = envelope?.time;
  if (!envelope || !said) return own;
  if (own.occurredAt === undefined)
    return { occurredAt: said.at, flags: said.isAssumed ? [said.flag ?? TIME_ASSUMED] : [] };
  if (envelope.isInShipped && said.at <= latest) return ofLine(own.occurredAt, envelope, said);
  if (envelope.isFallback || said.isAssumed || said.at > latest || Math.abs(said.at - own.occurredAt) <= APART_MS)
    return own;
  const aheadSeconds = Math.round((said.at - own.occurredAt) / 1_000);
  return { occurredAt: said.at, flags: [disagreementFlag({ counted: envelope.by, other: 'event', aheadSeconds })] };
};

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
