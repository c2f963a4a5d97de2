/** An event at its place in a topic, by one rule for what is read of any message. */
import type { TelemetryEvent } from '#contracts';
import { eventIdOf, type IngestPlace } from './topic.js';

/** By how much an event may be ahead of the broker's clock. */
const AHEAD_MS = 5 * 60_000;

/** The latest that an event may say it happened. */
export const latestAt = ({ timestamp }: IngestPlace): number => timestamp + AHEAD_MS;

/** What was read of an event; `occurredAt` in epoch ms, undefined where it does not say. */
export type ReadEvent = Pick<TelemetryEvent, 'entity' | 'observables' | 'ocsf' | 'flags' | 'native' | 'envelope'> & {
  occurredAt: number | undefined;
};

/** With its id, and a time that can be: one that is not, or is missing, is flagged. */
export const placedEvent = (
  { occurredAt, flags, entity, observables, ocsf, native, envelope }: ReadEvent,
  place: IngestPlace,
  index: number,
): TelemetryEvent => {
  const latest = latestAt(place);
  const isAhead = occurredAt !== undefined && occurredAt > latest;
  return {
    id: eventIdOf(place, index),
    entity,
    observables,
    ocsf,
    native,
    envelope,
    occurredAt: Math.min(occurredAt ?? place.timestamp, latest),
    ingestedAt: place.timestamp,
    flags: occurredAt === undefined ? [...flags, 'time-missing'] : isAhead ? [...flags, 'clock-clamped'] : flags,
    partition: place.partition,
    offset: Number(place.offset),
    index,
  };
};
