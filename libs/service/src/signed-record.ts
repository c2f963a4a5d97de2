import { toRecord, withActor, type OutRecord } from '#libs/events';
import type { Actor, Envelope, Typed } from '#libs/model';
import { presentTrace } from './trace-context.js';
import { sha256Of, type Keys } from './keys.js';

/** A request as it is to be put: who asks, until when, and, with `basedOn`, at which version of the stream. */
export interface UnsignedRequest {
  /** Its id, tenant, source (the signing service), time, and what caused it. */
  envelope: Omit<Envelope, 'type' | 'subject'>;
  request: Typed;
  /** The request's framed bytes, where it is not to be written anew. */
  value?: Buffer;
  actor: Actor;
  roles: readonly string[];
  /** Epoch ms. */
  expiresAt: number;
  basedOn?: number;
}

/**
 * The record of a request, signed over everything that decides what comes of it: the one way to put one.
 * @throws Fault when the request does not fit its contract, or the page of the signing service does not name its type.
 */
export const signedRecord = async (
  keys: Pick<Keys, 'sign'>,
  { envelope, request, value, actor, roles, expiresAt, basedOn }: UnsignedRequest,
): Promise<OutRecord> => {
  const { type } = request;
  const traced = { traceparent: presentTrace(), ...envelope };
  const written = toRecord({ ...traced, type, subject: type }, request, { expiresAt, basedOn });
  const record = value ? { ...written, value } : written;
  const { id: requestId, tenant } = envelope;
  return withActor(
    record,
    await keys.sign({
      type,
      tenant,
      actor,
      roles: [...roles],
      requestId,
      expiresAt,
      basedOn,
      sha256: sha256Of(record.value),
    }),
  );
};
