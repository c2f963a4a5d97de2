import type { SourceKind, TelemetryEvent } from '#contracts';
import { encode } from '#libs/events';
import { Fault } from '#libs/model';
import type { ReadPieces } from './message.js';
import { notNormalised } from './piece.js';
import type { PieceProblem } from './piece.js';

const misfit = (source: string, kind: SourceKind, event: TelemetryEvent): PieceProblem | undefined => {
  try {
    encode({ type: 'telemetry.normalized', source, kind, events: [event] } as Parameters<typeof encode>[0]);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return notNormalised(error);
    throw error;
  }
};

/**
 * What was read of a message, with the events that do not fit the contract among the rejected. Costs an encoding an
 * event; pauses as reading() does.
 */
export function* withoutMisfits<R extends ReadPieces & { source: string; kind: SourceKind }>(
  read: R,
): Generator<void, R> {
  const [events, rejected] = [[] as ReadPieces['events'], [...read.rejected]];
  for (const [at, event] of read.events.entries()) {
    if (at % 256 === 255) yield;
    const problem = misfit(read.source, read.kind, event);
    const { index, id, native } = event;
    if (problem) rejected.push({ index, id, bytes: read.bytesOf?.(index) ?? native, ...problem });
    else events.push(event);
  }
  return { ...read, events, rejected };
}
