import type { OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { Out } from '#libs/service';
import { hear, upToOf, wait, type Awaiting, type Lateness, type SourceTime } from '../domain/event-time/waiting.js';
import { fedGroups, matchedFacts } from '../domain/hits/correlation-matches.js';
import type { Floods } from '../domain/flood/counting.js';
import type { Hit } from '../domain/hits/hit.js';
import type { TrackedFinding } from '../domain/repeats/tracking.js';
import type { SeenBatch } from './batch.js';
import { emptyShard, type ShardTelemetry, type TelemetryState } from './telemetry-state.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';
import { keptOf, type ByShard } from '../checkpoints/shards.js';

/** What is done of a shard but not yet sent. */
interface ShardChunk {
  changes: Map<string, TrackedFinding>;
  heard: { tenant: string; source: string; time: SourceTime }[];
  waiting: { detectionId: string; awaiting: Omit<Awaiting, 'due' | 'until' | 'toldAt'>; at: number }[];
}

/** What is done but not yet sent: becomes the partition's own when the broker has it. */
export interface Chunk {
  facts: OutRecord[];
  bytes: number;
  records: number;
  /** New findings counted, by tenant. */
  floods: Floods;
  shards: ByShard<ShardChunk>;
}

export const emptyChunk = (): Chunk => ({ facts: [], bytes: 0, records: 0, floods: new Map(), shards: new Map() });

/** A record's place: its partition and shard, what is kept of them, and what the chunk adds. */
export interface ShardInHand {
  partition: ClaimedPartition<TelemetryState>;
  chunk: Chunk;
  shard: number;
  kept: ShardTelemetry;
  added: ShardChunk;
}

export const inHand = (partition: ShardInHand['partition'], chunk: Chunk, shard: number): ShardInHand => ({
  partition,
  chunk,
  shard,
  kept: keptOf(partition.kept.shards, shard, emptyShard),
  added: keptOf(chunk.shards, shard, () => ({ changes: new Map(), heard: [], waiting: [] })),
});

/** What is known of a finding; `undefined` for a new one. */
export const knownIn = ({ kept, added }: ShardInHand, findingId: string): TrackedFinding | undefined =>
  added.changes.get(findingId) ?? kept.findings.get(findingId);

/** Set anew, so that the order is that of the last match. */
export const setIn = ({ added }: ShardInHand, findingId: string, tracked: TrackedFinding): void => {
  added.changes.delete(findingId);
  added.changes.set(findingId, tracked);
};

/** Clocks of machines run fast: nobody's brings event time further than to when it was told. */
const newestOf = ({ events }: SeenBatch): number =>
  events.reduce((newest, { occurredAt, ingestedAt }) => Math.max(newest, Math.min(occurredAt, ingestedAt)), 0);

/**
 * What a batch's hits bring to correlations, on its way to where they are counted. Event time is told as it was before
 * the batch, since the matches of one batch are told one after the other.
 */
export const feedInto = (
  { shard, kept, added }: ShardInHand,
  batch: SeenBatch,
  hits: Hit[],
  { out, lateness, now }: { out: Out; lateness: Lateness; now: number },
): OutRecord[] => {
  const { tenant, source, kind } = batch.origin;
  const stream = String(shard);
  const records = fedGroups(tenant, hits).flatMap((fed) => {
    const {
      detectionId,
      feed: { correlationId, waits },
      matches,
    } = fed;
    const upTo = upToOf(kept.time, tenant, waits.kinds, lateness);
    const at = matches.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), 0);
    added.waiting.push({ detectionId, awaiting: { ...waits, tenant, correlationId }, at });
    return matchedFacts(batch.origin, fed, { stream, upTo, heardAt: now }).map((fact, part) =>
      out.record(tenant, fact, {
        id: idOf('detection.matched', batch.id, detectionId, part),
        subject: detectionId,
        causationId: batch.id,
      }),
    );
  });
  if (batch.events.length > 0)
    added.heard.push({ tenant, source, time: { kind, newestAt: newestOf(batch), heardAt: now } });
  return records;
};

/** The broker has everything: the chunk becomes the partition's. */
export const adopt = (chunk: Chunk, { kept }: ClaimedPartition<TelemetryState>): void => {
  for (const [tenant, counted] of chunk.floods) kept.floods.set(tenant, counted);
  for (const [shard, { changes, heard, waiting }] of chunk.shards) {
    const { findings, time } = keptOf(kept.shards, shard, emptyShard);
    for (const [findingId, tracked] of changes) {
      findings.delete(findingId);
      findings.set(findingId, tracked);
    }
    for (const { tenant, source, time: of } of heard) hear(time, tenant, source, of);
    for (const { detectionId, awaiting, at } of waiting) wait(time, detectionId, awaiting, at);
  }
};
