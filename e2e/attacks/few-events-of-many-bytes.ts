import { encode, type Batch } from '#libs/events';
import type { Out } from '#libs/service';
import { lakePipe } from '../../services/hunting/src/pipes/lake.js';
import type { Attack } from './attack.js';

const MIB = 1024 * 1024;
const TOPIC = 'vigie.telemetry.enriched';
const out = { setAside: async () => undefined } as unknown as Out;

const batchOf = (offset: number, native: Buffer): Batch => ({
  topic: TOPIC,
  partition: 0,
  heartbeat: async () => undefined,
  records: [
    {
      topic: TOPIC,
      partition: 0,
      offset: String(offset),
      timestamp: 1,
      key: 'acme/0',
      headers: {
        ce_id: '1',
        ce_type: 'telemetry.enriched',
        ce_source: '/vigie/enrichment',
        ce_subject: 'edr',
        ce_time: '2026-11-02T10:00:00Z',
        ce_tenant: 'acme',
      },
      value: encode({
        type: 'telemetry.enriched',
        context: [],
        complete: true,
        batch: encode({
          type: 'telemetry.normalized',
          source: 'edr',
          kind: 'WINDOWS',
          events: [
            {
              id: `e${offset}`,
              occurredAt: 1,
              ingestedAt: 1,
              entity: 'host:a',
              observables: [],
              flags: [],
              partition: 0,
              offset,
              index: 0,
              native,
              ocsf: { categoryUid: 0, classUid: 0, activityId: 0, severityId: 1, message: '' },
            },
          ],
        }),
      }),
    },
  ],
});

/** Bytes of events that the lake holds before it writes them; a write of one partition's comes later than that of all. */
const heldOf = async (events: number, bytes: number): Promise<number> => {
  let [given, written, most] = [0, 0, 0];
  const write = async (batches: AsyncIterable<{ event: { native: Buffer } }[]>): Promise<void> => {
    for await (const rows of batches) written += rows.reduce((sum, { event }) => sum + event.native.length, 0);
  };
  const pipe = lakePipe({ write, fileBytes: Infinity, waitMs: 60_000, failed: () => undefined });
  for (let offset = 0; offset < events; offset += 1) {
    await pipe.handle(batchOf(offset, Buffer.alloc(bytes, 'a')), out);
    most = Math.max(most, (given += bytes) - written);
  }
  await pipe.stop();
  return most;
};

/** Events of a MiB each: their number is nothing, and the lake ends for want of memory, again at each start. */
export const fewEventsOfManyBytes: Attack = {
  name: 'few-events-of-many-bytes',
  line: 13,
  control: async () => (await heldOf(150, 1_000)) === 150_000,
  attack: async () => ((await heldOf(150, MIB)) > 100 * MIB ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/hunting/src/pipes/lake.ts',
    find: 'if (bytes() >= mostBytes) await flush();',
    replace: 'if (mostBytes < 0) await flush();',
  },
};
