import mongoose from 'mongoose';
import { catalogue, type CaseAcknowledge, type CaseAcknowledged } from '#contracts';
import type { Decider } from '#libs/model';
import { everyTenant, openStore, type DecisionAnswer, type OutFact } from '#libs/store';
import { malformed, testContext } from '#libs/testing';
import { add, codec, counter, heardOf, placesOf, quiet, until } from './counter.js';
import { proxyOf, type Proxy } from './proxy.js';
import { storesOf } from './stores.js';

let raw: mongoose.Connection;
// Before the stack that it is connected to ends.
afterAll(() => raw?.close());
const { open, newDatabase, keep, stack: theStack } = storesOf('store');
beforeAll(async () => {
  raw = await mongoose.createConnection(theStack().mongoUrl).asPromise();
});
const commits = (database: string) => raw.getClient().db(database).collection('commits');

describe('requests', () => {
  it('lets one of twenty racing writers win, and tells the others what they met', async () => {
    const database = newDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(database)));
    const once = {
      ...counter,
      decide: (request: ReturnType<typeof add>['request'], sum: number) =>
        sum > 0 ? [] : counter.decide(request, sum, testContext),
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stores[index % 4]!.execute(once, [add('raced', 1)])),
    );
    const outcomes = answers
      .flat()
      .map(({ outcome }) => outcome)
      .sort();
    expect(outcomes).toEqual(['DONE', ...Array.from({ length: 19 }, () => 'UNCHANGED')]);
    expect(await commits(database).countDocuments({ streamId: 'counter/acme/raced' })).toBe(1);
  });

  it('loses none of twenty increments of racing writers', async () => {
    const database = newDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(database)));
    await Promise.all(Array.from({ length: 20 }, (_, index) => stores[index % 4]!.execute(counter, [add('sum', 1)])));
    const { version, facts } = await stores[0]!.facts('acme').stream('counter/acme/sum');
    expect([version, facts.length]).toEqual([20, 20]);
    expect(await stores[0]!.facts('acme').verify()).toEqual([]);
  });

  it('gives a repeated request the same answer, in one call and later, from any replica', async () => {
    const database = newDatabase();
    const [one, other] = [await open(database), await open(database)];
    const request = add('same', 5);
    const refused = add('same', -50);
    const [first, again, no] = await one.execute(counter, [request, request, refused]);
    expect(again).toEqual(first);
    expect(no).toMatchObject({ outcome: 'REFUSED', code: 'BELOW_ZERO', message: 'below zero', repeated: false });
    await one.execute(counter, [add('same', 100)]);
    const [later, stillNo] = await other.execute(counter, [request, refused]);
    expect(later).toEqual({ ...first, repeated: true });
    expect(stillNo).toEqual({ ...no, repeated: true });
    expect((await other.facts('acme').stream('counter/acme/same')).version).toBe(2);
  });

  it('gives one request at two replicas at once one answer', async () => {
    const database = newDatabase();
    const stores = [await open(database), await open(database)];
    const requests = Array.from({ length: 10 }, () => add('both', 1));
    const [left, right] = await Promise.all(stores.map((store) => store.execute(counter, requests)));
    expect(left?.map(({ fact }) => fact)).toEqual(right?.map(({ fact }) => fact));
    expect((await stores[0]!.facts('acme').stream('counter/acme/both')).facts).toHaveLength(10);
  });

  it('answers every kind of ending and keeps it', async () => {
    const database = newDatabase();
    const store = await open(database);
    const now = Date.UTC(2026, 10, 2);
    const answers = await store.execute(counter, [
      add('kinds', 1),
      add('kinds', 0),
      add('kinds', 13),
      add('kinds', 1, { now, expiresAt: now - 1 }),
      add('kinds', 1, { basedOn: 9 }),
      add('kinds', 1, { basedOn: 1 }),
    ]);
    expect(answers.map(({ outcome, code, streamId, version }) => [outcome, code, streamId, version])).toEqual([
      ['DONE', '', 'counter/acme/kinds', 1],
      ['UNCHANGED', '', '', 1],
      ['FAULT', 'DECISION_FAILED', '', 1],
      ['EXPIRED', 'EXPIRED', '', 1],
      ['REFUSED', 'STALE', '', 1],
      ['DONE', '', 'counter/acme/kinds', 1],
    ]);
    expect(await commits(database).countDocuments({ streamId: { $gte: 'answer/', $lt: 'answer0' } })).toBe(4);
    expect(answers.every(({ fact }) => fact?.topic === 'vigie.request.events')).toBe(true);
  });

  it('commits one document a stream and call, whatever the number of requests', async () => {
    const database = newDatabase();
    const store = await open(database);
    await store.execute(
      counter,
      Array.from({ length: 300 }, (_, index) => add(`many-${index % 100}`, 1)),
    );
    expect(await commits(database).countDocuments({})).toBe(100);
    expect(await store.facts('acme').verify()).toEqual([]);
  });
});

describe('the relay', () => {
  it('sends every stream in order, bytes unchanged, and nothing once it is marked', async () => {
    const store = await open();
    const sent: OutFact[] = [];
    const relay = store.startRelay(async (facts) => void sent.push(...facts), { batch: 2 });
    for (let round = 0; round < 5; round += 1) await store.execute(counter, [add('a', 1), add('b', 2)]);
    await relay.drain();
    await relay.drain();
    const order = placesOf(sent);
    expect(order.filter((place) => place.startsWith('counter/acme/a'))).toEqual(
      [1, 2, 3, 4, 5].map((version) => `counter/acme/a@${version}.0`),
    );
    expect(order).toHaveLength(10);
    expect(sent.map((fact) => fact.envelope.id)).toHaveLength(new Set(sent.map((fact) => fact.envelope.id)).size);
    expect(sent.find(({ envelope }) => envelope.sequence)).toMatchObject({
      topic: 'vigie.counter.events',
      key: 'acme/a',
      envelope: { source: 'counters', tenant: 'acme' },
    });
    expect(heardOf(sent.find(({ key }) => key === 'acme/b')!).message).toEqual({
      type: 'counter.added',
      counterId: 'b',
      by: 2,
    });
  });

  it('repeats, but neither loses nor reorders, what was sent and not marked', async () => {
    const database = newDatabase();
    const store = await open(database);
    for (let round = 0; round < 6; round += 1) await store.execute(counter, [add('a', 1)]);
    const sent: OutFact[] = [];
    let dies = true;
    const first = store.startRelay(
      async (facts) => {
        sent.push(...facts);
        if (dies) throw new Error('died between send and mark');
      },
      { batch: 4, pollMs: 50, watch: false },
    );
    await until('a first send', () => sent.length > 0);
    await first.stop();
    dies = false;
    const before = sent.length;
    await (await open(database)).startRelay(async (facts) => void sent.push(...facts), { batch: 4 }).drain();
    const expected = [1, 2, 3, 4, 5, 6].map((version) => `counter/acme/a@${version}.0`);
    expect(placesOf(sent.slice(before))).toEqual(expected);
    const firstSeen = placesOf(sent).filter((place, index, all) => all.indexOf(place) === index);
    expect(firstSeen).toEqual(expected);
  });

  it('lets one replica send at a time, and the next one when it is gone', async () => {
    const database = newDatabase();
    const [one, other] = [await open(database), await open(database)];
    const sent: Record<'one' | 'other', OutFact[]> = { one: [], other: [] };
    const first = one.startRelay(async (facts) => void sent.one.push(...facts), { pollMs: 50 });
    await until('a leader', () => first.health().leading);
    const second = other.startRelay(async (facts) => void sent.other.push(...facts), { pollMs: 50 });
    await other.execute(counter, [add('a', 1)]);
    await until('the leader to send', () => placesOf(sent.one).length === 1);
    await first.stop();
    await other.execute(counter, [add('a', 1)]);
    await until('the other to send', () => placesOf(sent.other).length === 1);
    await until('the other to say that it leads', () => second.health().leading);
    expect([placesOf(sent.one), placesOf(sent.other)]).toEqual([['counter/acme/a@1.0'], ['counter/acme/a@2.0']]);
  });
});

describe('facts kept', () => {
  it('names a changed byte, a missing commit and a changed order; erasure is none of these', async () => {
    const database = newDatabase();
    const store = await open(database);
    for (let round = 0; round < 4; round += 1) await store.execute(counter, [add('a', 1), add('a', 2), add('b', 1)]);
    const before = await store.facts('acme').verify();
    const of = (version: number) => ({ streamId: 'counter/acme/a', version });
    const second = await commits(database).findOne(of(2), { promoteBuffers: true });
    const bytes = Buffer.from(second?.['facts'][1].bytes as Buffer);
    bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 1;
    await commits(database).updateOne(of(2), { $set: { 'facts.1.bytes': bytes } });
    await commits(database).updateOne(of(4), {
      $set: { facts: [...((await commits(database).findOne(of(4)))?.['facts'] as object[])].reverse() },
    });
    await commits(database).deleteOne({ streamId: 'counter/acme/b', version: 2 });
    const problems = await store.facts('acme').verify();
    expect(before).toEqual([]);
    expect(problems.map(({ streamId, version }) => `${streamId}@${version}`)).toEqual(
      expect.arrayContaining(['counter/acme/a@2', 'counter/acme/a@4', 'counter/acme/b@3']),
    );
    expect(problems.find(({ version, streamId }) => version === 2 && streamId.endsWith('/a'))?.problem).toMatch(
      /the bytes of fact 1 .* were changed/,
    );
    expect(problems.find(({ version }) => version === 4)?.problem).toMatch(/order of facts/);
    expect(problems.find(({ streamId }) => streamId.endsWith('/b'))?.problem).toBe('commits 2 to 2 are missing');
    expect(problems.some(({ version }) => version === 1)).toBe(false);
  });

  it('verifies after an erasure, which leaves nothing to read and other tenants alone', async () => {
    const database = newDatabase();
    const store = await open(database);
    const request = add('a', 1);
    await store.execute(counter, [request, add('a', -5), add('a', 1, { tenant: 'umbra' })]);
    expect(
      await store.facts('acme').erase({
        by: { subject: 'dora', side: 'PROVIDER' },
        reason: 'the customer left',
        now: request.now,
        backups: [],
      }),
    ).toBe(2);
    expect(await store.facts('acme').verify()).toEqual([]);
    expect((await store.facts('acme').stream('counter/acme/a')).facts).toEqual([]);
    expect((await store.facts('umbra').stream('counter/umbra/a')).facts).toHaveLength(1);
    expect(JSON.stringify(await commits(database).find({ tenant: 'acme' }).toArray())).not.toContain('ada');
    expect(await store.execute(counter, [request])).toMatchObject([
      { outcome: 'REFUSED', code: 'ERASED', repeated: true },
    ]);
  });

  it('keeps tenants apart, and takes no call without one', async () => {
    const store = await open();
    await store.execute(counter, [add('a', 1), add('a', 7, { tenant: 'umbra' })]);
    const all = [];
    for await (const { message } of store.facts('umbra').all()) all.push(message);
    expect(all).toEqual([{ type: 'counter.added', counterId: 'a', by: 7 }]);
    await expect(store.facts('umbra').stream('counter/acme/a')).rejects.toThrow('not of tenant umbra');
    for (const tenant of ['', '*', 'a/b', '$ne', malformed<string>(undefined)]) {
      expect(() => store.facts(tenant)).toThrow('not a tenant');
      await expect(store.execute(counter, [add('a', 1, { tenant })])).rejects.toThrow('not a tenant');
    }
    expect(() => store.replay(malformed<string>(undefined))).toThrow('not a tenant');
  });

  it('replays everything in order, of one tenant, some subjects, or all tenants by name', async () => {
    const store = await open();
    for (let round = 0; round < 3; round += 1)
      await store.execute(counter, [add('a', 1, { now: 100 - round }), add('b', 1, { tenant: 'umbra' })]);
    const read = async (facts: AsyncIterable<OutFact>): Promise<string[]> => {
      const found = [];
      for await (const fact of facts) found.push(fact);
      return placesOf(found);
    };
    const acme = ['counter/acme/a@1.0', 'counter/acme/a@2.0', 'counter/acme/a@3.0'];
    expect(await read(store.replay('acme'))).toEqual(acme);
    expect(await read(store.replay('acme', ['case']))).toEqual([]);
    expect(await read(store.replay(everyTenant, ['counter']))).toHaveLength(6);
  });
});

it('keeps contracts in their own bytes, and answers FAULT for a fact that does not fit', async () => {
  const acknowledging: Decider<null, CaseAcknowledge, CaseAcknowledged> = {
    subject: 'case',
    version: 1,
    key: ({ caseId }) => caseId,
    initial: () => null,
    evolve: (state) => state,
    decide: ({ caseId }, _state, { actor, now }) => [
      { type: 'case.acknowledged', caseId, by: actor, at: caseId === 'odd' ? malformed('late') : now },
    ],
  };
  const store = await openStore({ url: theStack().mongoUrl, service: 'cases', database: newDatabase(), log: quiet });
  keep(store);
  const ask = (caseId: string) => ({ ...add('', 0), request: { type: 'case.acknowledge' as const, caseId } });
  const answers = await store.execute(acknowledging, [ask('1'), ask('odd')]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['DONE', 'FAULT']);
  const { facts } = await store.facts('acme').stream('case/acme/1');
  expect(facts.map(({ message }) => message)).toEqual([
    {
      type: 'case.acknowledged',
      caseId: '1',
      by: { subject: 'ada', side: 'PROVIDER' },
      at: answers[0]!.fact!.envelope.time,
    },
  ]);
  for await (const { topic, bytes } of store.replay('acme', ['case'])) {
    expect(bytes.readUInt32BE(1)).toBe(
      catalogue.find(({ type }) => type === (topic === 'vigie.case.events' ? 'case.acknowledged' : 'request.answered'))
        ?.id,
    );
  }
});

describe('a store that goes away', () => {
  let proxy: Proxy;
  beforeEach(async () => void (proxy = await proxyOf(theStack().mongoUrl)));
  afterEach(() => proxy.close());

  it('writes once what was written although the answer was lost', async () => {
    const store = await open(newDatabase(), { url: proxy.url });
    await store.execute(counter, [add('a', 1)]);
    const request = add('a', 1);
    proxy.loseAnswerTo('unpublished');
    const [answer] = await store.execute(counter, [request]);
    expect([proxy.lost(), answer]).toEqual([
      1,
      expect.objectContaining({ outcome: 'DONE', version: 2, repeated: false }),
    ]);
    expect((await store.facts('acme').stream('counter/acme/a')).facts).toHaveLength(2);
  });

  it('waits for it, then goes on; gives up with a fault when patience ends', async () => {
    const database = newDatabase();
    const store = await open(database, { url: proxy.url });
    const sent: OutFact[] = [];
    const relay = store.startRelay(async (facts) => void sent.push(...facts), { pollMs: 100 });
    await store.execute(counter, [add('a', 1)]);
    const hasty = await openStore({
      url: proxy.url,
      service: 'counters',
      database,
      log: quiet,
      codec,
      patienceMs: 300,
    });
    keep(hasty);
    proxy.cut();
    const patient = store.execute(counter, [add('a', 1)]);
    await expect(hasty.execute(counter, [add('a', 1)])).rejects.toMatchObject({ name: 'Fault' });
    await expect(hasty.ping()).rejects.toMatchObject({ name: 'Fault' });
    proxy.mend();
    expect(await patient).toMatchObject([{ outcome: 'DONE', version: 2 }]);
    await until('the relay to go on', () => placesOf(sent).includes('counter/acme/a@2.0'));
    expect(await store.ping()).toBeGreaterThan(0);
    await relay.stop();
  });

  it('loses nothing it acknowledged when it is killed', async () => {
    const store = await open(newDatabase(), { url: proxy.url });
    // A store given by the environment is not ours to kill: then its connections are cut.
    const stack = theStack();
    const ours = stack.kind !== 'environment';
    const answers: DecisionAnswer[] = [];
    let stopping = false;
    const working = (async () => {
      while (!stopping) answers.push(...(await store.execute(counter, [add('a', 1), add('b', 1)])));
    })();
    for (let kill = 1; kill <= 2; kill += 1) {
      const before = answers.length;
      await until('some work', () => answers.length > before + 20);
      await (ours ? stack.killStore() : proxy.cut());
      await (ours ? stack.startStore() : proxy.mend());
    }
    stopping = true;
    await working;
    const facts = await Promise.all(['a', 'b'].map((id) => store.facts('acme').stream(`counter/acme/${id}`)));
    expect(facts.flatMap((one) => one.facts)).toHaveLength(answers.filter(({ outcome }) => outcome === 'DONE').length);
    expect(await store.facts('acme').verify()).toEqual([]);
  });
});
