import type { TelemetryEvent } from '#contracts';
import { encode, type Batch, type InRecord } from '#libs/events';
import type { Out } from '#libs/service';
import { hunting } from '../hunting.module.js';
import { lakePipe } from './lake.js';
import type { TenantLakeEvent } from '../lake/places.js';

const event = (id: string): TelemetryEvent => ({
  id,
  occurredAt: 1,
  ingestedAt: 1,
  entity: 'host:a',
  observables: [],
  flags: [],
  partition: 0,
  offset: 1,
  index: 0,
  native: Buffer.from('{}'),
  ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: '' },
});

const RETRY = 'vigie.hunting.retry';

const batchOf = (...offsets: number[]): Batch => batchFrom('vigie.telemetry.enriched', ...offsets);
const batchFrom = (topic: string, ...offsets: number[]): Batch => ({
  topic,
  partition: 0,
  heartbeat: async () => undefined,
  records: offsets.map((offset) => ({
    topic,
    partition: 0,
    offset: String(offset),
    timestamp: 1,
    key: 'acme/0',
    value:
      offset < 0
        ? Buffer.from('x')
        : encode({
            type: 'telemetry.enriched',
            context: [],
            complete: true,
            batch: encode({
              type: 'telemetry.normalized',
              source: 'edr',
              kind: 'WINDOWS',
              events: [event(`e${offset}`)],
            }),
          }),
    headers: {
      ce_id: '1',
      ce_type: 'telemetry.enriched',
      ce_source: '/vigie/enrichment',
      ce_subject: 'edr',
      ce_time: '2026-11-02T10:00:00Z',
      ce_tenant: 'acme',
    },
  })),
});

const size = batchOf(5).records[0]?.value.length ?? 0;
type Write = (batches: AsyncIterable<TenantLakeEvent[]>, name: string) => Promise<void>;
const allOf = async (batches: AsyncIterable<TenantLakeEvent[]>): Promise<TenantLakeEvent[]> => {
  const all: TenantLakeEvent[] = [];
  for await (const rows of batches) all.push(...rows);
  return all;
};

const start = (write?: Write, waitMs = 60_000) => {
  const seen = { written: [] as string[], committed: [] as string[], aside: [] as string[], failures: 0 };
  let tell = (): void => undefined;
  const failed = new Promise<void>((done) => {
    tell = done;
  });
  const pipe = lakePipe({
    write:
      write ??
      (async (batches, name) => {
        const rows = await allOf(batches);
        if (rows.length > 0)
          seen.written.push(`${name}: ${rows.map(({ tenant, event: { id } }) => `${tenant}/${id}`).join()}`);
      }),
    fileBytes: 3 * size,
    waitMs,
    failed: () => {
      seen.failures += 1;
      tell();
    },
  });
  expect(hunting.pipes?.[0]?.from).toEqual(['vigie.telemetry.enriched', RETRY]);
  pipe.manual?.(async (offsets) => void seen.committed.push(...offsets.map(({ next }) => next)));
  const out = { setAside: async (_record: unknown, code: string) => void seen.aside.push(code) } as unknown as Out;
  return { pipe, seen, out, failed };
};

describe('the lake', () => {
  it('writes what is large enough by itself, while more comes', async () => {
    let write = (): void => undefined;
    const written = new Promise<void>((done) => {
      write = done;
    });
    const { pipe, out } = start(async () => write());
    await pipe.handle(batchOf(5, 6, 7), out);
    await written;
    await pipe.stop();
  });

  it('gathers what follows on, and commits what is durable', async () => {
    const { pipe, seen, out } = start();
    await pipe.handle(batchOf(5), out);
    expect(seen).toMatchObject({ written: [], committed: [] });
    await pipe.handle(batchOf(6, 7), out);
    await pipe.flush();
    expect(seen).toMatchObject({
      written: ['vigie.telemetry.enriched-0-5-7.parquet: acme/e5,acme/e6,acme/e7'],
      committed: ['8'],
    });
    await pipe.stop();
  });

  it('lets what comes wait until what was gathered is written, when it is large, however few the rows', async () => {
    let [most, held] = [0, 0];
    const pipe = lakePipe({
      write: async (batches) => {
        most = Math.max(most, (held += (await allOf(batches)).length));
        held = 0;
      },
      fileBytes: 1_000 * size,
      mostBytes: 3 * size,
      waitMs: 60_000,
      failed: () => undefined,
    });
    const out = { setAside: async () => undefined } as unknown as Out;
    for (let offset = 1; offset <= 10; offset += 1)
      await pipe.handle({ ...batchOf(offset), partition: offset % 2 }, out);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
    await pipe.stop();
  });

  it('begins anew when a partition comes again', async () => {
    const { pipe, seen, out } = start();
    await pipe.handle(batchOf(5, 6), out);
    await pipe.handle(batchOf(6), out);
    await pipe.flush();
    expect(seen.written).toEqual(['vigie.telemetry.enriched-0-6-6.parquet: acme/e6']);
    await pipe.stop();
  });

  it('writes before a gap: a name stands for one content', async () => {
    const { pipe, seen, out } = start();
    await pipe.handle(batchOf(5), out);
    await pipe.handle(batchOf(9), out);
    await pipe.flush();
    expect(seen.written.map((one) => one.split(':')[0])).toEqual([
      'vigie.telemetry.enriched-0-5-5.parquet',
      'vigie.telemetry.enriched-0-9-9.parquet',
    ]);
    expect(seen.committed).toEqual(['6', '10']);
    await pipe.stop();
  });

  it('commits nothing after a write that failed', async () => {
    let fails = true;
    const { pipe, seen, out } = start(async () => {
      if (fails) throw new Error('disk full');
    });
    await pipe.handle(batchOf(5), out);
    await expect(pipe.flush()).rejects.toThrow('disk full');
    fails = false;
    await pipe.handle(batchOf(6), out);
    await expect(pipe.flush()).rejects.toThrow('disk full');
    expect(seen).toMatchObject({ committed: [], failures: 1 });
    await pipe.stop();
  });

  it('tells of a write that failed while nobody waited for it', async () => {
    const { pipe, seen, out, failed } = start(async () => {
      throw new Error('disk full');
    }, 1);
    await pipe.handle(batchOf(5), out);
    await failed;
    expect(seen).toMatchObject({ committed: [], failures: 1 });
    await pipe.stop();
  });

  it('takes back what was set aside, in files named by where it lies now', async () => {
    const { pipe, seen, out } = start();
    await pipe.handle(batchOf(5), out);
    await pipe.handle(batchFrom(RETRY, 5), out);
    await pipe.flush();
    expect(seen.written).toEqual([
      'vigie.telemetry.enriched-0-5-5.parquet: acme/e5',
      'vigie.hunting.retry-0-5-5.parquet: acme/e5',
    ]);
    await pipe.stop();
  });

  it('leaves to others whatever else was replayed', async () => {
    const { pipe, seen, out } = start();
    const [[broken], [good]] = [batchFrom(RETRY, -1).records, batchFrom(RETRY, 6).records] as [[InRecord], [InRecord]];
    const other: InRecord = { ...good, offset: '5', headers: { ...good.headers, ce_type: 'hunt.asked' } };
    await pipe.handle({ ...batchFrom(RETRY), records: [{ ...broken, offset: '4' }, other, good] }, out);
    await pipe.flush();
    expect(seen).toMatchObject({
      written: ['vigie.hunting.retry-0-4-6.parquet: acme/e6'],
      committed: ['7'],
      aside: [],
    });
    await pipe.stop();
  });

  it('sets aside what names a tenant that would be a path', async () => {
    const { pipe, seen, out } = start();
    const batch = batchOf(5);
    await pipe.handle(
      {
        ...batch,
        records: batch.records.map((one) => ({ ...one, key: '../0', headers: { ...one.headers, ce_tenant: '..' } })),
      },
      out,
    );
    await pipe.flush();
    await pipe.stop();
    expect(seen).toMatchObject({ aside: ['BAD_TENANT'], written: [], committed: ['6'] });
  });

  it('sets aside what cannot be read and goes on', async () => {
    const { pipe, seen, out } = start();
    await pipe.handle(
      {
        ...batchOf(5),
        records: [...batchOf(-1).records.map((one) => ({ ...one, offset: '5' })), ...batchOf(6).records],
      },
      out,
    );
    await pipe.stop();
    expect(seen).toMatchObject({
      aside: ['NOT_FRAMED'],
      written: ['vigie.telemetry.enriched-0-5-6.parquet: acme/e6'],
      committed: [],
    });
  });
});
