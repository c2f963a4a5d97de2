import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import { dismiss, listedAssigner, type Cluster } from './assigner.js';
import { RETRY } from './client.js';
import { Fault, reasonOf } from './errors.js';
import { byTopic, type Offsets } from './offsets.js';
import { persist } from './persist.js';
import type { Batch, ConsumeOptions, InRecord, Log, Place } from './port.js';
import { chunks, toInRecord } from './records.js';
import { deferred, within } from './waiting.js';

const COMMIT_EVERY_MS = 250;
const COMMIT_WITHIN_MS = 5_000;
/** How long the broker waits for a member that was killed, before others get its partitions. */
const SESSION_MS = 15_000;
const HEARTBEAT_MS = 3_000;
const LEAVE_MS = 10_000;
/** Above the largest record, so that no partition is starved by one; see maxMessageBytes(). */
const FETCH_PARTITION_BYTES = 5 * 1024 * 1024 + 65_536;

export interface SessionGiven {
  kafka: Kafka;
  log: Log;
  groupId: string;
  /** Reads alone: positions are kept here and sought after each assignment; nothing is committed. */
  alone: boolean;
  topics: string[];
  options: ConsumeOptions;
  offsets: Offsets;
  /** Member ids of earlier sessions that crashed and could not leave. */
  formerMembers: Set<string>;
  /** Before a batch is handled: schemas it needs are learned. */
  prepare(records: InRecord[]): Promise<void>;
  onAssigned(): void;
  /** A fetch was answered or a batch finished. */
  onSign(): void;
  /** A batch is done, or arrived; `behind` is the distance to the end. */
  onProgress(place: Place, behind: number): void;
  onTrouble(reason: string | undefined): void;
}

/** One life of the client's consumer, from joining the group to leaving it or crashing. It never restarts itself. */
export class Session {
  private readonly consumer: Consumer;
  private cluster: Cluster | undefined;
  private memberId: string | undefined;
  private readonly end = deferred();
  private readonly inHand = new Set<Promise<void>>();
  private readonly halt = new AbortController();
  private commitTo: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;
  private committing: Promise<void> | undefined;
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly given: SessionGiven) {
    this.consumer = given.kafka.consumer({
      groupId: given.groupId,
      partitionAssigners: [(inside) => {
        this.cluster = inside.cluster;
        return listedAssigner(inside);
      }],
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: 60_000,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: 500,
      maxBytesPerPartition: FETCH_PARTITION_BYTES,
      maxBytes: 4 * FETCH_PARTITION_BYTES,
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** Resolves after stop(), rejects after fail(). */
  get ended(): Promise<void> {
    return this.end.promise;
  }

  /** Joins and reads; what goes wrong ends the session. */
  async start(): Promise<void> {
    const { consumer, given: { topics, options, groupId, formerMembers } } = this;
    consumer.on('consumer.crash', ({ payload }) => this.fail(payload.error));
    consumer.on('consumer.fetch', () => this.given.onSign());
    consumer.on('consumer.rebalancing', () => void this.flush());
    consumer.on('consumer.group_join', (event) => this.joined(event));
    try {
      await consumer.connect();
      if (this.cluster) await dismiss(this.cluster, groupId, formerMembers);
      await consumer.subscribe({ topics, fromBeginning: options.fromBeginning ?? true });
      this.timer = setInterval(() => void this.commitOnce(), COMMIT_EVERY_MS);
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: options.concurrency ?? 4,
        eachBatch: (payload) => this.track(this.take(payload)),
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Finishes what is in hand, commits, leaves. */
  async stop(): Promise<void> {
    this.halt.abort();
    await Promise.allSettled(this.inHand);
    await this.flush();
    await this.leave();
    this.end.resolve();
  }

  /** Commits what is done and not yet committed; what fails is tried again with the next. */
  async flush(): Promise<void> {
    await this.committing;
    await this.commitOnce();
  }

  /** One commit at a time: whoever comes meanwhile waits for that one. */
  private commitOnce(): Promise<void> {
    this.committing ??= within(COMMIT_WITHIN_MS, this.commit()).finally(() => { this.committing = undefined; });
    return this.committing;
  }

  private async commit(): Promise<void> {
    const { alone, offsets, log, groupId } = this.given;
    const progress = alone ? [] : offsets.pending();
    if (progress.length === 0 || !this.commitTo) return;
    try {
      await this.commitTo({ topics: byTopic(progress) });
      offsets.committed(progress);
    } catch (error) {
      log.debug({ groupId, reason: reasonOf(error) }, 'a commit failed');
    }
  }

  /** Whether a handler is at work. */
  get busy(): boolean {
    return this.inHand.size > 0;
  }

  /** Ends the session with an error. After a fault of ours, what other partitions have done is still committed. */
  fail(error: unknown): void {
    this.halt.abort();
    if (this.memberId !== undefined) this.given.formerMembers.add(this.memberId);
    this.end.reject(error);
    void (error instanceof Fault ? this.stop() : this.leave());
  }

  private async leave(): Promise<void> {
    clearInterval(this.timer);
    await within(LEAVE_MS, this.consumer.disconnect());
  }

  private joined({ payload: { memberAssignment, memberId } }: ConsumerGroupJoinEvent): void {
    this.memberId = memberId;
    const { alone, offsets, log, groupId, options } = this.given;
    const places = Object.entries(memberAssignment).flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
    log.debug({ groupId, assigned: places.length }, 'assigned');
    this.generation += 1;
    if (alone) this.seek(places.map((place) => ({ ...place, offset: offsets.nextOf(place) })));
    else offsets.clear();
    if (options.onAssigned) void this.prepareAssignment(places, options.onAssigned.bind(options));
    else this.given.onAssigned();
  }

  /** Nothing is fetched until the owner has said where to begin; heartbeats go on. */
  private async prepareAssignment(places: Place[], ask: NonNullable<ConsumeOptions['onAssigned']>): Promise<void> {
    const { generation } = this;
    const partitions = places.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
    this.consumer.pause(partitions);
    try {
      const seeks = await ask(places);
      if (generation !== this.generation || this.halt.signal.aborted) return;
      this.seek(seeks);
      this.consumer.resume(partitions);
      this.given.onAssigned();
    } catch (error) {
      if (generation === this.generation) this.fail(error);
    }
  }

  private seek(places: (Place & { offset: string | undefined })[]): void {
    for (const { topic, partition, offset } of places) {
      if (offset !== undefined) this.consumer.seek({ topic, partition, offset });
    }
  }

  private track(work: Promise<void>): Promise<void> {
    this.inHand.add(work);
    return work.finally(() => this.inHand.delete(work));
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const place = { topic: batch.topic, partition: batch.partition };
    this.commitTo = payload.commitOffsetsIfNecessary;
    this.given.onProgress(place, Number(batch.offsetLagLow()));
    const records = batch.messages.map((message) => toInRecord(place, message));
    const parts = chunks(records, this.given.options.maxRecords ?? 500);
    for (const [index, part] of parts.entries()) {
      if (!(await this.finish(payload, { ...place, records: part }))) return;
      const last = index === parts.length - 1 ? batch.lastOffset() : part[part.length - 1]?.offset ?? batch.lastOffset();
      payload.resolveOffset(last);
      if (this.given.options.commits !== 'manual') this.given.offsets.note({ ...place, next: String(BigInt(last) + 1n) });
      this.given.onProgress(place, Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(last) - 1n)));
    }
  }

  /** @returns false when the batch must not count as done: it will come again, here or elsewhere. */
  private async finish(payload: EachBatchPayload, part: Omit<Batch, 'heartbeat'>): Promise<boolean> {
    const { options, log, groupId, prepare, onTrouble } = this.given;
    let lost = false;
    const heartbeat = (): Promise<void> => payload.heartbeat().catch(() => { lost = true; });
    const beat = setInterval(() => void heartbeat(), HEARTBEAT_MS);
    const gone = (): boolean => lost || this.halt.signal.aborted || !payload.isRunning() || payload.isStale();
    try {
      if (gone()) return false;
      const work = async (): Promise<void> => {
        await prepare(part.records);
        await options.handle({ ...part, heartbeat });
      };
      const done = await persist(work, {
        patienceMs: options.patienceMs ?? 120_000,
        signal: this.halt.signal,
        abandoned: gone,
        onFailure: (error, attempt) => {
          onTrouble(`the handler of ${part.topic} failed: ${reasonOf(error)}`);
          log.warn({ groupId, topic: part.topic, partition: part.partition, offset: part.records[0]?.offset, attempt, reason: reasonOf(error) }, 'a handler failed');
        },
      });
      if (done) onTrouble(undefined);
      return done;
    } catch (error) {
      this.fail(error instanceof Fault ? error : new Fault(reasonOf(error), { cause: error }));
      return false;
    } finally {
      clearInterval(beat);
    }
  }
}
