import type { Heard } from '#libs/model';
import type { EffectDocument, OpenDatabase } from './collections.js';
import { faultOf, isDuplicate, orFault } from './errors.js';
import { retryParked } from './parking.js';
import type { FactCodec, EffectTurn, NotedEffect, Store, TakenEffect } from './port.js';
import { scopeOf } from './scope.js';

const idOfEffect = (tenant: string, effect: string, factId: string): string => `${scopeOf(tenant)}/${effect}/${factId}`;
const laneOf = (tenant: string, effect: string): string => `${scopeOf(tenant)}/${effect}`;
const nowMs = { $toLong: '$$NOW' };

type NotedWork = Pick<
  EffectDocument,
  '_id' | 'tenant' | 'effect' | 'lane' | 'envelope' | 'bytes' | 'open' | 'dueAt' | 'until' | 'attempts'
>;

const notedOf = (codec: FactCodec, { effect, heard, dueAt }: NotedEffect, now: number): NotedWork => {
  const { tenant, id } = heard.envelope;
  return {
    _id: idOfEffect(tenant, effect, id),
    tenant: scopeOf(tenant),
    effect,
    lane: laneOf(tenant, effect),
    envelope: heard.envelope,
    bytes: codec.encode(heard.message),
    open: true,
    dueAt: dueAt ?? now,
    until: 0,
    attempts: 0,
  };
};

/** Notes of the form before this one say only that an effect began: what is to be done is added to them. */
const complete = async (opened: OpenDatabase, notes: readonly NotedWork[]): Promise<void> => {
  const old = await opened.effects
    .find(
      { _id: { $in: notes.map(({ _id }) => _id) }, lane: { $exists: false }, doneAt: { $exists: false } },
      { projection: { _id: 1 } },
    )
    .toArray();
  const without = new Set(old.map(({ _id }) => _id));
  for (const { _id, ...rest } of notes.filter((one) => without.has(one._id)))
    await opened.effects.updateOne({ _id }, { $set: rest });
};

/** See Store.noteEffects. */
const noteEffects = async (
  opened: OpenDatabase,
  codec: FactCodec,
  noted: readonly NotedEffect[],
  now: number,
): Promise<void> => {
  if (noted.length === 0) return;
  const notes = noted.map((one) => notedOf(codec, one, now));
  const writes = notes.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  try {
    const fresh = await opened
      .patiently('noting effects', () => opened.effects.bulkWrite(writes, { ordered: false }))
      .then(({ upsertedCount }) => upsertedCount)
      // Two replicas noted the same at once: it is noted.
      .catch((error: unknown) => {
        if (isDuplicate(error)) return 0;
        throw error;
      });
    if (fresh < notes.length) await opened.patiently('noting effects', () => complete(opened, notes));
  } catch (error) {
    throw faultOf('noting effects', error);
  }
};

/** See Store.effectLanes. */
const effectLanes = async (opened: OpenDatabase, now: number): Promise<string[]> =>
  orFault(
    'looking for effects',
    opened.patiently('looking for effects', () =>
      opened.effects.distinct('lane', { open: true, dueAt: { $lte: now } }),
    ),
  );

/** See Store.nextTurn. */
const nextTurn = async (opened: OpenDatabase, now: number): Promise<number | undefined> => {
  const next = await orFault(
    'looking when an effect is due',
    opened.patiently('looking when an effect is due', () =>
      opened.effects.findOne({ open: true, dueAt: { $gt: now } }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
    ),
  );
  return next?.dueAt;
};

/** See Store.takeEffect. The lease is on the store's own clock. */
const takeEffect = async (
  opened: OpenDatabase,
  lane: string,
  now: number,
  leaseMs: number,
): Promise<EffectTurn | undefined> => {
  const before = await orFault(
    'taking an effect',
    opened.patiently('taking an effect', () =>
      opened.effects.findOneAndUpdate(
        { lane, open: true, dueAt: { $lte: now }, $expr: { $lt: ['$until', nowMs] } },
        [
          {
            $set: {
              until: { $add: [nowMs, leaseMs] },
              attempts: { $add: ['$attempts', 1] },
              fence: { $add: [{ $ifNull: ['$fence', 0] }, 1] },
              begunAt: { $ifNull: ['$begunAt', '$$NOW'] },
            },
          },
        ],
        { sort: { dueAt: 1 }, returnDocument: 'before' },
      ),
    ),
  );
  if (before === null) return undefined;
  const { _id: id, tenant, effect, envelope, bytes, attempts, fence = 0, begunAt } = before;
  return {
    ...{ id, tenant, effect, envelope, bytes, attempt: attempts + 1 },
    ...{ resumed: begunAt !== undefined, fence: fence + 1 },
  };
};

/** What was noted. @throws Unreadable when it cannot be read (any more). */
const heardOfTurn = (codec: FactCodec, { envelope, bytes }: EffectTurn): Heard => ({
  envelope,
  message: codec.decode(bytes),
});

/** Who was held up for so long that somebody else took it finds nothing to write to. */
const asTaken = ({ id: _id, fence }: TakenEffect) => ({ _id, fence, open: true as const });

/** See Store.keepEffect. */
const keepEffect = async (opened: OpenDatabase, taken: TakenEffect, leaseMs: number): Promise<boolean> => {
  const { matchedCount } = await opened.effects.updateOne(asTaken(taken), [
    { $set: { until: { $add: [nowMs, leaseMs] } } },
  ]);
  return matchedCount > 0;
};

/** See Store.finishEffect: it is never performed again for this fact. */
const finishEffect = async (opened: OpenDatabase, { id, fence }: TakenEffect): Promise<boolean> => {
  const { matchedCount } = await orFault(
    'finishing an effect',
    opened.patiently('finishing an effect', () =>
      opened.effects.updateOne(
        // Not only while it is open: an answer that was lost is asked for again.
        { _id: id, fence },
        {
          $set: { doneAt: new Date() },
          $unset: { open: true, bytes: true, envelope: true, parkedAt: true, reason: true },
        },
      ),
    ),
  );
  return matchedCount > 0;
};

/** See Store.failEffect. */
const failEffect = async (
  opened: OpenDatabase,
  taken: TakenEffect,
  { dueAt, reason, park }: { dueAt: number; reason: string; park: boolean },
): Promise<boolean> => {
  const { matchedCount } = await orFault(
    'putting an effect off',
    opened.patiently('putting an effect off', () =>
      opened.effects.updateOne(asTaken(taken), {
        $set: { dueAt, until: 0, reason, ...(park ? { parkedAt: new Date() } : {}) },
      }),
    ),
  );
  return matchedCount > 0;
};

/** See Store.noteEffects and its neighbours. */
export const effectsOf = (
  opened: OpenDatabase,
  codec: FactCodec,
): Pick<
  Store,
  | 'noteEffects'
  | 'effectLanes'
  | 'nextTurn'
  | 'takeEffect'
  | 'heardOf'
  | 'keepEffect'
  | 'finishEffect'
  | 'failEffect'
  | 'retryParked'
> => ({
  noteEffects: (noted, now) => noteEffects(opened, codec, noted, now),
  effectLanes: (now) => effectLanes(opened, now),
  nextTurn: (now) => nextTurn(opened, now),
  takeEffect: (lane, now, leaseMs) => takeEffect(opened, lane, now, leaseMs),
  heardOf: (turn) => heardOfTurn(codec, turn),
  keepEffect: (taken, leaseMs) => keepEffect(opened, taken, leaseMs),
  finishEffect: (taken) => finishEffect(opened, taken),
  failEffect: (taken, put) => failEffect(opened, taken, put),
  retryParked: () => retryParked(opened),
});
