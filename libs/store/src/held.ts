import type { HeldDocument, Opened } from './collections.js';
import { faultOf, isDuplicate } from './errors.js';
import type { Codec, Held } from './port.js';
import { scopeOf } from './scope.js';

/** Keeps requests until they are due. One held before, even if settled since, is left as it is. */
export const hold = async (opened: Opened, codec: Codec, held: readonly Held[]): Promise<void> => {
  if (held.length === 0) return;
  const writes = held.map(({ id, tenant, dueAt, request, causationId, correlationId, traceparent, meta }) => ({
    updateOne: {
      filter: { _id: id },
      update: { $setOnInsert: {
        tenant: scopeOf(tenant), dueAt, bytes: codec.encode(request), causationId, correlationId, traceparent, meta, open: true as const,
      } },
      upsert: true,
    },
  }));
  try {
    await opened.patiently('holding requests', () => opened.held.bulkWrite(writes, { ordered: false }));
  } catch (error) {
    // Two replicas held the same at once: it is held.
    if (!isDuplicate(error)) throw faultOf('holding requests', error);
  }
};

const heldOf = (codec: Codec, { _id, tenant, dueAt, bytes, causationId, correlationId, traceparent, meta }: HeldDocument): Held =>
  ({ id: _id, tenant, dueAt, request: codec.decode(bytes), causationId, correlationId, traceparent, meta });

export const due = async (opened: Opened, codec: Codec, now: number, limit: number): Promise<Held[]> => {
  const found = await opened.patiently('looking for due requests', () =>
    opened.held.find({ open: true, dueAt: { $lte: now } }).sort({ dueAt: 1 }).limit(limit).toArray())
    .catch((error: unknown) => { throw faultOf('looking for due requests', error); });
  return found.map((one) => heldOf(codec, one));
};

export const settle = async (opened: Opened, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await opened.patiently('settling requests', () =>
    opened.held.updateMany({ _id: { $in: [...ids] } }, { $set: { settledAt: new Date() }, $unset: { open: true } }))
    .catch((error: unknown) => { throw faultOf('settling requests', error); });
};
