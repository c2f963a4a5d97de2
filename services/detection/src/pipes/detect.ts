/**
 * telemetry.enriched in, findings out, and matches that feed correlations on to where those are counted. Facts have
 * derived ids, so what is done again says the same again.
 */
import type { DetectionTimePassed, FindingRaised } from '#contracts';
import type { InRecord, OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import { type Clock, orSetAside, type Out, yieldingInSlices } from '#libs/service';
import { timePassed, markTold, type Lateness } from '../domain/event-time/waiting.js';
import type { FloodLimits } from '../domain/flood/counting.js';
import { findingOf } from '../domain/finding/rule-finding.js';
import { groupsOf } from '../domain/hits/groups.js';
import type { Hit } from '../domain/hits/hit.js';
import { track } from '../domain/repeats/tracking.js';
import type { CompiledRules } from '../rules/loaded-rules.js';
import { readBatch, type SeenBatch } from '../telemetry/batch.js';
import { checkpointed, type CheckpointedPipe, type CheckpointedPorts } from '../checkpoints/checkpointed-pipe.js';
import {
  adopt,
  emptyChunk,
  feedInto,
  inHand,
  knownIn,
  setIn,
  type Chunk,
  type ShardInHand,
} from '../telemetry/chunk.js';
import { floodGate } from '../telemetry/flood-gate.js';
import { telemetryCodec, type ShardTelemetry, type TelemetryState } from '../telemetry/telemetry-state.js';
import { hitsOf } from '../telemetry/matching.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';
import { shardOf } from '../checkpoints/shards.js';
import { publishRepeats } from '../effects/publish-repeats.js';

/** Findings are sent when so many bytes or records are done. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_RECORDS = 100;

export interface DetectPorts extends CheckpointedPorts {
  out: Out;
  clock: Clock;
  /** Those of a tenant at this moment. */
  rules(tenant: string): CompiledRules | Promise<CompiledRules>;
  /** Window of indicator matches. */
  windowMs: number;
  mostFindings: number;
  lateness: Lateness;
  /** What a rule and all rules may raise anew for a tenant within an hour. */
  limits: FloodLimits;
  /** `flooded`: findings that were not raised. */
  count(figures: { events: number; hits: number; raised: number; flooded: number }): void;
  /** How long what is first in a batch was under way, from where it came in. */
  delayed(ms: number): void;
}

export type DetectPipe = CheckpointedPipe;
type Telemetry = ClaimedPartition<TelemetryState>;

/** @param rules those the hits come from. */
const raisedBy = async (
  { out, clock, limits }: DetectPorts,
  rules: CompiledRules,
  hand: ShardInHand,
  batch: SeenBatch,
  hits: Hit[],
  share: () => Promise<void>,
): Promise<{ raised: OutRecord[]; flooded: number }> => {
  const { origin } = batch;
  const times = { now: clock.now(), recordedAt: hand.partition.recordedAt };
  const held = floodGate(hand, origin, limits);
  const raised: FindingRaised[] = [];
  for (const group of groupsOf(
    origin.tenant,
    hits.filter(({ isSilent }) => !isSilent),
  )) {
    const {
      findingId,
      hits: [{ detection, event }],
    } = group;
    const before = knownIn(hand, findingId);
    if (!before && held.holds(group)) continue;
    setIn(hand, findingId, track(before, origin, group, times));
    if (before) continue;
    raised.push(findingOf(origin, group, rules.explain(detection.id, origin.kind, event), times.now));
    await share();
  }
  raised.push(...held.told(times));
  const recordOf = (fact: FindingRaised): OutRecord =>
    out.record(origin.tenant, fact, {
      id: idOf('finding.raised', fact.findingId),
      subject: fact.findingId,
      causationId: batch.id,
      correlationId: fact.findingId,
    });
  return { raised: raised.map(recordOf), flooded: held.count() };
};

/** @returns false when it was set aside after it may have told the chunk something. */
const take = async (
  ports: DetectPorts,
  partition: Telemetry,
  chunk: Chunk,
  record: InRecord,
  share: () => Promise<void>,
): Promise<boolean> => {
  chunk.records += 1;
  partition.recordedAt = Math.max(partition.recordedAt, record.timestamp);
  const batch = await orSetAside(ports.out, record, () => readBatch(record));
  if (!batch) return true;
  const rules = await ports.rules(batch.origin.tenant);
  const hand = inHand(partition, chunk, shardOf(record));
  const done = await orSetAside(ports.out, record, async () => {
    const hits = await hitsOf(batch, rules, ports.windowMs, share);
    const { raised, flooded } = await raisedBy(ports, rules, hand, batch, hits, share);
    const fed = feedInto(hand, batch, hits, { ...ports, now: ports.clock.now() });
    chunk.facts.push(...raised, ...fed);
    chunk.bytes += [...raised, ...fed].reduce((sum, { value }) => sum + value.length, 0);
    ports.count({ events: batch.events.length, hits: hits.length, raised: raised.length, flooded });
    const [first] = batch.events;
    if (first) ports.delayed(ports.clock.now() - first.ingestedAt);
    return true;
  });
  return done ?? false;
};

const settle = async ({ out }: DetectPorts, partition: Telemetry, chunk: Chunk, next: bigint): Promise<void> => {
  await out.send(chunk.facts);
  adopt(chunk, partition);
  partition.next = next;
  partition.changed = true;
};

/**
 * A record that fails takes its chunk with it, which is begun anew without it; from then on records are settled one by
 * one, so that many such cost no more.
 */
const work = async (ports: DetectPorts, partition: Telemetry, records: InRecord[]): Promise<void> => {
  const share = yieldingInSlices();
  const failed = new Set<InRecord>();
  let [chunk, from] = [emptyChunk(), 0];
  for (let index = 0; index < records.length; index += 1) {
    const record = records[index] as InRecord;
    if (!failed.has(record) && !(await take(ports, partition, chunk, record, share))) {
      failed.add(record);
      [chunk, index] = [emptyChunk(), from - 1];
      continue;
    }
    const mostRecords = failed.size > 0 ? 0 : CHUNK_RECORDS;
    if (chunk.bytes < CHUNK_BYTES && chunk.records < mostRecords && index < records.length - 1) continue;
    await settle(ports, partition, chunk, BigInt(record.offset) + 1n);
    [chunk, from] = [emptyChunk(), index + 1];
  }
};

/** Tells correlations that wait how far event time has come in a shard. */
const publishTime = async (
  { out, clock, lateness }: DetectPorts,
  shard: number,
  { time }: ShardTelemetry,
): Promise<boolean> => {
  const heardAt = clock.now();
  const due = timePassed(time, lateness, heardAt);
  if (due.length === 0) return false;
  const stream = String(shard);
  await out.send(
    due.map(({ detectionId, awaiting: { tenant, correlationId }, upTo }) => {
      const fact: DetectionTimePassed = {
        type: 'detection.time-passed',
        detectionId,
        correlationId,
        stream,
        upTo,
        heardAt,
      };
      return out.record(tenant, fact, {
        id: idOf('detection.time-passed', detectionId, stream, upTo),
        subject: detectionId,
      });
    }),
  );
  markTold(time, due, heardAt);
  return true;
};

const tell = async (ports: DetectPorts, partition: Telemetry): Promise<void> => {
  for (const [shard, kept] of partition.kept.shards) {
    await publishRepeats(ports, partition, kept.findings);
    if (await publishTime(ports, shard, kept)) partition.changed = true;
  }
};

export const detectPipe = (ports: DetectPorts): DetectPipe =>
  checkpointed(ports, {
    codec: telemetryCodec(ports.mostFindings, () => ports.clock.now()),
    take: (partition, records) => work(ports, partition, records),
    tidy: (partition) => tell(ports, partition),
    isSettled: () => true,
  });
