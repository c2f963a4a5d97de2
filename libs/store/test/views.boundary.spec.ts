import type { NotedEffect, OutFact, Store, StoredView } from '#libs/store';
import type { Heard } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { malformed } from '#libs/testing';
import { add, counter, heardOf, until, type Added } from './counter.js';
import { storesOf } from './stores.js';

interface Sums {
  total: number;
  streams: Record<string, number>;
  tags: string[];
}
/** One document for each counter, and one for all counters of a tenant. */
const sums: StoredView<Sums, Added> = {
  name: 'sums',
  hears: ['counter.added'],
  indexes: ['total'],
  keys: ({ message: { counterId } }) => [counterId, 'all'],
  show: (doc, { message: { counterId, by } }) => {
    const total = (doc?.total ?? 0) + by;
    if (total >= 1_000) return undefined;
    const streams = { ...doc?.streams, [counterId]: (doc?.streams[counterId] ?? 0) + by };
    return { total, streams, tags: Object.keys(streams).sort() };
  },
};

const { open } = storesOf('views');
const rebuilt = async (store: Store, view: typeof sums, facts: readonly Heard[], options: { check: boolean }) => {
  const rebuild = await store.rebuildView(view, options);
  for (const fact of facts) await rebuild.take([fact]);
  return rebuild.end();
};
/** An effect `isolate` on one fact of the tenant, due at 5. */
const noteOne = async (store: Store, tenant: string): Promise<NotedEffect> => {
  const noted: NotedEffect = {
    effect: 'isolate',
    heard: {
      envelope: { id: 'fact', type: 'counter.added', source: 'test', subject: 'counter', time: 1, tenant },
      message: { type: 'counter.added' },
    },
  };
  await store.noteEffects([noted], 5);
  return noted;
};
/** Facts of `count` requests at counters a, b and a.b$c of each tenant, as they are published. */
const factsOf = async (store: Store, count: number, tenants = ['acme', 'umbra']): Promise<Heard[]> => {
  for (const tenant of tenants) {
    await store.execute(
      counter,
      Array.from({ length: count }, (_, index) => add(['a', 'b', 'a.b$c'][index % 3]!, index + 1, { tenant })),
    );
    await store.execute(counter, [add('a', 1, { tenant }), add('b', 1, { tenant })]);
  }
  const all: OutFact[] = [];
  for (const tenant of tenants) for await (const fact of store.replay(tenant)) all.push(fact);
  return all.filter(({ envelope }) => envelope.sequence).map(heardOf);
};
const everything = async (store: Store, tenant: string) => (await store.view<Sums>('sums').for(tenant).find()).items;

describe('views', () => {
  it('drop what they know, and do not mind the order across streams', async () => {
    const [store, shuffled] = [await open(), await open()];
    const heard = await factsOf(store, 9, ['acme']);
    const changed = await store.applyView(sums, heard);
    expect(changed.map(({ key }) => key).sort()).toEqual(['a', 'a.b$c', 'all', 'b']);
    expect(await store.applyView(sums, heard)).toEqual([]);
    expect(await store.applyView(sums, heard.slice(2, 5))).toEqual([]);
    const of = (id: string): Heard[] => heard.filter(({ envelope }) => envelope.subject.endsWith(`/${id}`));
    for (const part of [of('b'), of('b').slice(1), of('a.b$c'), of('a'), of('b')]) await shuffled.applyView(sums, part);
    expect(await everything(shuffled, 'acme')).toEqual(await everything(store, 'acme'));
    expect((await store.view<Sums>('sums').for('acme').get('all'))?.total).toBe(47);
  });

  it('take in facts of two writers at once', async () => {
    const store = await open();
    const other = await open();
    const heard = await factsOf(store, 30, ['acme']);
    await Promise.all(
      ['a', 'b', 'a.b$c'].map((id) =>
        store.applyView(
          sums,
          heard.filter(({ envelope }) => envelope.subject.endsWith(`/${id}`)),
        ),
      ),
    );
    await other.applyView(sums, heard);
    expect(await everything(store, 'acme')).toEqual(await everything(other, 'acme'));
  });

  it('do not bring back a document that is gone', async () => {
    const store = await open();
    await store.execute(counter, [add('a', 999)]);
    await store.execute(counter, [add('a', 1)]);
    const heard: Heard[] = [];
    for await (const fact of store.facts('acme').all()) heard.push(fact);
    expect(await store.applyView(sums, heard)).toContainEqual({ tenant: 'acme', key: 'a', doc: undefined });
    await store.applyView(sums, heard.slice(0, 1));
    expect(await everything(store, 'acme')).toEqual([]);
  });

  it('show each tenant its own documents only, whatever is asked', async () => {
    const store = await open();
    await store.applyView(sums, await factsOf(store, 9));
    const acme = store.view<Sums>('sums').for('acme');
    expect(new Set((await everything(store, 'acme')).map(({ tenant }) => tenant))).toEqual(new Set(['acme']));
    expect((await store.view<Sums>('sums').for(['acme', 'umbra']).find()).items).toHaveLength(8);
    expect(await store.view('sums').for('nobody').count()).toBe(0);
    for (const where of [
      { $or: [{}] },
      { 'a.$b': 1 },
      { total: { $gt: 0 } },
      { tenant: { $ne: '' } },
      { total: { where: 1 } },
      { total: [1] },
    ]) {
      await expect(acme.find({ where: malformed(where) })).rejects.toMatchObject({
        name: 'Refused',
        code: 'BAD_FILTER',
      });
    }
    expect(await acme.find({ where: { tenant: 'umbra' } })).toEqual({ items: [] });
    expect(() => store.view('sums').for([])).toThrow('no tenant');
    expect(() => store.view('sums').for(malformed(undefined))).toThrow('not a tenant');
  });

  it('are filtered, sorted and paged', async () => {
    const store = await open();
    await store.execute(
      counter,
      Array.from({ length: 25 }, (_, index) => add(`c${String(index).padStart(2, '0')}`, (index % 5) + 1)),
    );
    const heard: Heard[] = [];
    for await (const fact of store.facts('acme').all()) heard.push(fact);
    await store.applyView({ ...sums, keys: ({ message }) => [message.counterId] }, heard);
    const view = store.view<Sums>('sums').for('acme');
    expect(await view.count({ total: { gte: 4 } })).toBe(10);
    expect(await view.count({ total: { in: [1, 5] }, tags: { prefix: 'c2' } })).toBe(2);
    expect(await view.count({ tags: 'c07' })).toBe(1);
    for (const sort of [{ total: 1 }, { total: -1 }, { missing: 1, total: -1 }, { missing: -1 }] as Record<
      string,
      1 | -1
    >[]) {
      const keys: string[] = [];
      for (let after: string | undefined, pages = 0; pages === 0 || after; pages += 1) {
        const page = await view.find({ sort, limit: 7, after });
        keys.push(...page.items.map(({ key }) => key));
        after = page.next;
      }
      expect(keys).toEqual((await view.find({ sort, limit: 500 })).items.map(({ key }) => key));
      expect(new Set(keys).size).toBe(25);
    }
    const some = await store.allOf<Sums>('sums', 'acme', { total: { gte: 4 } });
    expect(some.map(({ key }) => key)).toEqual(some.map(({ key }) => key).sort());
    expect(some).toHaveLength(10);
    await expect(view.find({ limit: 501 })).rejects.toMatchObject({ code: 'BAD_LIMIT' });
    await expect(view.find({ after: 'x' })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('say whether they have taken in a version', async () => {
    const store = await open();
    const heard = await factsOf(store, 3, ['acme']);
    await store.applyView(
      sums,
      heard.filter(({ envelope }) => envelope.sequence?.version === 1),
    );
    const view = store.view('sums').for('acme');
    expect(await Promise.all([1, 2].map((version) => view.reached('all', 'counter/acme/a', version)))).toEqual([
      true,
      false,
    ]);
    await store.applyView(sums, heard);
    expect(await view.reached('all', 'counter/acme/a', 2)).toBe(true);
  });

  it('are built anew and compared; what differs is named', async () => {
    const store = await open();
    const heard = await factsOf(store, 9);
    await store.applyView(sums, heard);
    expect(await rebuilt(store, sums, heard, { check: true })).toEqual([]);
    const doubled: typeof sums = {
      ...sums,
      show: (doc, told, key) => sums.show(doc, { ...told, message: { ...told.message, by: 2 * told.message.by } }, key),
    };
    const differences = await rebuilt(store, doubled, heard, { check: true });
    expect(differences.map(({ tenant, key, kind, lag }) => `${tenant} ${key} ${kind} ${lag}`).sort()).toContain(
      'umbra all DIFFERENT false',
    );
    await rebuilt(store, doubled, heard, { check: false });
    expect((await store.view<Sums>('sums').for('umbra').get('all'))?.total).toBe(94);
    expect(await store.applyView(sums, heard)).toEqual([]);
  });
});

describe('a fact whose scope is none of today’s', () => {
  it('is parked, and views of everybody else are shown and rebuilt', async () => {
    const store = await open();
    const heard = await factsOf(store, 3);
    const [first] = heard;
    const odd: Heard = { ...first!, envelope: { ...first!.envelope, tenant: 'acme-', id: 'odd' } };
    await store.applyView(sums, [odd, ...heard]);
    expect(await rebuilt(store, sums, [odd, ...heard], { check: false })).toEqual([]);
    expect((await everything(store, 'umbra')).length).toBe(4);
    expect(await store.parked()).toMatchObject([
      {
        kind: 'DOCUMENT',
        id: 'sums/acme-/counter.added',
        tenant: OPERATOR,
        reason: expect.stringMatching(/^odd: /),
      },
    ]);
  });
});

describe('requests held, and effects', () => {
  it('gives held requests when they are due, each once settled never again', async () => {
    const store = await open();
    const held = (id: string, dueAt: number) => ({
      id,
      tenant: 'acme',
      dueAt,
      request: add('a', 1).request,
      correlationId: 'c',
    });
    await store.hold([held('late', 300), held('soon', 100), held('next', 200)]);
    await store.hold([held('soon', 999)]);
    expect((await store.due(250, 10)).map(({ id }) => id)).toEqual(['soon', 'next']);
    expect(await store.due(250, 1)).toMatchObject([
      {
        id: 'soon',
        tenant: 'acme',
        dueAt: 100,
        request: { type: 'counter.add', counterId: 'a', by: 1 },
        correlationId: 'c',
      },
    ]);
    await store.settle(['soon']);
    await store.hold([held('soon', 100)]);
    expect((await store.due(1_000, 10)).map(({ id }) => id)).toEqual(['next', 'late']);
  });

  it('gives of each tenant as many when more are due than are asked for', async () => {
    const store = await open();
    const held = (tenant: string, at: number) => ({
      id: `${tenant} ${at}`,
      tenant,
      dueAt: at,
      request: add('a', 1).request,
      correlationId: 'c',
    });
    await store.hold(Array.from({ length: 300 }, (_, at) => held('acme', at)));
    await store.hold([held('umbra', 500), held('globex', 400), held('globex', 401)]);
    const due = await store.due(1_000, 12);
    expect(due.filter(({ tenant }) => tenant !== 'acme').map(({ id }) => id)).toEqual([
      'globex 400',
      'globex 401',
      'umbra 500',
    ]);
    expect(due.filter(({ tenant }) => tenant === 'acme').map(({ dueAt }) => dueAt)).toEqual([0, 1, 2, 3]);
  });

  it('remembers effects noted, begun and ended: each once, and each tenant its own', async () => {
    const store = await open();
    const noted = await noteOne(store, 'acme');
    await store.noteEffects([noted], 5);
    await noteOne(store, 'umbra');
    expect(await store.effectLanes(4)).toEqual([]);
    expect((await store.effectLanes(5)).sort()).toEqual(['acme/isolate', 'umbra/isolate']);
    const turn = await store.takeEffect('acme/isolate', 5, 60_000);
    expect(turn).toMatchObject({ tenant: 'acme', effect: 'isolate', attempt: 1, resumed: false });
    expect(store.heardOf(turn!)).toEqual(noted.heard);
    expect(await store.takeEffect('acme/isolate', 5, 60_000)).toBeUndefined();
    await store.failEffect(turn!, { dueAt: 9, reason: 'the vendor is away', park: true });
    expect(await store.takeEffect('acme/isolate', 8, 60_000)).toBeUndefined();
    expect(await store.parked()).toMatchObject([{ kind: 'EFFECT', tenant: 'acme', reason: 'the vendor is away' }]);
    const again = await store.takeEffect('acme/isolate', 9, 60_000);
    expect(again).toMatchObject({ attempt: 2, resumed: true });
    expect(await store.finishEffect(again!)).toBe(true);
    await store.noteEffects([noted], 10);
    expect([await store.effectLanes(10), await store.parked()]).toEqual([['umbra/isolate'], []]);
  });

  it('gives an effect its turn when it is due, and keeps that time however often it is noted', async () => {
    const store = await open();
    const { effect, heard } = await noteOne(store, 'umbra');
    const later = { effect, heard: { ...heard, envelope: { ...heard.envelope, tenant: 'acme' } }, dueAt: 900 };
    await store.noteEffects([later], 5);
    await store.noteEffects([{ ...later, dueAt: 7 }], 6);
    expect(await store.effectLanes(899)).toEqual(['umbra/isolate']);
    expect(await store.takeEffect('acme/isolate', 899, 60_000)).toBeUndefined();
    expect(await store.takeEffect('acme/isolate', 900, 60_000)).toMatchObject({ attempt: 1, resumed: false });
  });

  it('lets a worker that died keep an effect only for its lease', async () => {
    const store = await open();
    await noteOne(store, 'acme');
    await store.takeEffect('acme/isolate', 5, 50);
    await until('the lease is over', async () => (await store.takeEffect('acme/isolate', 5, 60_000))?.resumed === true);
  });

  it('keeps what was first under an id, of racing calls too', async () => {
    const [one, other] = [await open('vigie_firsts'), await open('vigie_firsts')];
    const calls = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? one : other).first('acme', 'click', { of: `want ${index}`, bytes: Buffer.from([index]) }),
    );
    const kept = await Promise.all(calls);
    expect(new Set(kept.map(({ of }) => of)).size).toBe(1);
    expect((await other.first('umbra', 'click', { of: 'else', bytes: Buffer.alloc(0) })).bytes).toEqual(kept[0]?.bytes);
  });

  it('forgets a tenant, and only that one', async () => {
    const store = await open();
    await store.applyView(sums, await factsOf(store, 3));
    await store.hold([{ id: 'h', tenant: 'acme', dueAt: 1, request: add('a', 1).request }]);
    await noteOne(store, 'acme');
    await store.first('acme', 'id', { of: 'this', bytes: Buffer.from('1') });
    expect(await store.forget('acme')).toEqual({ documents: 4, held: 1, effects: 1, firsts: 1 });
    expect([(await everything(store, 'acme')).length, (await everything(store, 'umbra')).length]).toEqual([0, 4]);
  });
});
