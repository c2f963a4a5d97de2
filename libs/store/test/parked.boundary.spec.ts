import type { Heard } from '#libs/model';
import type { OutFact, Store, StoredView } from '#libs/store';
import { add, codec, counter, heardOf, placesOf, until, type Added } from './counter.js';
import { storesOf } from './stores.js';

const { open, newDatabase } = storesOf('parked');
const ofUmbra = { tenant: 'umbra' };

describe('a record that the broker never takes', () => {
  const isLarge = ({ key, envelope }: OutFact): boolean => key === 'acme/large' && envelope.sequence?.version === 2;

  it.each([
    ['known before', { refuses: (fact: OutFact) => (isLarge(fact) ? 'too large' : undefined) }, () => undefined],
    [
      'said by the broker',
      { blames: (error: unknown) => String(error).includes('MESSAGE_TOO_LARGE') },
      (facts: OutFact[]) => {
        if (facts.some(isLarge)) throw new Error('MESSAGE_TOO_LARGE');
      },
    ],
  ])('parks its stream, %s, until that is released, and no other', async (_name, judging, broker) => {
    const store = await open();
    let mended = false;
    const sent: OutFact[] = [];
    const send = async (facts: OutFact[]): Promise<void> => {
      if (!mended) broker(facts);
      sent.push(...facts);
    };
    const relay = store.startRelay(
      send,
      mended
        ? {}
        : {
            ...judging,
            watch: false,
            refuses: (fact) =>
              mended ? undefined : (judging as { refuses?(fact: OutFact): string | undefined }).refuses?.(fact),
          },
    );
    for (const by of [1, 2, 3])
      await store.execute(counter, [add('large', by), add('small', by), add('small', by, ofUmbra)]);
    await relay.drain();
    const places = (): string[] => placesOf(sent).filter((place, index, all) => all.indexOf(place) === index);
    expect(
      places()
        .filter((place) => place.includes('large'))
        .every((place) => place.startsWith('counter/acme/large@1')),
    ).toBe(true);
    expect(
      places()
        .filter((place) => place.includes('small'))
        .sort(),
    ).toEqual(
      ['acme', 'umbra'].flatMap((tenant) => [1, 2, 3].map((version) => `counter/${tenant}/small@${version}.0`)),
    );
    expect(await store.parked()).toMatchObject([{ kind: 'STREAM', id: 'counter/acme/large', tenant: 'acme' }]);
    // What is said later waits behind it.
    await store.execute(counter, [add('large', 4), add('small', 4, ofUmbra)]);
    await relay.drain();
    expect(placesOf(sent)).not.toContain('counter/acme/large@4.0');
    expect(placesOf(sent)).toContain('counter/umbra/small@4.0');
    mended = true;
    expect(await store.release({ kind: 'STREAM', id: 'counter/acme/large' })).toBe(true);
    await relay.drain();
    expect(places().filter((place) => place.includes('large'))).toEqual(
      [1, 2, 3, 4].map((version) => `counter/acme/large@${version}.0`),
    );
    expect(await store.parked()).toEqual([]);
  });
});

describe('a document', () => {
  /** The fact of 7 is a mistake in the program; 9 makes a document larger than the store takes. */
  const shown: StoredView<{ total: number; padding: string }, Added> = {
    name: 'shown',
    hears: ['counter.added'],
    keys: ({ message: { counterId, by } }) => {
      if (by === 11) throw new TypeError('no name');
      return [counterId];
    },
    show: (doc, { message: { by } }) => {
      if (by === 7) throw new TypeError('unlucky');
      return { total: (doc?.total ?? 0) + by, padding: by === 9 ? 'x'.repeat(17 * 1_048_576) : (doc?.padding ?? '') };
    },
  };
  const heardFrom = async (store: Store, asks: ReturnType<typeof add>[]): Promise<Heard[]> => {
    const sent: OutFact[] = [];
    for (const ask of asks) await store.execute(counter, [ask]);
    const relay = store.startRelay(async (facts) => void sent.push(...facts), { watch: false });
    await relay.drain();
    await relay.stop();
    return sent.filter(({ envelope: { sequence } }) => sequence).map(heardOf);
  };

  it.each([
    [7, 3],
    [9, undefined],
    [11, 3],
  ])('that a fact (%i) breaks is parked; the others, and other tenants, go on', async (bad, left) => {
    const store = await open();
    const facts = await heardFrom(store, [add('a', 1), add('a', bad), add('a', 2), add('b', 1), add('a', 1, ofUmbra)]);
    await store.applyView(shown, facts);
    const total = async (tenant: string, key: string) =>
      (await store.view<{ total: number }>('shown').for(tenant).get(key))?.total;
    expect([await total('acme', 'b'), await total('umbra', 'a')]).toEqual([1, 1]);
    expect(await store.parked()).toMatchObject([{ kind: 'DOCUMENT', tenant: 'acme' }]);
    // What the store does not take stays as it was; a fact that cannot be shown is left out.
    expect(await total('acme', 'a')).toBe(left);
    await store.applyView(shown, facts);
    expect(await total('umbra', 'a')).toBe(1);
  });
});

describe('a held request', () => {
  const held = (id: string, tenant: string, dueAt: number) => ({ id, tenant, dueAt, request: add('a', 1).request });

  it('that cannot be read is parked, and told', async () => {
    const bad = {
      ...codec,
      decode: (value: Buffer) => {
        if (value.includes('"by":13')) throw new Error('unknown schema');
        return codec.decode(value);
      },
    };
    const store = await open(undefined, { codec: bad });
    await store.hold([
      { ...held('bad', 'acme', 1), request: add('a', 13).request },
      held('good', 'acme', 2),
      held('other', 'umbra', 3),
    ]);
    expect((await store.due(10, 100)).map(({ id }) => id)).toEqual(['good', 'other']);
    expect(await store.parked()).toMatchObject([
      { kind: 'TIMER', id: 'bad', tenant: 'acme', reason: 'unknown schema' },
    ]);
    expect((await store.due(10, 100)).map(({ id }) => id)).toEqual(['good', 'other']);
    expect(await store.release({ kind: 'TIMER', id: 'bad' })).toBe(true);
    await until(
      'it is tried again',
      async () => (await store.due(10, 100)).length === 2 && (await store.parked()).length === 1,
    );
  });

  it("does not wait behind another tenant's thousands", async () => {
    const store = await open();
    await store.hold([
      ...Array.from({ length: 300 }, (_, index) => held(`many-${index}`, 'acme', index)),
      held('one', 'umbra', 1_000),
    ]);
    expect((await store.due(2_000, 100)).map(({ id }) => id)).toContain('one');
  });
});

it('answers FAULT to requests of a stream that cannot be read, and decides those of others', async () => {
  const database = newDatabase();
  await (await open(database)).execute(counter, [add('broken', 5), add('whole', 5)]);
  const store = await open(database, {
    codec: {
      ...codec,
      decode: (value) => {
        if (value.includes('broken') && value.includes('counter.added')) throw new Error('no such schema');
        return codec.decode(value);
      },
    },
  });
  const answers = await store.execute(counter, [add('broken', 1), add('whole', 1), add('whole', 1, ofUmbra)]);
  expect(answers.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['FAULT', 'STREAM_UNREADABLE'],
    ['DONE', ''],
    ['DONE', ''],
  ]);
  const nameless: typeof counter = {
    ...counter,
    key: ({ counterId }) => {
      if (counterId === 'odd') throw new TypeError('no key');
      return counterId;
    },
  };
  const more = await store.execute(nameless, [add('odd', 1), add('even', 1, ofUmbra)]);
  expect(more.map(({ outcome }) => outcome)).toEqual(['FAULT', 'DONE']);
});
