import { idOf, type Asked, type Envelope, type Typed } from '#libs/model';
import type { OutRecord } from '#libs/events';
import { DAY_MS } from '#libs/terms';
import { ANSWERS_LEAST_DAYS } from './config.js';
import type { Keys } from './keys.js';
import { signedRecord } from './signed-record.js';

/**
 * How long a request of a reaction or effect may wait: as long as its topic keeps it. Nobody asks again for a reaction,
 * so an expired request would be a lost finding or a host that stays isolated; deciders look at the present state
 * anyway.
 */
const REACTION_PATIENCE_MS = 30 * DAY_MS;

/**
 * A cause that is heard again asks under the same id, with a new end: it lies before the answer of the first time is
 * let go of, so that nothing is decided twice. A day is for clocks that differ.
 */
const ASKED_AGAIN_MS = (ANSWERS_LEAST_DAYS - 1) * DAY_MS;

/** A request with its derived id, ready to be signed and sent, now or when it is due. */
export interface ReadyRequest {
  id: string;
  tenant: string;
  request: Typed;
  dueAt?: number;
  /** After that it is not decided any more, epoch ms. */
  until?: number | undefined;
  causationId?: string;
  correlationId?: string;
  traceparent?: string;
}

/** Gives each request the id that follows from its cause: the same cause asks the same thing only once. */
export const readyRequests = (asked: Asked[], cause: Envelope, by: string): ReadyRequest[] =>
  asked.map(({ request, tenant = cause.tenant, dueAt, seed = '' }) => ({
    id: idOf('request', cause.id, by, request.type, seed, dueAt ?? 0),
    tenant,
    request,
    dueAt,
    until: Math.max(cause.time, dueAt ?? 0) + ASKED_AGAIN_MS,
    causationId: cause.id,
    correlationId: cause.correlationId ?? cause.id,
    traceparent: cause.traceparent,
  }));

/** @returns the record of a request, signed by the service itself. */
export const signedRequest = (
  service: string,
  keys: Keys,
  now: number,
  { id, tenant, request, until = Infinity, causationId, correlationId, traceparent }: ReadyRequest,
): Promise<OutRecord> =>
  signedRecord(keys, {
    envelope: { id, tenant, source: service, time: now, causationId, correlationId, traceparent },
    request,
    actor: { subject: service, side: 'SYSTEM' },
    roles: ['SERVICE'],
    expiresAt: Math.min(now + REACTION_PATIENCE_MS, until),
  });
