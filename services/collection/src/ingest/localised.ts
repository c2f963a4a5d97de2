import { clockOf, momentOf, type WrittenTime } from '#libs/sigma';
import { TIME_OBSERVED } from '../envelope/line.js';
import { placedBy, zoneAt } from '../sources/local-time.js';
import type { LocalTime, NormalisedEvent } from '../sources/source.js';
import type { EventEnvelope } from './envelope.js';
import { assumed, TIME_ASSUMED, type PlacedTime } from './placed-time.js';

/**
 * An event's own time by a clock whose zone is not said: it is told by when the event was sent, by its envelope where
 * that knows, or by when it was received; where neither fits the zone is assumed as that of a written time.
 */
const localised = (local: LocalTime, envelope: EventEnvelope | undefined, receivedAt: number): PlacedTime => {
  const said = envelope?.time?.isAssumed === false ? [envelope.time.at] : [];
  for (const moment of [...said, receivedAt]) {
    const occurredAt = placedBy(local, moment);
    if (occurredAt !== undefined) return { occurredAt, flags: [] };
  }
  const shown = new Date(local.at).toISOString().slice(0, -1);
  return assumed(clockOf(`${shown} `, 0)?.time, receivedAt);
};

/**
 * A written time that lacks only its zone, in the one that its envelope tells: who wrote the event sent it at once, or
 * somebody saw it then, which is no more than likely.
 */
const inZoneOf = (time: WrittenTime, { time: said }: EventEnvelope, receivedAt: number): PlacedTime | undefined => {
  const isSeen = said?.flag === TIME_OBSERVED;
  if (!said || time.year === undefined || time.offsetMinutes !== undefined || time.isOrderOpen) return undefined;
  const shown = said.isAssumed && !isSeen ? undefined : momentOf({ ...time, offsetMinutes: 0 }, receivedAt)?.at;
  const zoneMs = shown === undefined ? undefined : zoneAt(shown, said.at);
  if (shown === undefined || zoneMs === undefined) return undefined;
  return { occurredAt: shown - zoneMs, flags: isSeen ? [TIME_ASSUMED] : [] };
};

/** Of an event that says when it was, but not all of it. */
export const unplaced = (
  { localTime, writtenTime }: NormalisedEvent,
  envelope: EventEnvelope | undefined,
  receivedAt: number,
): PlacedTime => {
  if (localTime) return localised(localTime, envelope, receivedAt);
  const known = writtenTime && envelope ? inZoneOf(writtenTime, envelope, receivedAt) : undefined;
  return known ?? assumed(writtenTime, receivedAt);
};
