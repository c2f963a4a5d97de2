import { MINUTE_MS } from '#libs/terms';
import { isZoned, timeOf } from './json-values.js';
import type { LocalTime, NativeObject } from './source.js';

/** What clocks on walls are ahead of UTC by, in minutes: whole hours, and the others that are in use. */
const ZONES = [
  ...Array.from({ length: 27 }, (_, hours) => (hours - 12) * 60),
  ...[-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825],
];

/** The zone a clock is in by what it shows at a moment, and by how much the two are apart then, ms. */
export const nearestZone = (local: number, moment: number): { zoneMs: number; apartMs: number } => {
  let best = { zoneMs: 0, apartMs: Infinity };
  for (const minutes of ZONES) {
    const zoneMs = minutes * MINUTE_MS;
    const apartMs = Math.abs(local - zoneMs - moment);
    if (apartMs < best.apartMs) best = { zoneMs, apartMs };
  }
  return best;
};

/** What is read and sent at once arrives within this. */
const AT_ONCE_MS = MINUTE_MS;

/** When that was, if what the clock showed at a moment that is known tells its zone; it does not of what lay about. */
export const placedBy = ({ at, readAt }: LocalTime, moment: number): number | undefined => {
  if (readAt === undefined) return undefined;
  const { zoneMs, apartMs } = nearestZone(readAt, moment);
  return apartMs <= AT_ONCE_MS ? at - zoneMs : undefined;
};

/** NXLog's `EventTime` and `EventReceivedTime`: its host's clock, without a zone unless it is told to write one. */
export const nxlogTime = ({ EventTime: at, EventReceivedTime: readAt }: NativeObject): LocalTime | undefined => {
  const time = unzoned(at);
  const read = unzoned(readAt);
  return time === undefined ? undefined : { at: time, ...(read === undefined ? {} : { readAt: read }) };
};

const unzoned = (value: NativeObject[string]): number | undefined =>
  typeof value === 'string' && !isZoned(value) ? timeOf(value) : undefined;
