import type { DecisionAnswer, KeptFor, LetGo, Store } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { anchorsOn, check, NOON, type AnchoredStore } from './anchored-stores.js';
import { add, counter } from './counter.js';

const KEEP: KeptFor = { answersMs: 90 * DAY_MS };

/** Everything let go of in one pass. */
const letGo = async (store: Store, now: number, kept: KeptFor = KEEP): Promise<LetGo[]> => {
  const told: LetGo[] = [];
  for await (const one of store.retention.apply(now, kept)) told.push(one);
  return told;
};

type RefusedAsking = { tenant?: string; expiresAt?: number };
/** Puts a request that is refused, so that its answer stands alone. */
const refused = async (
  store: Store,
  requestId: string,
  now: number,
  rest: RefusedAsking = {},
): Promise<DecisionAnswer> => (await store.execute(counter, [add('z', -1, { requestId, now, ...rest })]))[0]!;

const sendAll = async (store: Store): Promise<void> => {
  const relay = store.startRelay(async () => undefined, { watch: false });
  await relay.drain();
  await relay.stop();
};

const LATER = NOON + 95 * DAY_MS;

/** Two days of answers of two tenants, and one of lately; all seen by anchors and sent but the one named `unsent`. */
const answered = async (place: AnchoredStore): Promise<void> => {
  const { store } = place;
  for (const id of ['one', 'two']) await refused(store, id, NOON + DAY_MS + 10);
  await refused(store, 'one', NOON + DAY_MS + 10, { tenant: 'umbra' });
  await anchorsOn(store, NOON + 2 * DAY_MS);
  await refused(store, 'late', NOON + 30 * DAY_MS);
  await anchorsOn(store, NOON + 31 * DAY_MS);
  await sendAll(store);
};

const answersIn = async ({ commits }: AnchoredStore): Promise<string[]> =>
  (await commits.find({ streamId: /^answer/ }).toArray()).map(({ _id }) => _id).sort();

/** What becomes of answers with time, in stores of whoever calls. */
export const answersEnd = (lived: () => Promise<AnchoredStore>): void => {
  it('answers go when they are over, by one of two replicas, of each tenant; the chain and its anchors hold', async () => {
    const place = await lived();
    await answered(place);
    expect(await letGo(place.store, LATER, {})).toEqual([]);
    await place.commits.updateOne({ _id: 'answer/acme/two@1' }, { $set: { unpublished: true } });
    const told = (await Promise.all([letGo(place.store, LATER), letGo(await place.again(), LATER)])).flat();
    expect(told.sort((a, b) => a.tenant.localeCompare(b.tenant))).toEqual([
      { tenant: 'acme', answers: 1, archived: 0, taken: 0 },
      { tenant: 'umbra', answers: 1, archived: 0, taken: 0 },
    ]);
    expect(await answersIn(place)).toEqual(['answer/acme/late@1', 'answer/acme/two@1']);
    expect(await letGo(place.store, LATER)).toEqual([]);
    await anchorsOn(place.store, LATER);
    for (const tenant of ['acme', 'umbra']) expect((await place.store.chain.verify(tenant)).problems).toEqual([]);
  });

  it('a request whose answer went is over, and is not decided again', async () => {
    const place = await lived();
    await answered(place);
    const expiresAt = NOON + DAY_MS + 10 + 89 * DAY_MS;
    expect(await refused(place.store, 'one', LATER - 10 * DAY_MS, { expiresAt })).toMatchObject({ outcome: 'REFUSED' });
    await letGo(place.store, LATER);
    expect(await refused(place.store, 'one', LATER, { expiresAt })).toMatchObject({ outcome: 'EXPIRED' });
    await anchorsOn(place.store, LATER + DAY_MS);
    expect((await check(place)).problems).toEqual([]);
  });

  it('a pass that was cut short after it spoke, or in the middle, goes on where it was', async () => {
    const place = await lived();
    await answered(place);
    const two = await place.commits.findOne({ _id: 'answer/acme/two@1' });
    await letGo(place.store, LATER);
    // As if the process had ended before anything was noted, with one of two taken away.
    await place.collection('retention').updateMany({}, { $unset: { done: true } });
    await place.commits.insertOne(two!);
    expect(await letGo(await place.again(), LATER)).toEqual([{ tenant: 'acme', answers: 1, archived: 0, taken: 0 }]);
    expect((await check(place)).problems).toEqual([]);
  });

  it('what went too early, or without the signed word of the service, is found', async () => {
    const place = await lived();
    await answered(place);
    await letGo(place.store, LATER);
    await place.commits.deleteOne({ _id: 'answer/acme/late@1' });
    expect((await check(place)).problems).toMatchObject([
      { streamId: 'answer/acme/late', problem: expect.stringContaining('the stream was deleted') },
    ]);
    await place.collection('retention').updateMany({}, { $set: { answersUntil: String(LATER).padStart(15, '0') } });
    expect((await check(place)).problems).toMatchObject([
      { streamId: 'answer/acme', problem: expect.stringContaining('does not bear the signature') },
      { streamId: 'answer/acme/late' },
      { streamId: 'answer/acme/one' },
      { streamId: 'answer/acme/two' },
    ]);
  });
};
