import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { positionWithoutGroup, existingTopics } from './partition-ranges.js';
import { Fault, reasonOf } from './errors.js';
import { Offsets } from './offsets.js';
import { openOwnTime } from './own-time.js';
import type { ConsumeOptions, Consumption, ConsumptionHealth, InRecord, KafkaLog, PartitionProgress } from './port.js';
import { ConsumerSession } from './session.js';
import { backoffMs, deferred, pause, within } from './delays.js';

/** Of the process's own time (see openOwnTime), as the patience with what fails is. */
const ALIVE_MS = 60_000;
/** The same; longer than a group may take to gather its members (60 s). */
const SILENT_MS = 90_000;
const WATCH_MS = 5_000;
const STOP_MS = 10_000;

export interface ConsumptionSetup {
  kafka: Kafka;
  clientId: string;
  log: KafkaLog;
  prepare(records: InRecord[]): Promise<void>;
}

/** Reads through one session after the other: a new one after a crash, and when the list of topics has changed. */
export class KafkaConsumption implements Consumption {
  private readonly groupId: string;
  private readonly alone: boolean;
  private readonly offsets = new Offsets();
  private readonly formerMembers = new Set<string>();
  private readonly readiness = deferred();
  private readonly halt = new AbortController();
  private readonly lags = new Map<string, number>();
  private readonly patienceMs: number;
  /** Resolves when nothing is read any more. */
  readonly over: Promise<void>;
  private session: ConsumerSession | undefined;
  private subscribed = '';
  private refreshing = false;
  private ends: PartitionProgress[] | undefined;
  private lastPollAt = Date.now();
  private readonly ownTime = openOwnTime(WATCH_MS);
  /** Own time without a sign of life, and since it fails. */
  private silentMs = 0;
  private failingMs: number | undefined;
  private down: string | undefined;
  private trouble: string | undefined;
  private fault: Fault | undefined;

  constructor(
    private readonly given: ConsumptionSetup,
    private readonly options: ConsumeOptions,
  ) {
    this.alone = options.groupId === undefined;
    this.groupId = options.groupId ?? `vigie.${given.clientId}.alone.${randomUUID()}`;
    this.patienceMs = options.patienceMs ?? 120_000;
    this.over = this.run();
  }

  ready(): Promise<void> {
    return this.readiness.promise;
  }

  async commit(offsets: PartitionProgress[]): Promise<void> {
    if (this.alone) throw new Fault('a consumption without a group has nothing to commit to');
    for (const progress of offsets) this.offsets.note(progress);
    await this.session?.flush();
  }

  health(): ConsumptionHealth {
    const lag = [...this.lags.values()].reduce((sum, behind) => sum + behind, 0);
    const crashed = this.fault?.message ?? this.down ?? this.trouble;
    const ok = !this.fault && this.silentMs < ALIVE_MS;
    return { ok, lastPollAt: this.lastPollAt, lag, ...(crashed === undefined ? {} : { crashed }) };
  }

  async stop(): Promise<void> {
    this.halt.abort();
    await this.session?.stop();
    await within(STOP_MS, this.over);
    this.readiness.reject(new Fault('stopped before it was ready'));
  }

  private async run(): Promise<void> {
    const refresh =
      typeof this.options.topics === 'function'
        ? setInterval(() => void this.refresh(), this.options.refreshMs ?? 5_000)
        : undefined;
    const watch = setInterval(() => this.watch(), WATCH_MS);
    for (let attempt = 0; !this.halt.signal.aborted && !this.fault; attempt++) {
      try {
        await this.live();
      } catch (error) {
        this.crashed(error);
        if (!this.fault) await pause(backoffMs(attempt), this.halt.signal);
      }
      if (this.failingMs === undefined) attempt = 0;
    }
    clearInterval(refresh);
    clearInterval(watch);
  }

  /** The client may hang without a crash: a session that shows no sign of life is replaced. */
  private watch(): void {
    this.turn();
    if (!this.session || this.session.busy || this.silentMs < SILENT_MS) return;
    this.silentMs = 0;
    this.session.fail(new Error(`no sign of life for ${SILENT_MS / 1_000} s of its own time`));
  }

  private turn(): void {
    const own = this.ownTime();
    this.silentMs += own;
    if (this.failingMs !== undefined) this.failingMs += own;
  }

  /** One session with the topics of this moment; returns when it was stopped. */
  private async live(): Promise<void> {
    const topics = await this.topics();
    this.subscribed = topics.join();
    if (topics.length === 0) {
      this.readiness.resolve();
      this.sign();
      return pause(this.options.refreshMs ?? 5_000, this.halt.signal);
    }
    if (this.alone) await this.begin(topics);
    if (this.halt.signal.aborted) return;
    const session = new ConsumerSession({
      ...this.given,
      groupId: this.groupId,
      alone: this.alone,
      topics,
      options: this.options,
      offsets: this.offsets,
      formerMembers: this.formerMembers,
      onAssigned: () => {
        if (!this.alone) this.readiness.resolve();
      },
      onSign: () => this.sign(),
      onProgress: ({ topic, partition }, behind) => {
        this.lags.set(`${topic}/${partition}`, behind);
        this.sign();
        this.caughtUp();
      },
      onTrouble: (reason) => {
        this.trouble = reason;
      },
    });
    this.session = session;
    this.lags.clear();
    void session.start();
    await session.ended;
  }

  /** A list given by a function may be ahead of what exists; a fixed one is waited for. */
  private async topics(): Promise<string[]> {
    const { topics } = this.options;
    const names = typeof topics === 'function' ? await existingTopics(this.given.kafka, await topics()) : topics;
    return [...new Set(names)].sort();
  }

  /** A topic that appears later is read from its beginning: it is younger than this reading. */
  private async begin(topics: string[]): Promise<void> {
    const fromBeginning = this.ends !== undefined || (this.options.fromBeginning ?? true);
    const ends = await positionWithoutGroup(this.given.kafka, topics, this.offsets, fromBeginning);
    this.ends ??= ends;
    this.caughtUp();
  }

  private caughtUp(): void {
    if (this.ends && this.offsets.reached(this.ends)) this.readiness.resolve();
  }

  private async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      const topics = (await this.topics()).join();
      if (topics === this.subscribed || this.halt.signal.aborted) return;
      this.given.log.info({ groupId: this.groupId, topics }, 'the list of topics changed');
      await this.session?.stop();
    } catch (error) {
      this.given.log.debug({ groupId: this.groupId, reason: reasonOf(error) }, 'the list of topics cannot be had');
    } finally {
      this.refreshing = false;
    }
  }

  private sign(): void {
    this.lastPollAt = Date.now();
    this.silentMs = 0;
    this.failingMs = undefined;
    this.down = undefined;
  }

  private crashed(error: unknown): void {
    const { log } = this.given;
    this.down = reasonOf(error);
    this.turn();
    this.failingMs ??= 0;
    log.warn({ groupId: this.groupId, reason: this.down }, 'the consumer crashed, a new one follows');
    if (!(error instanceof Fault) && this.failingMs < this.patienceMs) return;
    this.fault =
      error instanceof Fault
        ? error
        : new Fault(`the group ${this.groupId} cannot be read: ${reasonOf(error)}`, { cause: error });
    log.error({ groupId: this.groupId, reason: this.fault.message }, 'reading ended by a fault');
    this.readiness.reject(this.fault);
    this.options.onFault?.(this.fault);
  }
}
