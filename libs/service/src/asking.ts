import { idOf, type Asked, type Envelope, type Typed } from '#libs/model';
import { toRecord, type OutRecord } from '#libs/events';
import type { Keys } from './keys.js';

/**
 * How long a request of a reaction or effect may wait: as long as its topic keeps it. Nobody asks again for a reaction, so an
 * expired request would be a lost finding or a host that stays isolated; deciders look at the present state anyway.
 */
const REACTION_PATIENCE_MS = 30 * 86_400_000;

/** A request with its derived id, ready to be signed and sent, now or when it is due. */
export interface ReadyRequest {
  id: string;
  tenant: string;
  request: Typed;
  dueAt?: number;
  causationId?: string;
  correlationId?: string;
  traceparent?: string;
}

/** Gives each request the id that follows from its cause: the same cause asks the same thing only once. */
export const ready = (asked: Asked[], cause: Envelope, by: string): ReadyRequest[] =>
  asked.map(({ request, tenant = cause.tenant, dueAt, seed = '' }) => ({
    id: idOf('request', cause.id, by, request.type, seed, dueAt ?? 0),
    tenant,
    request,
    dueAt,
    causationId: cause.id,
    correlationId: cause.correlationId ?? cause.id,
    traceparent: cause.traceparent,
  }));

/** @returns the record of a request, signed by the service itself. */
export const signed = async (service: string, keys: Keys, now: number, one: ReadyRequest): Promise<OutRecord> => {
  const expiresAt = now + REACTION_PATIENCE_MS;
  const actor = await keys.sign({
    actor: { subject: service, side: 'SYSTEM' }, roles: ['SERVICE'], tenant: one.tenant, requestId: one.id, expiresAt,
  });
  const envelope: Envelope = {
    id: one.id,
    type: one.request.type,
    source: service,
    subject: one.request.type,
    time: now,
    tenant: one.tenant,
    causationId: one.causationId,
    correlationId: one.correlationId,
    traceparent: one.traceparent,
  };
  return toRecord(envelope, one.request, { actor, expiresAt });
};
