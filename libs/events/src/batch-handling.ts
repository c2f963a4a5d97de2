import type { EachBatchPayload } from 'kafkajs';
import { Fault, reasonOf } from './errors.js';
import type { Offsets } from './offsets.js';
import { persist } from './persist.js';
import type { Batch, ConsumeOptions, InRecord, KafkaLog, TopicPartition } from './port.js';
import { parts, toInRecord, unreadableOf } from './records.js';
import { Turns, type Slice } from './turns.js';
import { deferred, within, type Deferred } from './delays.js';

const HEARTBEAT_MS = 3_000;
const MOST_RECORDS = 500;
const MOST_BYTES = 2 * 1024 * 1024;
/** How long the next fetch waits for a partition; one that takes longer is left out of it. */
const TOGETHER_MS = 200;
/** Bytes held of partitions that were left behind; beyond, the next fetch waits for them after all. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;
/** Slices of a partition still to do while more of it is fetched. */
const AHEAD = 2;

export interface HandlingSetup {
  options: ConsumeOptions;
  offsets: Offsets;
  log: KafkaLog;
  groupId: string;
  signal: AbortSignal;
  /** Before a batch is handled: schemas it needs are learned. */
  prepare(records: InRecord[]): Promise<void>;
  onProgress(place: TopicPartition, behind: number): void;
  onTrouble(reason: string | undefined): void;
  fail(error: unknown): void;
  /** Leaves a partition out of what is fetched, or takes it in again. */
  pause(place: TopicPartition): void;
  resume(place: TopicPartition): void;
}

/** What one fetch brought of a partition. */
interface FetchedBatch {
  payload: EachBatchPayload;
  place: TopicPartition;
  lane: string;
  /** Slices of it that are done, in order; all of them: the lot is done. */
  left: number;
  bytes: number;
  generation: number;
  over: Deferred;
}

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** A partner's topic belongs to the lane of its tenant; of other topics each partition is one. */
const laneOf = (place: TopicPartition): string =>
  place.topic.startsWith('ingest.') ? `tenant ${place.topic.split('.')[1] ?? ''}` : keyOf(place);

/**
 * Handles what was fetched, in turns (see Turns). The client fetches the next only when all of one fetch is done: here
 * it waits a moment, then a partition that is not done is left out and goes on by itself.
 */
export class BatchHandling {
  private readonly turns: Turns;
  private readonly held = new Set<FetchedBatch>();
  private readonly paused = new Map<string, TopicPartition>();
  private generation = 0;

  constructor(private readonly given: HandlingSetup) {
    this.turns = new Turns(given.options.concurrency ?? 4);
  }

  get busy(): boolean {
    return this.turns.busy;
  }

  settled(): Promise<void> {
    return this.turns.settled();
  }

  /** Another assignment: what has not begun will come again, to whom it belongs now. */
  assigned(): void {
    this.generation += 1;
    this.turns.drop();
    for (const lot of this.held) lot.over.resolve();
    this.held.clear();
    for (const place of this.paused.values()) this.given.resume(place);
    this.paused.clear();
  }

  /** Nothing more begins. */
  stop(): void {
    this.turns.drop();
    for (const lot of this.held) lot.over.resolve();
  }

  /** For the client: resolves when the next fetch may go out. */
  async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const place = { topic: batch.topic, partition: batch.partition };
    this.given.onProgress(place, Number(batch.offsetLagLow()));
    const { maxRecords = MOST_RECORDS, maxBytes = MOST_BYTES } = this.given.options;
    const cut = parts(batch.messages, maxRecords, maxBytes);
    const bytes = batch.messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    const lot: FetchedBatch = {
      payload,
      place,
      lane: laneOf(place),
      left: cut.length,
      bytes,
      generation: this.generation,
      over: deferred(),
    };
    this.held.add(lot);
    this.turns.add(
      lot.lane,
      keyOf(place),
      cut.map((part) => this.sliceOf(lot, part)),
    );
    await within(this.heldBytes() > MOST_HELD_BYTES ? 2 ** 31 - 1 : TOGETHER_MS, lot.over.promise);
    if (this.isGone(lot)) return;
    // The client goes on behind it; whoever reads anew begins at what is committed.
    payload.resolveOffset(batch.lastOffset());
    this.hold(lot);
  }

  private heldBytes(): number {
    return [...this.held].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private hold({ place, lane, left }: FetchedBatch): void {
    const key = keyOf(place);
    if (left === 0 || this.paused.has(key) || this.turns.queued(lane, key) <= AHEAD) return;
    this.paused.set(key, place);
    this.given.pause(place);
  }

  private unhold({ place, lane }: FetchedBatch): void {
    const key = keyOf(place);
    if (!this.paused.has(key) || this.turns.queued(lane, key) > AHEAD) return;
    this.paused.delete(key);
    this.given.resume(place);
  }

  private isGone({ payload, generation }: FetchedBatch): boolean {
    return generation !== this.generation || this.given.signal.aborted || !payload.isRunning() || payload.isStale();
  }

  private sliceOf(lot: FetchedBatch, messages: EachBatchPayload['batch']['messages']): Slice {
    return async () => {
      if (this.isGone(lot)) return lot.over.resolve();
      this.unhold(lot);
      const done = await this.finish(lot, messages).catch((error: unknown) => {
        this.given.fail(error instanceof Fault ? error : new Fault(reasonOf(error), { cause: error }));
        return false;
      });
      if (!done) return lot.over.resolve();
      lot.left -= 1;
      this.done(lot, lot.left === 0 ? lot.payload.batch.lastOffset() : (messages[messages.length - 1]?.offset ?? '0'));
      if (lot.left > 0) return;
      this.held.delete(lot);
      lot.over.resolve();
    };
  }

  private done({ place, payload: { batch }, generation }: FetchedBatch, last: string): void {
    if (generation !== this.generation) return;
    if (this.given.options.commits !== 'manual') this.given.offsets.note({ ...place, next: String(BigInt(last) + 1n) });
    this.given.onProgress(place, Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(last) - 1n)));
  }

  /** @returns false when the slice must not count as done: it will come again, here or elsewhere. */
  private async finish(lot: FetchedBatch, messages: EachBatchPayload['batch']['messages']): Promise<boolean> {
    const { payload, place } = lot;
    const { options, log, groupId, prepare, onTrouble, signal } = this.given;
    const heartbeat = (): Promise<void> => payload.heartbeat().catch(() => undefined);
    const beat = setInterval(() => void heartbeat(), HEARTBEAT_MS);
    const done = (offset: string): void => this.done(lot, offset);
    const records = messages.map((message) => toInRecord(place, message));
    const work = async (): Promise<void> => {
      const readable = await this.setAside(place, messages, records);
      if (readable.length === 0) return;
      await prepare(readable);
      await options.handle({ ...place, records: readable, heartbeat, done });
    };
    try {
      const finished = await persist(work, {
        patienceMs: options.patienceMs ?? 120_000,
        signal,
        abandoned: () => this.isGone(lot),
        onFailure: (error, attempt) => {
          onTrouble(`the handler of ${place.topic} failed: ${reasonOf(error)}`);
          log.warn(
            { groupId, ...place, offset: records[0]?.offset, attempt, reason: reasonOf(error) },
            'a handler failed',
          );
        },
      });
      if (finished) onTrouble(undefined);
      return finished;
    } finally {
      clearInterval(beat);
    }
  }

  /** @returns the records that could be unpacked. */
  private async setAside(
    place: TopicPartition,
    messages: EachBatchPayload['batch']['messages'],
    records: Batch['records'],
  ): Promise<Batch['records']> {
    const found = messages.flatMap((message) => unreadableOf(place, message) ?? []);
    if (found.length === 0) return records;
    for (const record of found) {
      if (this.given.options.unreadable) await this.given.options.unreadable(record);
      else
        this.given.log.error(
          { ...place, offset: record.offset, ...record.unreadable },
          'records that cannot be unpacked were left out',
        );
    }
    const offsets = new Set(found.map(({ offset }) => offset));
    return records.filter(({ offset }) => !offsets.has(offset));
  }
}
