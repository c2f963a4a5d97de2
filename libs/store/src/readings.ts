import { bringBack } from './archive/bring-back.js';
import { versionOf } from './place.js';
import type { OpenDatabase, ReadingDocument } from './collections.js';
import { isDuplicate, orFault } from './errors.js';
import type { AskingAgain, MissingFacts, ReadingStore, StreamReading } from './port-readings.js';
import { scopeOf, streamOf } from './scope.js';

const ROUNDS = 5;
/** Tenants of which streams are asked for in one look. */
const TENANTS_AT_ONCE = 100;

const idOfReading = (reader: string, streamId: string): string => `${reader}/${streamId}`;

const orNow = (field: string, value: unknown) => ({ $ifNull: [`$${field}`, value] });
const whileHeld = (field: string) => ({ $cond: [{ $gte: ['$heldTo', '$next'] }, `$${field}`, '$$REMOVE'] });
const OF_GAP = ['beyond', 'reason', 'since', 'dueAt', 'asked', 'askedFrom', 'parkedAt'];

/** Whoever is late changes nothing: places only grow, and a gap is closed once all of it has come. */
const noting = (reader: string, { tenant, streamId, next, gap }: StreamReading, now: number) => ({
  updateOne: {
    filter: { _id: idOfReading(reader, streamId) },
    upsert: true,
    update: [
      { $set: { reader, tenant: scopeOf(tenant), streamId, at: '$$NOW', next: { $max: ['$next', next] } } },
      ...(gap
        ? [
            {
              $set: {
                heldTo: { $max: ['$heldTo', gap.to] },
                beyond: {
                  $cond: [{ $gt: ['$beyond', '$next'] }, { $min: ['$beyond', gap.beyond] }, gap.beyond],
                },
                reason: orNow('reason', gap.reason),
                since: orNow('since', '$$NOW'),
                dueAt: orNow('dueAt', now),
              },
            },
          ]
        : []),
      { $set: Object.fromEntries(OF_GAP.map((field) => [field, whileHeld(field)])) },
      { $set: { heldTo: whileHeld('heldTo') } },
    ],
  },
});

const noteReadings = async (
  opened: OpenDatabase,
  reader: string,
  readings: readonly StreamReading[],
  now: number,
): Promise<void> => {
  const writes = readings.map((one) => noting(reader, one, now));
  for (let round = 1; writes.length > 0; round += 1) {
    try {
      await opened.patiently('noting what was read', () => opened.readings.bulkWrite(writes, { ordered: false }));
      return;
    } catch (error) {
      // Two replicas met a stream for the first time at once: the second changes what the first has made.
      if (!isDuplicate(error) || round === ROUNDS) throw error;
    }
  }
};

const nextPlaces = async (
  opened: OpenDatabase,
  reader: string,
  streamIds: readonly string[],
): Promise<Map<string, number>> => {
  const ids = streamIds.map((one) => idOfReading(reader, one));
  const found = await opened.patiently('looking how far streams were read', () =>
    opened.readings.find({ _id: { $in: ids } }, { projection: { streamId: 1, next: 1 } }).toArray(),
  );
  return new Map(found.map(({ streamId, next }) => [streamId, next]));
};

/** Those of one tenant, which wait the longest first. */
const dueOf = (opened: OpenDatabase, tenant: string, now: number, most: number): Promise<ReadingDocument[]> =>
  opened.patiently('looking for streams that wait', () =>
    opened.readings
      .find({ tenant: scopeOf(tenant), dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(most)
      .toArray(),
  );

/** @returns undefined when another replica has taken it, or all has come meanwhile. */
const taken = async (
  opened: OpenDatabase,
  { _id, reader, tenant, streamId, next, dueAt, askedFrom, asked = 0 }: ReadingDocument,
  now: number,
  { pauseMs, parkAfter }: AskingAgain,
): Promise<MissingFacts | undefined> => {
  const times = askedFrom === next ? asked + 1 : 1;
  const { matchedCount } = await opened.patiently('taking a stream that waits', () =>
    opened.readings.updateOne(
      { _id, next, dueAt },
      {
        $set: {
          ...{ asked: times, askedFrom: next, dueAt: now + pauseMs(times) },
          ...(times > parkAfter ? { parkedAt: new Date() } : {}),
        },
        ...(times > parkAfter ? {} : { $unset: { parkedAt: true } }),
      },
    ),
  );
  return matchedCount === 0 ? undefined : { reader, tenant, streamId, fromVersion: versionOf(next), asked: times };
};

const takeMissing = async (opened: OpenDatabase, now: number, asking: AskingAgain): Promise<MissingFacts[]> => {
  const tenants = await opened.patiently('looking for streams that wait', () =>
    opened.readings.distinct('tenant', { dueAt: { $lte: now } }),
  );
  const found: MissingFacts[] = [];
  for (const tenant of tenants.slice(0, TENANTS_AT_ONCE))
    for (const one of await dueOf(opened, tenant, now, asking.ofTenant)) {
      const missing = await taken(opened, one, now, asking);
      if (missing) found.push(missing);
    }
  return found;
};

const retryMissing = async (opened: OpenDatabase): Promise<void> => {
  await opened.patiently('asking for streams again', () =>
    opened.readings.updateMany({ dueAt: { $exists: true } }, { $set: { dueAt: 0 } }),
  );
};

const nextMissing = async (opened: OpenDatabase): Promise<number | undefined> => {
  const next = await opened.patiently('looking when a stream is to be asked for', () =>
    opened.readings.findOne({ dueAt: { $exists: true } }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
  );
  return next?.dueAt;
};

const sendAgain = async (
  opened: OpenDatabase,
  tenant: string,
  streamId: string,
  fromVersion: number,
  most: number,
): Promise<number> => {
  const scope = scopeOf(tenant);
  const back = await bringBack(opened, scope, streamOf(scope, streamId), { from: fromVersion, to: fromVersion + most });
  const { modifiedCount } = await opened.patiently('sending facts again', () =>
    opened.commits.updateMany(
      {
        tenant: scope,
        streamId: streamOf(scope, streamId),
        version: { $gte: fromVersion, $lt: fromVersion + most },
        heldBack: { $exists: false },
        unpublished: { $exists: false },
        'facts.carried': { $exists: false },
      },
      { $set: { unpublished: true } },
    ),
  );
  return modifiedCount + back;
};

/** See Store.release: reading goes on behind what is missing, which is asked for no more. */
export const releaseReading = (opened: OpenDatabase, id: string): Promise<{ matchedCount: number }> =>
  opened.readings.updateOne({ _id: id, dueAt: { $exists: true } }, [
    { $set: { next: { $max: ['$next', '$beyond'] }, dueAt: 0 } },
    { $set: Object.fromEntries(OF_GAP.map((field) => [field, whileHeld(field)])) },
    { $set: { heldTo: whileHeld('heldTo') } },
    { $unset: ['asked', 'askedFrom', 'parkedAt'] },
  ]);

/** See Store.nextPlaces and its neighbours. `wake` is called when something is to be sent again. */
export const readingsOf = (opened: OpenDatabase, wake: () => void): ReadingStore => ({
  nextPlaces: (reader, streamIds) =>
    orFault('looking how far streams were read', nextPlaces(opened, reader, streamIds)),
  noteReadings: (reader, readings, now) => orFault('noting what was read', noteReadings(opened, reader, readings, now)),
  takeMissing: (now, asking) => orFault('taking streams that wait', takeMissing(opened, now, asking)),
  retryMissing: () => orFault('asking for streams again', retryMissing(opened)),
  nextMissing: () => orFault('looking when a stream is to be asked for', nextMissing(opened)),
  sendAgain: (tenant, streamId, fromVersion, most) =>
    orFault('sending facts again', sendAgain(opened, tenant, streamId, fromVersion, most)).finally(wake),
});
