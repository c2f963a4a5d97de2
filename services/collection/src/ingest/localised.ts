import { clockOf } from '#libs/sigma';
import { placedBy } from '../sources/local-time.js';
import type { LocalTime, NormalisedEvent } from '../sources/source.js';
import type { EventEnvelope } from './envelope.js';
import { assumed, type PlacedTime } from './placed-time.js';

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

/** Of an event that says when it was, but not all of it. */
export const unplaced = (
  { localTime, writtenTime }: NormalisedEvent,
  envelope: EventEnvelope | undefined,
  receivedAt: number,
): PlacedTime => (localTime ? localised(localTime, envelope, receivedAt) : assumed(writtenTime, receivedAt));
