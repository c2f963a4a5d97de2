import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import { dismiss, listedAssigner, type Cluster } from './assigner.js';
import { RETRY } from './client.js';
import { Fault, reasonOf } from './errors.js';
import { letFetchesWait } from './long-fetches.js';
import { BatchHandling } from './batch-handling.js';
import { byTopic, type Offsets } from './offsets.js';
import type { ConsumeOptions, InRecord, KafkaLog, TopicPartition } from './port.js';
import { deferred, within } from './delays.js';

const COMMIT_EVERY_MS = 1_000;
const COMMIT_WITHIN_MS = 5_000;
/** How long the broker waits for a member that was killed, before others get its partitions. */
const SESSION_MS = 15_000;
const HEARTBEAT_MS = 3_000;
const LEAVE_MS = 10_000;
/**
 * How long a fetch waits for data: as the client has it, of a consumer that left a partition out (which has room soon),
 * and of one that reads all it has.
 */
const FETCH_WAIT_MS = 500;
const HELD_WAIT_MS = 50;
const IDLE_WAIT_MS = HEARTBEAT_MS;
/** Partitions of one fetch that the client hands over at once; how many are handled at once is said by BatchHandling. */
const MOST_AT_ONCE = 256;
/** Above the largest record, so that no partition is starved by one; see maxMessageBytes(). */
const FETCH_PARTITION_BYTES = 5 * 1024 * 1024 + 65_536;

export interface SessionSetup {
  kafka: Kafka;
  log: KafkaLog;
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
  onProgress(place: TopicPartition, behind: number): void;
  onTrouble(reason: string | undefined): void;
}

/** One life of the client's consumer, from joining the group to leaving it or crashing. It never restarts itself. */
export class ConsumerSession {
  private readonly consumer: Consumer;
  private cluster: Cluster | undefined;
  private memberId: string | undefined;
  private readonly end = deferred();
  private readonly handling: BatchHandling;
  private readonly halt = new AbortController();
  private readonly leaving = new AbortController();
  private commitTo: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;
  private committing: Promise<void> | undefined;
  private generation = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly given: SessionSetup) {
    this.consumer = given.kafka.consumer({
      groupId: given.groupId,
      partitionAssigners: [
        (inside) => {
          this.cluster = inside.cluster;
          letFetchesWait(inside.cluster, {
            usualMs: FETCH_WAIT_MS,
            waitMs: () => (this.consumer.paused().length > 0 ? HELD_WAIT_MS : IDLE_WAIT_MS),
            leaving: this.leaving.signal,
          });
          return listedAssigner(inside);
        },
      ],
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: 60_000,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: FETCH_PARTITION_BYTES,
      maxBytes: 4 * FETCH_PARTITION_BYTES,
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
    const these = (place: TopicPartition) => [{ topic: place.topic, partitions: [place.partition] }];
    this.handling = new BatchHandling({
      ...given,
      onProgress: (place, behind) => {
        given.onProgress(place, behind);
        this.commitSoon();
      },
      signal: this.halt.signal,
      fail: (error) => this.fail(error),
      pause: (place) => this.consumer.pause(these(place)),
      resume: (place) => this.consumer.resume(these(place)),
    });
  }

  /** Resolves after stop(), rejects after fail(). */
  get ended(): Promise<void> {
    return this.end.promise;
  }

  /** Joins and reads; what goes wrong ends the session. */
  async start(): Promise<void> {
    const {
      consumer,
      given: { topics, options, groupId, formerMembers },
    } = this;
    consumer.on('consumer.crash', ({ payload }) => this.fail(payload.error));
    consumer.on('consumer.fetch', () => this.given.onSign());
    consumer.on('consumer.rebalancing', () => void this.flush());
    consumer.on('consumer.group_join', (event) => this.joined(event));
    try {
      await consumer.connect();
      if (this.cluster) await dismiss(this.cluster, groupId, formerMembers);
      await consumer.subscribe({ topics, fromBeginning: options.fromBeginning ?? true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: MOST_AT_ONCE,
        eachBatch: (payload) => {
          this.commitTo = payload.commitOffsetsIfNecessary;
          return this.handling.take(payload);
        },
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Finishes what is in hand, commits, leaves. */
  async stop(): Promise<void> {
    this.halt.abort();
    this.handling.stop();
    await this.handling.settled();
    await this.flush();
    await this.leave();
    this.end.resolve();
  }

  /** Commits what is done and not yet committed; what fails is tried again with the next. */
  async flush(): Promise<void> {
    await this.committing;
    await this.commitOnce();
  }

  /** Once for all that is done meanwhile, and again while the broker does not know it: an idle consumer needs no timer. */
  private commitSoon(): void {
    if (this.given.alone || this.leaving.signal.aborted) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.commitOnce().then(() => this.given.offsets.pending().length > 0 && this.commitSoon());
    }, COMMIT_EVERY_MS);
  }

  /** One commit at a time: whoever comes meanwhile waits for that one. */
  private commitOnce(): Promise<void> {
    this.committing ??= within(COMMIT_WITHIN_MS, this.commit()).finally(() => {
      this.committing = undefined;
    });
    return this.committing;
  }

  private async commit(): Promise<void> {
    const { alone, offsets, log, groupId, options } = this.given;
    const progress = alone ? [] : offsets.pending();
    if (progress.length === 0 || !this.commitTo) return;
    const { generation } = this;
    try {
      await options.beforeCommit?.();
      // Of another assignment by now: somebody else may be further on.
      if (generation !== this.generation) return;
      await this.commitTo({ topics: byTopic(progress) });
      offsets.committed(progress);
    } catch (error) {
      log.debug({ groupId, reason: reasonOf(error) }, 'a commit failed');
    }
  }

  /** Whether a handler is at work. */
  get busy(): boolean {
    return this.handling.busy;
  }

  /** Ends the session with an error. After a fault of ours, what other partitions have done is still committed. */
  fail(error: unknown): void {
    this.halt.abort();
    this.handling.stop();
    if (this.memberId !== undefined) this.given.formerMembers.add(this.memberId);
    this.end.reject(error);
    void (error instanceof Fault ? this.stop() : this.leave());
  }

  private async leave(): Promise<void> {
    const left = this.consumer.disconnect();
    this.leaving.abort();
    clearTimeout(this.timer);
    await within(LEAVE_MS, left);
  }

  private joined({ payload: { memberAssignment, memberId } }: ConsumerGroupJoinEvent): void {
    this.memberId = memberId;
    const { alone, offsets, log, groupId, options } = this.given;
    const places = Object.entries(memberAssignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    log.debug({ groupId, assigned: places.length }, 'assigned');
    this.generation += 1;
    this.handling.assigned(places.length);
    if (alone) this.seek(places.map((place) => ({ ...place, offset: offsets.nextOf(place) })));
    else offsets.clear();
    if (options.onAssigned) void this.prepareAssignment(places, options.onAssigned.bind(options));
    else this.given.onAssigned();
  }

  /** Nothing is fetched until the owner has said where to begin; heartbeats go on. */
  private async prepareAssignment(
    places: TopicPartition[],
    ask: NonNullable<ConsumeOptions['onAssigned']>,
  ): Promise<void> {
    const { generation } = this;
    const partitions = places.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
    this.consumer.pause(partitions);
    try {
      // What was begun before ends before its partition is given anew.
      await this.handling.settled();
      if (generation !== this.generation) return;
      const seeks = await ask(places);
      if (generation !== this.generation || this.halt.signal.aborted) return;
      this.seek(seeks);
      this.consumer.resume(partitions);
      this.given.onAssigned();
    } catch (error) {
      if (generation === this.generation) this.fail(error);
    }
  }

  private seek(places: (TopicPartition & { offset: string | undefined })[]): void {
    for (const { topic, partition, offset } of places) {
      if (offset !== undefined) this.consumer.seek({ topic, partition, offset });
    }
  }
}
