import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelemetryEnriched, TelemetryNormalized } from '#contracts';
import { encode, toRecord } from '#libs/events';
import type { Out, ServiceContext } from '#libs/service';
import { malformed } from '#libs/testing';
import { hunting } from './hunting.module.js';

const normalized: TelemetryNormalized = {
  type: 'telemetry.normalized',
  source: 'edr',
  kind: 'WINDOWS',
  events: [
    {
      id: 'e1',
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
    },
  ],
};
const enriched: TelemetryEnriched = {
  type: 'telemetry.enriched',
  batch: encode(normalized),
  context: [],
  complete: true,
};

it('the service fails when the lake cannot be written', async () => {
  const lake = await mkdtemp(join(tmpdir(), 'lake-'));
  await writeFile(join(lake, 'tenant=acme'), 'no folder');
  let fail: ServiceContext['fail'] = () => undefined;
  const failed = new Promise<Error>((told) => {
    fail = told;
  });
  const config = { LAKE_DIR: lake, LAKE_FILE_MB: 1, LAKE_WAIT_MS: 1, LAKE_THREADS: 1, LAKE_MEMORY_MB: 128 };
  const ports = await hunting.ports?.(malformed({ config, log: {}, fail }));
  const pipe = hunting.pipes?.[0]?.open(ports!);
  const record = toRecord(
    { id: '1', type: enriched.type, source: 'enrichment', subject: 'edr', time: 1, tenant: 'acme' },
    enriched,
  );
  await pipe?.handle(
    {
      topic: record.topic,
      partition: 0,
      records: [{ ...record, partition: 0, offset: '1', timestamp: 1 }],
      heartbeat: async () => undefined,
    },
    {} as Out,
  );
  expect((await failed).message).toMatch(/ENOTDIR|EEXIST/);
  await pipe?.stop?.();
  await hunting.close?.(ports!);
  await rm(lake, { recursive: true });
});
