import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBatch } from '../../../../services/detection/src/telemetry/batch.js';
import { serviceFigures } from './command.js';
import { enrichedRecords } from './records.js';

it("CPU is told per event, and the kernel's share of the whole", () => {
  const found = serviceFigures({
    events: 1_000,
    records: 5,
    bytes: 2_000_000,
    matches: 7,
    findings: 2,
    cpuMs: { kernel: 5, reading: 3, pipe: 20 },
    rssMb: 100,
  });
  expect(found).toMatchObject({
    bytesPerEvent: 2_000,
    cpuMicrosPerEvent: { kernel: 5, reading: 3, pipe: 20 },
    eventsPerCpuSecond: { kernel: 200_000, pipe: 50_000 },
    engineShare: 0.25,
  });
});

it('lines become Avro batches that detection reads, native bytes and all', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-service-'));
  const lines = [...Array(450).keys()].map((EventID) =>
    JSON.stringify({ Channel: 'System', EventID, Hostname: 'WS1' }),
  );
  writeFileSync(join(dir, 'events.jsonl'), lines.join('\n'));
  const { records, natives } = await enrichedRecords(join(dir, 'events.jsonl'), 'WINDOWS', 401).finally(() =>
    rmSync(dir, { recursive: true }),
  );
  const batches = records.map(readBatch);
  expect([natives.length, records.length]).toEqual([401, 3]);
  expect(batches.flatMap(({ events }) => events.map(({ native }) => Buffer.from(native).toString()))).toEqual(
    lines.slice(0, 401),
  );
  expect(batches[0]).toMatchObject({ origin: { tenant: 'acme', kind: 'WINDOWS' } });
});
