/** Which of two times counts that stand around an event: a header's in its line, and whoever's passed the line on. */
import { disagreementFlag, HOUR_MS, MINUTE_MS } from '#libs/terms';
import { TIME_OBSERVED } from '../envelope/line.js';

/** Times further apart than this disagree. */
export const APART_MS = 5 * MINUTE_MS;
/** No two zones are further apart. */
export const ZONES_APART_MS = 26 * HOUR_MS;
const QUARTER_HOUR_MS = 15 * MINUTE_MS;

export interface SaidTime {
  at: number;
  /** It leaves out year or zone, or is only when a collector saw the event. */
  isAssumed: boolean;
  /** The year is not written: another one may be meant. */
  isYearless?: true;
  /** What an event is flagged with to which an assumed time is given; `time-assumed` unless said. */
  flag?: string;
}

export interface TimeBy {
  /** Who says so, as flags name it. */
  by: string;
  time?: SaidTime | undefined;
}

export type ToldTime = TimeBy & { flags: string[] };

/** Two clocks that show one moment in different zones. */
const isZoneApart = (apart: number): boolean => {
  const odd = Math.abs(apart) % QUARTER_HOUR_MS;
  return Math.abs(apart) <= ZONES_APART_MS && Math.min(odd, QUARTER_HOUR_MS - odd) <= APART_MS / 2;
};

const told = (counted: TimeBy, other: TimeBy, aheadMs: number): ToldTime => ({
  ...counted,
  flags: [disagreementFlag({ counted: counted.by, other: other.by, aheadSeconds: Math.round(aheadMs / 1_000) })],
});

/**
 * The time in a line counts before when somebody saw the line, and, where the two are more than five minutes apart,
 * before any other that its shipper says. One without a zone counts only where it is earlier and no zone explains how
 * far apart they are: the line was read late. Where both are known and disagree, the event says which counts and by how
 * much.
 * @param outer of who passed the line on.
 * @param inner of the line.
 */
export const timeOfBoth = (outer: TimeBy, inner: TimeBy): ToldTime => {
  const [out, own] = [outer.time, inner.time];
  if (!out || !own) return { ...(out ? outer : inner), flags: [] };
  const apart = own.at - out.at;
  const [isSeen, isSeenToo] = [out.flag === TIME_OBSERVED, own.flag === TIME_OBSERVED];
  if (isSeenToo) return { ...(isSeen ? inner : outer), flags: [] };
  if (!own.isAssumed && (isSeen || out.isAssumed)) return { ...inner, flags: [] };
  if (Math.abs(apart) <= APART_MS) return { ...outer, flags: [] };
  if (!own.isAssumed) return told(inner, outer, apart);
  if (apart > 0 || isZoneApart(apart)) return { ...outer, flags: [] };
  return told(inner, outer, apart);
};
