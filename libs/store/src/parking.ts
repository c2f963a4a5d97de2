import type { OpenDatabase, ParkedDocument } from './collections.js';
import { orFault } from './errors.js';
import type { Parked, ParkedKind } from './port.js';
import { releaseReading } from './readings.js';
import type { TenantScope } from './scope.js';

const LIST = 1_000;

/** Puts a stream or a document aside: the rest goes on. Told in the log each time it is met. */
export const park = async (
  opened: OpenDatabase,
  kind: 'STREAM' | 'DOCUMENT',
  { id, tenant, reason }: { id: string; tenant: TenantScope; reason: string },
): Promise<void> => {
  opened.log.error({ kind, id, tenant, reason }, 'parked: the rest goes on without it');
  await opened.patiently('parking', () =>
    opened.parked.updateOne(
      { _id: `${kind}/${id}` },
      { $set: { kind, id, tenant, reason }, $setOnInsert: { since: new Date() } },
      { upsert: true },
    ),
  );
};

const rowOf = (
  kind: ParkedKind,
  id: string,
  tenant: string,
  reason: string | undefined,
  since: Date | undefined,
): Parked => ({ kind, id, tenant, reason: reason ?? '', since: since?.getTime() ?? 0 });

/** See Store.parked. */
export const listParked = async (opened: OpenDatabase): Promise<Parked[]> => {
  const patiently = <T>(operation: () => Promise<T>): Promise<T> =>
    orFault('listing what is parked', opened.patiently('listing what is parked', operation));
  const [rows, effects, timers, readings] = await Promise.all([
    patiently(() => opened.parked.find({}).sort({ since: 1 }).limit(LIST).toArray()),
    patiently(() =>
      opened.effects
        .find({ parkedAt: { $exists: true } }, { projection: { bytes: 0, envelope: 0 } })
        .limit(LIST)
        .toArray(),
    ),
    patiently(() =>
      opened.held
        .find({ parkedAt: { $exists: true } }, { projection: { bytes: 0 } })
        .limit(LIST)
        .toArray(),
    ),
    patiently(() =>
      opened.readings
        .find({ dueAt: { $exists: true }, parkedAt: { $exists: true } })
        .limit(LIST)
        .toArray(),
    ),
  ]);
  return [
    ...rows.map(({ kind, id, tenant, reason, since }) => rowOf(kind, id, tenant, reason, since)),
    ...effects.map(({ _id, tenant, reason, parkedAt }) => rowOf('EFFECT', _id, tenant, reason, parkedAt)),
    ...timers.map(({ _id, tenant, reason, parkedAt }) => rowOf('TIMER', _id, tenant, reason, parkedAt)),
    ...readings.map(({ _id, tenant, reason, parkedAt }) => rowOf('READING', _id, tenant, reason, parkedAt)),
  ];
};

/** See Store.release. A stream is let go by the relay itself, so that its order holds. */
export const release = async (opened: OpenDatabase, { kind, id }: Pick<Parked, 'kind' | 'id'>): Promise<boolean> => {
  const change = (): Promise<{ matchedCount?: number; deletedCount?: number }> => {
    switch (kind) {
      case 'STREAM':
        return opened.parked.updateOne({ _id: `${kind}/${id}` }, { $set: { releasing: true as const } });
      case 'DOCUMENT':
        return opened.parked.deleteOne({ _id: `${kind}/${id}` });
      case 'READING':
        return releaseReading(opened, id);
      case 'EFFECT':
        return opened.effects.updateOne(
          { _id: id, open: true },
          { $set: { dueAt: 0, attempts: 0 }, $unset: { parkedAt: true, reason: true } },
        );
      case 'TIMER':
        return opened.held.updateOne(
          { _id: id, parkedAt: { $exists: true } },
          { $set: { open: true as const }, $unset: { parkedAt: true, reason: true } },
        );
    }
  };
  const done = await orFault('releasing', opened.patiently('releasing', change));
  return (done.matchedCount ?? done.deletedCount ?? 0) > 0;
};

/** Parked effects are tried once more, at once: for the start of a service. */
export const retryParked = async (opened: OpenDatabase): Promise<void> => {
  await orFault(
    'trying parked effects again',
    opened.patiently('trying parked effects again', () =>
      opened.effects.updateMany({ parkedAt: { $exists: true }, open: true }, { $set: { dueAt: 0 } }),
    ),
  );
};

/** Streams, of those given, whose commits are not sent. */
export const parkedStreams = async (opened: OpenDatabase, streamIds: readonly string[]): Promise<Set<string>> => {
  if (streamIds.length === 0) return new Set();
  const found = await opened.patiently('looking for parked streams', () =>
    opened.parked
      .find({ _id: { $in: [...new Set(streamIds)].map((id) => `STREAM/${id}`) } }, { projection: { id: 1 } })
      .toArray(),
  );
  return new Set(found.map(({ id }) => id));
};

/** Takes commits out of the relay's way; they keep their order for the day they are let go. */
export const holdBack = (opened: OpenDatabase, commits: readonly { _id: string }[]): Promise<unknown> =>
  opened.patiently('holding commits back', () =>
    opened.commits.updateMany(
      // What another replica has sent meanwhile stays sent.
      { _id: { $in: commits.map(({ _id }) => _id) }, unpublished: true },
      { $unset: { unpublished: true }, $set: { heldBack: true as const } },
    ),
  );

/** Puts the commits of released streams back before the relay. Only by the relay, whose lease makes it the only one. */
export const letGo = async (opened: OpenDatabase): Promise<void> => {
  const released = await opened.patiently('looking for released streams', () =>
    opened.parked.find({ kind: 'STREAM', releasing: true }).limit(100).toArray(),
  );
  for (const { _id, id, tenant } of released as ParkedDocument[]) {
    await opened.patiently('releasing a stream', () =>
      opened.commits.updateMany(
        { tenant, streamId: id, heldBack: true },
        { $set: { unpublished: true as const }, $unset: { heldBack: true } },
      ),
    );
    await opened.patiently('releasing a stream', () => opened.parked.deleteOne({ _id, releasing: true }));
  }
};
