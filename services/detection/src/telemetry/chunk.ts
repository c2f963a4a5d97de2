import type { OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { Out } from '#libs/service';
import { hear, upToOf, wait, type Awaiting, type Lateness, type SourceTime } from '../domain/event-time/waiting.js';
import { fedGroups, matchedFacts } from '../domain/hits/correlation-matches.js';
import type { Floods } from '../domain/flood/counting.js';
import type { Hit } from '../domain/hits/hit.js';
import type { TrackedFinding } from '../domain/repeats/tracking.js';
import type { SeenBatch } from './batch.js';
import type { TelemetryState } from './telemetry-state.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';

/** What is done but not yet sent: becomes the partition's own when the broker has it. */
export interface Chunk {
  facts: OutRecord[];
  bytes: number;
  records: number;
  changes: Map<string, TrackedFinding>;
  /** New findings counted, by tenant. */
  floods: Floods;
  heard: { tenant: string; source: string; time: SourceTime }[];
  waiting: { detectionId: string; awaiting: Omit<Awaiting, 'due' | 'until' | 'toldAt'>; at: number }[];
}

export const emptyChunk = (): Chunk => ({
  facts: [],
  bytes: 0,
  records: 0,
  changes: new Map(),
  floods: new Map(),
  heard: [],
  waiting: [],
});

/** Clocks of machines run fast: nobody's brings event time further than to when it was told. */
const newestOf = ({ events }: SeenBatch): number =>
  events.reduce((newest, { occurredAt, ingestedAt }) => Math.max(newest, Math.min(occurredAt, ingestedAt)), 0);

/**
 * What a batch's hits bring to correlations, on its way to where they are counted. Event time is told as it was before
 * the batch, since the matches of one batch are told one after the other.
 */
export const feedInto = (
  chunk: Chunk,
  partition: ClaimedPartition<TelemetryState>,
  batch: SeenBatch,
  hits: Hit[],
  { out, lateness, now }: { out: Out; lateness: Lateness; now: number },
): OutRecord[] => {
  const { tenant, source, kind } = batch.origin;
  const stream = String(partition.partition);
  const records = fedGroups(tenant, hits).flatMap((fed) => {
    const {
      detectionId,
      feed: { correlationId, waits },
      matches,
    } = fed;
    const upTo = upToOf(partition.kept.time, tenant, waits.kinds, lateness);
    const at = matches.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), 0);
    chunk.waiting.push({ detectionId, awaiting: { ...waits, tenant, correlationId }, at });
    return matchedFacts(batch.origin, fed, { stream, upTo, heardAt: now }).map((fact, part) =>
      out.record(tenant, fact, {
        id: idOf('detection.matched', batch.id, detectionId, part),
        subject: detectionId,
        causationId: batch.id,
      }),
    );
  });
  if (batch.events.length > 0)
    chunk.heard.push({ tenant, source, time: { kind, newestAt: newestOf(batch), heardAt: now } });
  return records;
};

/** The broker has everything: the chunk becomes the partition's. */
export const adopt = (chunk: Chunk, { kept: { findings, floods, time } }: ClaimedPartition<TelemetryState>): void => {
  for (const [findingId, tracked] of chunk.changes) {
    findings.delete(findingId);
    findings.set(findingId, tracked);
  }
  for (const [tenant, counted] of chunk.floods) floods.set(tenant, counted);
  for (const { tenant, source, time: of } of chunk.heard) hear(time, tenant, source, of);
  for (const { detectionId, awaiting, at } of chunk.waiting) wait(time, detectionId, awaiting, at);
};
