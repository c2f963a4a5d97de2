import type { EachBatchPayload } from 'kafkajs';
import { Fault, reasonOf } from './errors.js';
import { persist } from './persist.js';
import {
  beats,
  keyOf,
  laneOf,
  readableOf,
  type FetchedBatch,
  type HandlingSetup,
  type Messages,
} from './fetched-batch.js';
import type { TopicPartition } from './port.js';
import { parts, recordsIn } from './records.js';
import { Turns, type Slice } from './turns.js';
import { deferred, within } from './delays.js';

const HEARTBEAT_MS = 3_000;
const MOST_RECORDS = 500;
const MOST_BYTES = 2 * 1024 * 1024;
/** How long the next fetch waits for a partition; one that takes longer is left out of it. */
const TOGETHER_MS = 200;
/** How often the group is told that all partitions still have enough to do. */
const ROOM_MS = 500;
/** Bytes held of partitions that were left behind; beyond, the next fetch waits for them after all. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;
/** Slices of a partition still to do while more of it is fetched. */
const AHEAD = 2;

/**
 * Handles what was fetched, in turns (see Turns). The client fetches the next only when it is told that one fetch is
 * handled: here that is when most of it has begun, or after a moment; then a partition that has more to do is left out
 * of the next and goes on by itself. Slices of a partition count as done in their order, whichever ends first.
 */
export class BatchHandling {
  private readonly turns: Turns;
  private readonly held = new Set<FetchedBatch>();
  private readonly paused = new Map<string, TopicPartition>();
  /** Of each partition the last slice that has begun: whether it is done. */
  private readonly tails = new Map<string, Promise<boolean>>();
  private room = deferred();
  private assignedPlaces = 0;
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

  /** Another assignment of so many partitions: what has not begun will come again, to whom it belongs now. */
  assigned(places: number): void {
    this.generation += 1;
    this.assignedPlaces = places;
    this.tails.clear();
    this.dropAll();
    this.held.clear();
    for (const place of this.paused.values()) this.given.resume(place);
    this.paused.clear();
    this.tellRoom();
  }

  /** Nothing more begins. */
  stop(): void {
    this.dropAll();
    this.tellRoom();
  }

  private dropAll(): void {
    this.turns.drop();
    for (const { ready, over } of this.held) {
      ready.resolve();
      over.resolve();
    }
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
      ...{ payload, place, bytes, lane: laneOf(place), left: cut.length, unsent: cut.length },
      ...{ generation: this.generation, ready: deferred(), over: deferred() },
    };
    const mayBeLeft = Math.min(AHEAD, cut.length - 1);
    this.held.add(lot);
    this.turns.add(
      lot.lane,
      keyOf(place),
      cut.map((part) => this.sliceOf(lot, part, mayBeLeft)),
    );
    if (this.heldBytes() > MOST_HELD_BYTES) await lot.over.promise;
    else await within(TOGETHER_MS, lot.ready.promise);
    if (this.isGone(lot)) return;
    // The client goes on behind it; whoever reads anew begins at what is committed.
    payload.resolveOffset(batch.lastOffset());
    this.hold(lot);
    await this.haveRoom(lot);
  }

  /** Some partition may be fetched: the client, asked for none, would sleep although one has room soon. */
  private async haveRoom(lot: FetchedBatch): Promise<void> {
    while (this.paused.size >= this.assignedPlaces && !this.isGone(lot)) {
      await within(ROOM_MS, this.room.promise);
      if (!(await beats(lot.payload))) return;
    }
  }

  private tellRoom(): void {
    this.room.resolve();
    this.room = deferred();
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
    this.tellRoom();
  }

  private isGone({ payload, generation }: FetchedBatch): boolean {
    return generation !== this.generation || this.given.signal.aborted || !payload.isRunning() || payload.isStale();
  }

  private sliceOf(lot: FetchedBatch, messages: Messages, mayBeLeft: number): Slice {
    const key = keyOf(lot.place);
    return async (goOn) => {
      if (this.isGone(lot)) return lot.over.resolve();
      this.unhold(lot);
      let isSent = false;
      const sent = (): void => {
        if (isSent) return;
        isSent = true;
        lot.unsent -= 1;
        if (lot.unsent <= mayBeLeft) lot.ready.resolve();
        goOn();
      };
      const before = this.tails.get(key) ?? Promise.resolve(true);
      const own = this.attempt(lot, messages, sent, before).finally(sent);
      const done = Promise.all([before, own]).then((both) => both.every(Boolean));
      this.tails.set(key, done);
      this.tally(lot, messages, await done);
    };
  }

  /** What a slice that has ended means for its lot. */
  private tally(lot: FetchedBatch, messages: Messages, isDone: boolean): void {
    if (!isDone) return lot.over.resolve();
    lot.left -= 1;
    this.done(lot, lot.left === 0 ? lot.payload.batch.lastOffset() : (messages[messages.length - 1]?.offset ?? '0'));
    if (lot.left > 0) return;
    this.held.delete(lot);
    lot.over.resolve();
  }

  private done({ place, payload: { batch }, generation }: FetchedBatch, last: string): void {
    if (generation !== this.generation) return;
    if (this.given.options.commits !== 'manual') this.given.offsets.note({ ...place, next: String(BigInt(last) + 1n) });
    this.given.onProgress(place, Math.max(0, Number(BigInt(batch.highWatermark) - BigInt(last) - 1n)));
  }

  private attempt(lot: FetchedBatch, messages: Messages, goOn: () => void, before: Promise<boolean>): Promise<boolean> {
    return this.finish(lot, messages, goOn, before).catch((error: unknown) => {
      this.given.fail(error instanceof Fault ? error : new Fault(reasonOf(error), { cause: error }));
      return false;
    });
  }

  /** @returns false when the slice must not count as done: it will come again, here or elsewhere. */
  private async finish(
    lot: FetchedBatch,
    messages: Messages,
    goOn: () => void,
    before: Promise<boolean>,
  ): Promise<boolean> {
    const { payload, place } = lot;
    const { options, log, groupId, prepare, onTrouble, signal } = this.given;
    const heartbeat = async (): Promise<void> => void (await beats(payload));
    const beat = setInterval(() => void heartbeat(), HEARTBEAT_MS);
    const done = (offset: string): void => void before.then((isDone) => isDone && this.done(lot, offset));
    const records = recordsIn(messages);
    const work = async (): Promise<void> => {
      const readable = await readableOf(this.given, place, records);
      if (readable.length === 0) return;
      await prepare(readable);
      await options.handle({ ...place, records: readable, heartbeat, done, goOn });
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
}
