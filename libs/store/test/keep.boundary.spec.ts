import { idOf, type Envelope } from '#libs/model';
import { everyTenant, type FactsToKeep, type OutFact, type Store } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import mongoose from 'mongoose';
import { codec } from './counter.js';
import { keptStates } from './kept-states.js';
import { storesOf } from './stores.js';

let raw: mongoose.Connection;
afterAll(() => raw?.close());
const stores = storesOf('keep');
const { open, newDatabase, stack } = stores;
beforeAll(async () => {
  raw = await mongoose.createConnection(stack().mongoUrl).asPromise();
});

const NOW = Date.UTC(2026, 10, 2, 10);
const envelopeOf = (name: string, tenant = 'acme'): Envelope => ({
  id: idOf('kept test', tenant, name),
  type: 'counter.added',
  source: 'counters',
  subject: name,
  time: NOW - 5,
  tenant,
  causationId: `cause of ${name}`,
  correlationId: name,
});
const factOf = (name: string, tenant = 'acme', padding = '') => ({
  envelope: envelopeOf(name, tenant),
  bytes: codec.encode({ type: 'counter.added', name, padding } as never),
});
const streamOf = (facts: FactsToKeep['facts'], tenant = 'acme'): FactsToKeep => ({
  tenant,
  subject: 'findings',
  key: '2026-11-02T10-0',
  facts,
});
const replayed = async (store: Store): Promise<OutFact[]> => {
  const found: OutFact[] = [];
  for await (const one of store.replay(everyTenant)) found.push(one);
  return found;
};
const names = async (store: Store): Promise<string[]> =>
  (await replayed(store)).map(({ envelope: { tenant, subject } }) => `${tenant} ${subject}`);

describe('what Kafka carried before', () => {
  it('comes back as it was heard, under its own id and without a place, and is never sent', async () => {
    const store = await open();
    expect(await store.keep([streamOf([factOf('a'), factOf('b')])], NOW)).toEqual([]);
    const facts = await replayed(store);
    expect(facts.map(({ envelope }) => envelope)).toEqual([envelopeOf('a'), envelopeOf('b')]);
    expect(facts.map(({ bytes }) => codec.decode(bytes))).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    const sent: OutFact[] = [];
    const relay = store.startRelay(async (some) => void sent.push(...some), { watch: false });
    await relay.drain();
    await relay.stop();
    expect(sent).toEqual([]);
  });

  it('is kept once, delivered twice, cut otherwise, twice in one batch, by two replicas at once', async () => {
    const database = newDatabase();
    const [one, other] = [await open(database), await open(database)];
    await one.keep([streamOf([factOf('a'), factOf('b')])], NOW);
    await other.keep([streamOf([factOf('b'), factOf('c'), factOf('c')])], NOW);
    await Promise.all([one, other].map((store) => store.keep([streamOf([factOf('d')])], NOW)));
    await one.keep([streamOf([factOf('a'), factOf('e')])], NOW);
    expect(await names(one)).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `acme ${name}`));
    expect(await one.facts('acme').verify()).toEqual([]);
  });

  it('stays apart by tenant, and in commits that the store takes', async () => {
    const database = newDatabase();
    const store = await open(database);
    const large = Array.from({ length: 20 }, (_, index) => factOf(`large ${index}`, 'acme', 'x'.repeat(500_000)));
    await store.keep([streamOf(large), streamOf([factOf('a', 'globex')], 'globex')], NOW);
    expect(await names(store)).toEqual([...large.map((_, index) => `acme large ${index}`), 'globex a']);
    const { version } = await store.facts('acme').stream('findings/acme/2026-11-02T10-0');
    expect(version).toBe(3);
    expect((await store.facts('globex').stream('findings/globex/2026-11-02T10-0')).version).toBe(1);
  });

  it('is anchored, checked, and gone with its envelope after an erasure', async () => {
    const database = newDatabase();
    const store = await open(database);
    const commits = raw.getClient().db(database).collection('commits');
    await store.keep([streamOf([factOf('a')])], NOW);
    await store.keep([streamOf([factOf('b')])], NOW);
    const anchors: string[] = [];
    for await (const { subject } of store.chain.makeAnchors(NOW + DAY_MS)) anchors.push(subject);
    expect(anchors).toEqual(['findings']);
    expect((await store.chain.verify('acme')).problems).toEqual([]);

    const place = { streamId: 'findings/acme/2026-11-02T10-0', version: 2 };
    await commits.updateOne(place, { $set: { 'facts.0.carried.subject': 'another' } });
    expect((await store.chain.verify('acme')).problems).toMatchObject([place]);
    await commits.updateOne(place, { $set: { 'facts.0.carried.subject': 'b' } });
    expect((await store.chain.verify('acme')).problems).toEqual([]);

    const by = { subject: 'dora', side: 'PROVIDER' as const };
    await store.facts('acme').erase({ by, reason: 'asked for', now: NOW + 1, backups: [] });
    expect((await store.chain.verify('acme')).problems).toEqual([]);
    const left = await commits.find({ streamId: place.streamId }).toArray();
    expect(left.map((one) => JSON.stringify(one))).not.toContainEqual(expect.stringMatching(/cause of|kept test/));
    expect(left.flatMap(({ facts }) => facts as { carried?: unknown }[]).map(({ carried }) => carried)).toEqual([
      undefined,
      undefined,
    ]);
    expect((await replayed(store)).filter(({ envelope }) => envelope.type === 'counter.added')).toEqual([]);
  });
});

describe('a state that is kept beside its facts', () => keptStates(stores));
