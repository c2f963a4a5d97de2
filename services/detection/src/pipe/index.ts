/**
 * telemetry.enriched in, findings out. What a partition remembers of its findings is kept with its offset: a checkpoint
 * holds only what the broker has acknowledged, Kafka's offset never passes a checkpoint, and whoever gets the partition
 * goes on from there. Facts have derived ids, so what is done again says the same again.
 */
import type { Batch, InRecord, OutRecord } from '#libs/events';
import { Fault, idOf, Unreadable } from '#libs/model';
import type { Clock, Out, Pipe, ServiceContext } from '#libs/service';
import { findingOf, groupsOf } from '../domain/finding.js';
import type { Hit } from '../domain/hit.js';
import { repeatsDue, track, type Tracked } from '../domain/tracking.js';
import type { CompiledRules } from '../rules/compiled.js';
import { sharing } from '../sharing.js';
import { readBatch, type SeenBatch } from './batch.js';
import { hitsOf } from './matching.js';
import { claim, save, serially, type Checkpoints, type Commit, type Partition } from './partition.js';

const TOPIC = 'vigie.telemetry.enriched';
const TICK_MS = 500;
/** Findings are sent when so many bytes or records are done. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_RECORDS = 100;

export interface DetectionPorts {
  store: Checkpoints;
  out: Out;
  clock: Clock;
  log: ServiceContext['log'];
  /** Those of a tenant at this moment. */
  rules(tenant: string): CompiledRules | Promise<CompiledRules>;
  /** Window of indicator matches. */
  windowMs: number;
  checkpointEveryMs: number;
  mostFindings: number;
  count(figures: { events: number; hits: number; raised: number }): void;
}

export interface DetectionPipe extends Pipe {
  stop(): Promise<void>;
}

/** What is done but not yet sent: becomes the partition's own when the broker has it. */
interface Chunk {
  facts: OutRecord[];
  bytes: number;
  records: number;
  changes: Map<string, Tracked>;
}
const emptyChunk = (): Chunk => ({ facts: [], bytes: 0, records: 0, changes: new Map() });

/** @param rules those the hits come from. */
const raisedBy = ({ out, clock }: DetectionPorts, rules: CompiledRules, partition: Partition, chunk: Chunk, batch: SeenBatch, hits: Hit[]): OutRecord[] => {
  const { origin } = batch;
  const times = { now: clock.now(), recordedAt: partition.recordedAt };
  return groupsOf(origin.tenant, hits).flatMap((group) => {
    const { findingId, hits: [{ detection, event }] } = group;
    const before = chunk.changes.get(findingId) ?? partition.findings.get(findingId);
    const after = track(before, origin, group, times);
    // Set anew, so that the order is that of the last match.
    chunk.changes.delete(findingId);
    chunk.changes.set(findingId, after);
    if (before) return [];
    const fact = findingOf(origin, group, rules.explain(detection.id, origin.kind, event), times.now);
    return [out.record(origin.tenant, fact, { id: idOf('finding.raised', findingId), subject: findingId, causationId: batch.id, correlationId: findingId })];
  });
};

const take = async (ports: DetectionPorts, partition: Partition, chunk: Chunk, record: InRecord, share: () => Promise<void>): Promise<void> => {
  chunk.records += 1;
  partition.recordedAt = Math.max(partition.recordedAt, record.timestamp);
  try {
    const batch = readBatch(record);
    const rules = await ports.rules(batch.origin.tenant);
    const hits = await hitsOf(batch, rules, ports.windowMs, share);
    const raised = raisedBy(ports, rules, partition, chunk, batch, hits);
    chunk.facts.push(...raised);
    chunk.bytes += raised.reduce((sum, { value }) => sum + value.length, 0);
    ports.count({ events: batch.events.length, hits: hits.length, raised: raised.length });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    await ports.out.setAside(record, error.code, error.message);
  }
};

const settle = async ({ out }: DetectionPorts, partition: Partition, { facts, changes }: Chunk, next: bigint): Promise<void> => {
  await out.send(facts);
  for (const [findingId, tracked] of changes) {
    partition.findings.delete(findingId);
    partition.findings.set(findingId, tracked);
  }
  partition.next = next;
  partition.changed = true;
};

/** Where to go on in a batch that may come again after it failed half-way. */
const beginning = ({ log }: DetectionPorts, partition: Partition, { records, topic, partition: number }: Batch): bigint => {
  const first = BigInt(records[0]?.offset ?? 0);
  const again = partition.inHand === records[0]?.offset;
  partition.inHand = records[0]?.offset;
  const next = partition.next ?? first;
  if (next <= first || again) return next;
  log.warn({ topic, partition: number, at: String(first), expected: String(next) }, 'records before the checkpoint came: they are read again');
  return first;
};

const work = async (ports: DetectionPorts, partition: Partition, batch: Batch): Promise<void> => {
  const share = sharing();
  const from = beginning(ports, partition, batch);
  const records = batch.records.filter(({ offset }) => BigInt(offset) >= from);
  let chunk = emptyChunk();
  for (const [index, record] of records.entries()) {
    await take(ports, partition, chunk, record, share);
    if (chunk.bytes < CHUNK_BYTES && chunk.records < CHUNK_RECORDS && index < records.length - 1) continue;
    await settle(ports, partition, chunk, BigInt(record.offset) + 1n);
    chunk = emptyChunk();
  }
  partition.inHand = undefined;
};

const publishRepeats = async ({ out, clock }: DetectionPorts, partition: Partition): Promise<void> => {
  const due = repeatsDue(partition.findings, clock.now());
  if (due.length === 0) return;
  await out.send(due.map(({ findingId, tracked, fact }) =>
    out.record(tracked.tenant, fact, { id: idOf('finding.repeated', findingId, fact.count), subject: findingId, correlationId: findingId })));
  for (const { findingId, tracked } of due) partition.findings.set(findingId, tracked);
  partition.changed = true;
};

export const detectionPipe = (ports: DetectionPorts): DetectionPipe => {
  const { store, log, checkpointEveryMs, mostFindings } = ports;
  const partitions = new Map<string, Partition>();
  let commit: Commit = async () => undefined;
  const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;

  const checkpoint = async (partition: Partition): Promise<void> => {
    if (await save(store, partition, mostFindings, commit, log)) return;
    log.warn({ topic: partition.topic, partition: partition.partition, epoch: partition.epoch }, 'another instance has taken the partition over');
    if (partitions.get(keyOf(partition)) === partition) partitions.delete(keyOf(partition));
  };
  const tidy = async (partition: Partition): Promise<void> => {
    await publishRepeats(ports, partition);
    // A checkpoint takes 5 % of the time at most.
    const everyMs = Math.max(checkpointEveryMs, 20 * partition.saveTookMs);
    if (performance.now() - partition.savedAt >= everyMs) await checkpoint(partition);
  };
  const tick = async (): Promise<void> => {
    for (const partition of partitions.values()) {
      await serially(partition, () => tidy(partition)).catch((error: unknown) => log.warn({ err: error, partition: partition.partition }, 'repeats or a checkpoint have to wait'));
    }
  };
  let ticking: Promise<void> | undefined;
  const timer = setInterval(() => { ticking ??= tick().finally(() => { ticking = undefined; }); }, TICK_MS);

  return {
    name: 'detect',
    topics: [TOPIC],
    manual: (given) => { commit = given; },
    onAssigned: async (places) => {
      partitions.clear();
      const claimed = await Promise.all(places.map((place) => claim(store, place)));
      for (const partition of claimed) partitions.set(keyOf(partition), partition);
      return claimed.flatMap(({ topic, partition, next }) => (next === undefined ? [] : [{ topic, partition, offset: String(next) }]));
    },
    handle: async (batch) => {
      const partition = partitions.get(keyOf(batch));
      if (!partition) throw new Fault(`${keyOf(batch)} came without being assigned`);
      await serially(partition, () => work(ports, partition, batch));
    },
    stop: async () => {
      clearInterval(timer);
      await ticking;
      // Reading has ended; the next owner goes on from the checkpoint, whatever Kafka's offset says.
      commit = async () => undefined;
      for (const partition of partitions.values()) await serially(partition, () => checkpoint(partition));
    },
  };
};
