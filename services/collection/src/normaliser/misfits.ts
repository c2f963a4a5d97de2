import type { SourceKind, TelemetryEvent } from '#contracts';
import { encode } from '#libs/events';
import { Fault } from '#libs/model';
import { notNormalised, type Problem, type Read } from './message.js';

const misfit = (source: string, kind: SourceKind, event: TelemetryEvent): Problem | undefined => {
  try {
    encode({ type: 'telemetry.normalized', source, kind, events: [event] } as Parameters<typeof encode>[0]);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return notNormalised(error);
    throw error;
  }
};

/** What was read of a message, with the events that do not fit the contract among the rejected. Costs an encoding an event. */
export const withoutMisfits = <R extends Read & { source: string; kind: SourceKind }>(read: R): R => {
  const [events, rejected] = [[] as Read['events'], [...read.rejected]];
  for (const event of read.events) {
    const problem = misfit(read.source, read.kind, event);
    if (problem) rejected.push({ index: event.index, id: event.id, bytes: event.native, ...problem });
    else events.push(event);
  }
  return { ...read, events, rejected };
};
