import { randomUUID } from 'node:crypto';
import { briefReasonOf } from '#libs/model';
import type { HeldRequestDocument, OpenDatabase } from './collections.js';
import { faultOf, isDuplicate, orFault } from './errors.js';
import type { FactCodec, HeldRequest } from './port.js';
import { scopeOf } from './scope.js';

/** Keeps requests until they are due. One held before, even if settled since, is left as it is. */
export const hold = async (opened: OpenDatabase, codec: FactCodec, held: readonly HeldRequest[]): Promise<void> => {
  if (held.length === 0) return;
  const writes = held.map(({ id, tenant, dueAt, request, causationId, correlationId, traceparent, meta }) => ({
    updateOne: {
      filter: { _id: id },
      update: {
        $setOnInsert: {
          tenant: scopeOf(tenant),
          dueAt,
          bytes: codec.encode(request),
          causationId,
          correlationId,
          traceparent,
          meta,
          open: true as const,
        },
      },
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

const heldOf = (
  codec: FactCodec,
  { _id, tenant, dueAt, bytes, causationId, correlationId, traceparent, meta }: HeldRequestDocument,
): HeldRequest => ({
  id: _id,
  tenant,
  dueAt,
  request: codec.decode(bytes),
  causationId,
  correlationId,
  traceparent,
  meta,
});

const dueFirst = (
  opened: OpenDatabase,
  now: number,
  limit: number,
  tenant?: HeldRequestDocument['tenant'],
): Promise<HeldRequestDocument[]> =>
  opened.held
    .find({ open: true, dueAt: { $lte: now }, ...(tenant === undefined ? {} : { tenant }) })
    .sort({ dueAt: 1 })
    .limit(limit)
    .toArray();

/**
 * When more is due than is taken at once: of each tenant as many as of the others, so that none waits for all that
 * another has due.
 */
const dueOfEach = async (opened: OpenDatabase, now: number, limit: number): Promise<HeldRequestDocument[]> => {
  const tenants = (await opened.held.distinct('tenant', { open: true, dueAt: { $lte: now } })).sort();
  // Where there are more tenants than places, another one begins each second.
  const from = tenants.length > limit ? (Math.floor(now / 1_000) * limit) % tenants.length : 0;
  const chosen = [...tenants.slice(from), ...tenants.slice(0, from)].slice(0, limit);
  const share = Math.max(1, Math.floor(limit / chosen.length));
  const found: HeldRequestDocument[] = [];
  for (const tenant of chosen) found.push(...(await dueFirst(opened, now, share, tenant)));
  return found.sort((a, b) => a.dueAt - b.dueAt);
};

/** See Store.parkTimer. */
export const parkTimer = async (opened: OpenDatabase, id: string, reason: string): Promise<void> => {
  opened.log.error({ kind: 'TIMER', id, reason }, 'parked: the rest goes on without it');
  await orFault(
    'parking a request',
    opened.patiently('parking a request', () =>
      opened.held.updateOne(
        { _id: id, open: true },
        { $set: { parkedAt: new Date(), reason }, $unset: { open: true } },
      ),
    ),
  );
};

/** Of these, those that no other replica has taken: they are put off, and come again if nothing is heard of them. */
const takenOf = async (
  opened: OpenDatabase,
  found: readonly HeldRequestDocument[],
  now: number,
  takenForMs: number,
): Promise<HeldRequestDocument[]> => {
  const taken = randomUUID();
  const _id = { $in: found.map((one) => one._id) };
  await opened.held.updateMany({ _id, open: true, dueAt: { $lte: now } }, { $set: { taken, dueAt: now + takenForMs } });
  const ours = await opened.held.find({ _id, taken }, { projection: { _id: 1 } }).toArray();
  const ids = new Set(ours.map((one) => one._id));
  return found.filter((one) => ids.has(one._id));
};

/** See Store.due. What cannot be read is parked. */
export const due = async (
  opened: OpenDatabase,
  codec: FactCodec,
  now: number,
  limit: number,
  takenForMs = 0,
): Promise<HeldRequest[]> => {
  const found = await orFault(
    'looking for due requests',
    opened.patiently('looking for due requests', async () => {
      const first = await dueFirst(opened, now, limit);
      const all = first.length < limit || limit === 1 ? first : await dueOfEach(opened, now, limit);
      return all.length === 0 || takenForMs === 0 ? all : takenOf(opened, all, now, takenForMs);
    }),
  );
  const readable: HeldRequest[] = [];
  for (const one of found) {
    try {
      readable.push(heldOf(codec, one));
    } catch (error) {
      await parkTimer(opened, one._id, briefReasonOf(error));
    }
  }
  return readable;
};

/** See Store.nextDue. */
export const nextDue = async (opened: OpenDatabase): Promise<number | undefined> => {
  const first = await orFault(
    'looking when a request is due',
    opened.patiently('looking when a request is due', () =>
      opened.held.findOne({ open: true, dueAt: { $gte: 0 } }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
    ),
  );
  return first?.dueAt;
};

export const settle = async (opened: OpenDatabase, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await orFault(
    'settling requests',
    opened.patiently('settling requests', () =>
      opened.held.updateMany({ _id: { $in: [...ids] } }, { $set: { settledAt: new Date() }, $unset: { open: true } }),
    ),
  );
};
