import type { SourceKind, TelemetryEvent, TelemetryNormalized } from '#contracts';
import { shardOf } from './topic.js';

export const MOST_EVENTS = 200;
export const MOST_BYTES = 512 * 1024;
const BESIDES_NATIVE = 600;

/** Roughly what an event takes in a batch, bytes. */
const weightOf = ({ native, envelope, ocsf }: TelemetryEvent): number =>
  native.length +
  (envelope?.length ?? 0) +
  BESIDES_NATIVE +
  (ocsf.actor?.commandLine?.length ?? 0) +
  (ocsf.actor?.parentCommandLine?.length ?? 0);

export interface ShardBatch {
  shard: number;
  message: TelemetryNormalized;
}

/** Packs events of one source, in order within a shard; only an event larger than a batch may pass its bytes. */
export const batchesOf = (source: string, kind: SourceKind, events: TelemetryEvent[], shards: number): ShardBatch[] => {
  const batches: ShardBatch[] = [];
  const open = new Map<number, { batch: TelemetryNormalized; bytes: number }>();
  for (const event of events) {
    const shard = shardOf(event.entity, shards);
    const weight = weightOf(event);
    let current = open.get(shard);
    if (!current || current.batch.events.length >= MOST_EVENTS || current.bytes + weight > MOST_BYTES) {
      current = { batch: { type: 'telemetry.normalized', source, kind, events: [] }, bytes: 0 };
      open.set(shard, current);
      batches.push({ shard, message: current.batch });
    }
    current.batch.events.push(event);
    current.bytes += weight;
  }
  return batches;
};
