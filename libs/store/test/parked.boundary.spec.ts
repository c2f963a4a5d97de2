import type { Heard } from '#libs/model';
import type { EffectTurn, OutFact, Store, StoredView } from '#libs/store';
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

describe('of several replicas', () => {
  it('each that holds a lease has a later epoch than all before, also when it was given back', async () => {
    const [one, other] = [
      (await open('vigie_leases')).lease('x', 60_000),
      (await open('vigie_leases')).lease('x', 60_000),
    ];
    expect([await one.hold(), await other.hold()]).toEqual([true, false]);
    const first = one.epoch();
    await one.release();
    expect([await other.hold(), await one.hold(), other.epoch()]).toEqual([true, false, first + 1]);
    await other.release();
    expect([await one.hold(), one.epoch()]).toEqual([true, first + 2]);
  });

  it('refuses what a worker says that was held up until another took its effect', async () => {
    const [one, other] = [await open('vigie_fenced'), await open('vigie_fenced')];
    const heard: Heard = {
      envelope: { id: 'fact', type: 'counter.added', source: 'test', subject: 'counter', time: 1, tenant: 'acme' },
      message: { type: 'counter.added' },
    };
    await one.noteEffects([{ effect: 'isolate', heard }], 5);
    const stopped = await one.takeEffect('acme/isolate', 5, 50);
    let resumed: EffectTurn | undefined;
    await until('the lease is over', async () => {
      resumed = await other.takeEffect('acme/isolate', 5, 60_000);
      return resumed !== undefined;
    });
    expect(resumed).toMatchObject({ attempt: 2, resumed: true });
    const put = { dueAt: 0, reason: 'late', park: true };
    expect([
      await one.keepEffect(stopped!, 60_000),
      await one.failEffect(stopped!, put),
      await one.finishEffect(stopped!),
    ]).toEqual([false, false, false]);
    // It neither ended nor became due again: the other is still at it, alone.
    expect([await one.takeEffect('acme/isolate', 5, 60_000), await one.parked()]).toEqual([undefined, []]);
    expect(await other.keepEffect(resumed!, 60_000)).toBe(true);
    expect(await other.finishEffect(resumed!)).toBe(true);
    await one.noteEffects([{ effect: 'isolate', heard }], 5);
    expect(await one.effectLanes(5)).toEqual([]);
  });

  it('gives what is due to one replica, and to another when nothing is heard of it', async () => {
    const [one, other] = [await open('vigie_due_once'), await open('vigie_due_once')];
    const { request } = add('a', 1);
    await one.hold(['x', 'y', 'z'].map((id) => ({ id, tenant: 'acme', dueAt: 100, request })));
    const given = await Promise.all([one.due(100, 10, 1_000), other.due(100, 10, 1_000)]);
    expect(
      given
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['x', 'y', 'z']);
    await one.settle(['x']);
    // Of what was settled meanwhile nobody makes a parked one.
    await other.parkTimer('x', 'late');
    expect(await other.parked()).toEqual([]);
    expect([await one.due(1_099, 10, 1_000), (await other.due(1_100, 10, 1_000)).map(({ id }) => id).sort()]).toEqual([
      [],
      ['y', 'z'],
    ]);
  });
});

describe('a checkpoint', () => {
  it('keeps the newest checkpoint whole, and fences the owner before', async () => {
    const [one, other] = [await open('vigie_checkpoints'), await open('vigie_checkpoints')];
    const bytes = Buffer.alloc(2_500_000, 'state');
    const mine = await one.claimCheckpoint('matches', 3);
    expect(mine.checkpoint).toBeUndefined();
    expect(await one.saveCheckpoint({ topic: 'matches', partition: 3, offset: '50', epoch: mine.epoch, bytes })).toBe(
      true,
    );
    expect(
      await one.saveCheckpoint({
        topic: 'matches',
        partition: 3,
        offset: '40',
        epoch: mine.epoch,
        bytes: Buffer.from('older'),
      }),
    ).toBe(false);
    expect(await one.loadCheckpoint('matches', 4)).toBeUndefined();
    const theirs = await other.claimCheckpoint('matches', 3);
    expect(theirs.epoch).toBe(mine.epoch + 1);
    expect(theirs.checkpoint).toMatchObject({ offset: '50' });
    expect(theirs.checkpoint?.bytes.equals(bytes)).toBe(true);
    expect(await one.saveCheckpoint({ topic: 'matches', partition: 3, offset: '60', epoch: mine.epoch, bytes })).toBe(
      false,
    );
    expect(
      await other.saveCheckpoint({
        topic: 'matches',
        partition: 3,
        offset: '55',
        epoch: theirs.epoch,
        bytes: Buffer.from('small'),
      }),
    ).toBe(true);
    expect(await one.loadCheckpoint('matches', 3)).toEqual({
      topic: 'matches',
      partition: 3,
      offset: '55',
      epoch: theirs.epoch,
      bytes: Buffer.from('small'),
    });
  });

  it('gives what is kept of a partition to those that its keys go to when the topic grows', async () => {
    const store = await open('vigie_checkpoints_grown');
    const saved = async (partition: number, offset: string, text: string): Promise<void> => {
      const { epoch } = await store.claimCheckpoint('matches', partition);
      await store.saveCheckpoint({ topic: 'matches', partition, offset, epoch, bytes: Buffer.from(text) });
    };
    await saved(0, '50', 'even');
    await store.growCheckpoints('matches', 2, 6);
    await saved(1, '70', 'odd');
    // A first try that ended half-way is repeated, and what was done meanwhile is in it.
    expect(await store.growCheckpoints('matches', 2, 6)).toBe(4);
    const claimed = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((partition) => store.claimCheckpoint('matches', partition)),
    );
    expect(
      claimed.map(({ checkpoint }) => [checkpoint?.offset, String(checkpoint?.bytes), checkpoint?.partitions]),
    ).toEqual([
      ['50', 'even', 6],
      ['70', 'odd', 6],
      ['0', 'even', 6],
      ['0', 'odd', 6],
      ['0', 'even', 6],
      ['0', 'odd', 6],
    ]);
    const epoch = claimed[2]?.epoch ?? 0;
    const next = { topic: 'matches', partition: 2, offset: '3', epoch, bytes: Buffer.from('mine') };
    expect(await store.saveCheckpoint(next)).toBe(true);
    expect(await store.loadCheckpoint('matches', 2)).toMatchObject({ offset: '3', partitions: 6 });
  });

  it('of several replicas that write one at once keeps one whole, whichever came last', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => open('vigie_checkpoints_at_once')));
    const [one] = replicas as [Store];
    const { epoch } = await one.claimCheckpoint('watch', 0);
    // Two chunks each: one is written while the other's writer clears what it replaced.
    const states = replicas.map((_, at) => Buffer.alloc(1_200_000, String(at)));
    for (let round = 1; round <= 12; round += 1) {
      const saved = await Promise.all(
        replicas.map((store, at) =>
          store.saveCheckpoint({
            topic: 'watch',
            partition: 0,
            offset: String(round),
            epoch,
            bytes: states[at] as Buffer,
          }),
        ),
      );
      expect(saved).toContain(true);
      const kept = await one.loadCheckpoint('watch', 0);
      expect(kept?.offset).toBe(String(round));
      expect(states.some((state) => kept?.bytes.equals(state))).toBe(true);
    }
  });
});
