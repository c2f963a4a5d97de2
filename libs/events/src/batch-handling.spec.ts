import type { EachBatchPayload } from 'kafkajs';
import { standIn } from '#libs/testing';
import { BatchHandling } from './batch-handling.js';
import { Offsets } from './offsets.js';
import type { Batch, ConsumeOptions } from './port.js';

const PLACE = { topic: 'vigie.telemetry.normalized', partition: 0 };

/** Ticks until nothing moves: all here is promises. */
const calm = async (): Promise<void> => {
  for (let tick = 0; tick < 50; tick += 1) await Promise.resolve();
};

/** A batch of offsets `from` to `to`. */
const fetched = (from: number, to: number): EachBatchPayload =>
  standIn<EachBatchPayload>({
    batch: standIn<EachBatchPayload['batch']>({
      ...PLACE,
      highWatermark: '1000',
      messages: Array.from({ length: to - from + 1 }, (_, at) =>
        standIn<EachBatchPayload['batch']['messages'][number]>({
          ...{ offset: String(from + at), timestamp: '1', key: null, value: Buffer.from('x'), headers: {} },
        }),
      ),
      lastOffset: () => String(to),
      offsetLagLow: () => '0',
    }),
    resolveOffset: () => undefined,
    heartbeat: async () => undefined,
    isRunning: () => true,
    isStale: () => false,
  });

const open: { handling: BatchHandling; begun: { end(): void }[] }[] = [];
afterEach(async () => {
  for (const { handling, begun } of open.splice(0)) {
    handling.stop();
    for (const { end } of begun) end();
    await handling.settled();
  }
});

const opened = (options: Partial<ConsumeOptions> = {}) => {
  const begun: { batch: Batch; end(): void; fail(error: Error): void }[] = [];
  const seen = { offsets: new Offsets(), failures: [] as unknown[], paused: [] as string[] };
  const halt = new AbortController();
  const handling = new BatchHandling({
    options: {
      topics: [],
      maxRecords: 1,
      patienceMs: 0,
      handle: (batch) =>
        new Promise((end, fail) => {
          begun.push({ batch, end, fail });
        }),
      ...options,
    },
    offsets: seen.offsets,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    groupId: 'g',
    signal: halt.signal,
    prepare: async () => undefined,
    onProgress: () => undefined,
    onTrouble: () => undefined,
    fail: (error) => {
      seen.failures.push(error);
      halt.abort();
    },
    pause: ({ partition }) => seen.paused.push(`pause ${partition}`),
    resume: ({ partition }) => seen.paused.push(`resume ${partition}`),
  });
  handling.assigned(1);
  open.push({ handling, begun });
  const next = (): string | undefined => seen.offsets.nextOf(PLACE);
  const first = (): string[] => begun.map(({ batch }) => batch.records[0]?.offset ?? '');
  return { handling, begun, next, first, ...seen };
};

describe('slices of a partition', () => {
  it('begin one after the other, or when the one before goes on, and are done in their order', async () => {
    const { handling, begun, next, first } = opened();
    const took = handling.take(fetched(0, 2));
    await calm();
    expect(first()).toEqual(['0']);
    begun[0]?.batch.goOn?.();
    begun[1]?.batch.goOn?.();
    await calm();
    begun[1]?.batch.goOn?.();
    begun[1]?.end();
    await calm();
    expect([first(), next()]).toEqual([['0', '1', '2'], undefined]);
    begun[0]?.end();
    await calm();
    expect(next()).toBe('2');
    begun[2]?.end();
    await took;
    await handling.settled();
    expect(next()).toBe('3');
  });

  it('behind one that failed are never done, though the broker has what they sent', async () => {
    const { handling, begun, next, failures } = opened();
    const took = handling.take(fetched(0, 1));
    await calm();
    begun[0]?.batch.goOn?.();
    await calm();
    begun[1]?.end();
    begun[0]?.fail(new Error('the broker is away'));
    await took;
    await handling.settled();
    expect([next(), failures]).toEqual([undefined, [expect.objectContaining({ message: 'the broker is away' })]]);
  });

  it('say how far they are only behind those ahead', async () => {
    const { handling, begun, next } = opened({ maxRecords: 2 });
    void handling.take(fetched(0, 3));
    await calm();
    begun[0]?.batch.goOn?.();
    await calm();
    begun[1]?.batch.done?.('2');
    await calm();
    expect(next()).toBeUndefined();
    begun[0]?.end();
    await calm();
    expect(next()).toBe('3');
  });

  it('of another assignment wait for none of the one before', async () => {
    const { handling, begun, next } = opened();
    void handling.take(fetched(0, 0));
    await calm();
    begun[0]?.batch.goOn?.();
    handling.assigned(1);
    void handling.take(fetched(0, 0));
    await calm();
    begun[1]?.end();
    await calm();
    expect(next()).toBe('1');
  });
});

describe('the next fetch', () => {
  it('goes out when most of one has begun, not when all of it is done', async () => {
    const { handling, begun } = opened();
    let isReady = false;
    void handling.take(fetched(0, 3)).then(() => {
      isReady = true;
    });
    await calm();
    begun[0]?.batch.goOn?.();
    await calm();
    expect(isReady).toBe(false);
    begun[1]?.batch.goOn?.();
    await calm();
    expect(isReady).toBe(true);
  });

  it('waits for room when all that is assigned is left out, instead of sleeping', async () => {
    const { handling, begun, paused } = opened();
    let isReady = false;
    const took = handling.take(fetched(0, 3)).then(() => {
      isReady = true;
    });
    for (let wait = 0; paused.length === 0 && wait < 100; wait += 1) await new Promise((go) => setTimeout(go, 10));
    expect([paused, isReady]).toEqual([['pause 0'], false]);
    begun[0]?.batch.goOn?.();
    await took;
    expect([paused, isReady]).toEqual([['pause 0', 'resume 0'], true]);
  });
});
