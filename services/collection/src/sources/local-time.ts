import { MINUTE_MS } from '#libs/terms';
import type { DeviceTime } from './any-time.js';
import { isZoned, timeOf } from './json-values.js';
import type { LocalTime, NativeObject, NormalisedEvent } from './source.js';
import type { TaxonomyView } from './taxonomy.js';

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

/**
 * The zone of a clock, ms east of UTC, where what it shows at a moment is within so much of a zone that is in use.
 * @param local epoch ms, as if the clock showed UTC.
 */
export const zoneAt = (local: number, moment: number, withinMs = AT_ONCE_MS): number | undefined => {
  const { zoneMs, apartMs } = nearestZone(local, moment);
  return apartMs <= withinMs ? zoneMs : undefined;
};

/** When that was, if what the clock showed at a moment that is known tells its zone; it does not of what lay about. */
export const placedBy = ({ at, readAt }: LocalTime, moment: number): number | undefined => {
  const zoneMs = readAt === undefined ? undefined : zoneAt(readAt, moment);
  return zoneMs === undefined ? undefined : at - zoneMs;
};

/** NXLog's `EventTime` and `EventReceivedTime`: its host's clock, without a zone unless it is told to write one. */
export const nxlogTime = ({ EventTime: at, EventReceivedTime: readAt }: NativeObject): LocalTime | undefined => {
  const time = unzoned(at);
  const read = unzoned(readAt);
  return time === undefined ? undefined : { at: time, ...(read === undefined ? {} : { readAt: read }) };
};

/** What an event says by other names, else NXLog's `EventTime`, which is in no zone unless it says one. */
export const orOfNxlog = (
  said: DeviceTime,
  event: NativeObject,
  seen: Pick<TaxonomyView, 'when'>,
): DeviceTime & Pick<NormalisedEvent, 'localTime'> => {
  if (said.occurredAt !== undefined || said.writtenTime) return said;
  const local = nxlogTime(event);
  return local ? { localTime: local } : seen.when(['EventTime']);
};

const unzoned = (value: NativeObject[string]): number | undefined =>
  typeof value === 'string' && !isZoned(value) ? timeOf(value) : undefined;
