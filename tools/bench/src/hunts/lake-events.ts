import type { TelemetryEvent } from '#contracts';
import type { InRecord } from '#libs/events';
import { DAY_MS } from '#libs/terms';
import { enrichedMessages, recordOf, TOPIC } from '../service/records.js';

/** The day that the events are of. */
export const FIRST = Date.UTC(2026, 10, 2);
export const TENANT = 'acme';

const idOf = (index: number): string => `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`;

/**
 * Records of some of so many events: those given, again and again, each under an id of its own and spread over a day.
 * @param from index of the first. @param offset of the first record.
 */
export const recordsOf = (
  seeds: readonly TelemetryEvent[],
  from: number,
  number: number,
  all: number,
  offset: number,
): InRecord[] => {
  const events = Array.from({ length: number }, (_, at): TelemetryEvent => {
    const index = from + at;
    const occurredAt = FIRST + Math.floor((index * DAY_MS) / all);
    return { ...seeds[index % seeds.length]!, id: idOf(index), occurredAt, ingestedAt: occurredAt };
  });
  return enrichedMessages('WINDOWS', events).map((message, at) => ({
    ...recordOf(TENANT, message, offset + at),
    topic: TOPIC,
    partition: 0,
    offset: String(offset + at),
    timestamp: FIRST,
  }));
};
