/** The pulling of one source by this instance: where it is, and what it does next. */
import type { PullRequest } from '#contracts';
import { createByteHttp, createEgress, SecretMissing, type KeptSecret } from '#libs/outbound';
import type { PullFold } from '#libs/terms';
import {
  PullTrouble,
  type PullAnswer,
  type PullAsk,
  type PullCredential,
  type Puller,
  type PullPage,
  type PullPlace,
} from '../../pulls/puller.js';
import { passes, type PullPass } from './credentials.js';
import { waitMs } from './waits.js';
import { askedOnce, MOST_ANSWER_BYTES, refusalOf } from './ways.js';

/** What a pull stands on. */
export interface PullPorts {
  /** The source's tenant's. @throws SecretMissing */
  secret(ref: string): KeptSecret;
  allow: readonly string[];
  /** Reads of the tenant's folders. @throws PullTrouble */
  folder(url: string): Promise<PullAnswer>;
  now(): number;
  /** Appends to the source's ingest topic; resolves when the broker has all. */
  append(events: Iterable<Buffer>, enveloped: boolean): Promise<void>;
  /** Asks of our own stream. */
  ask(request: PullRequest): Promise<void>;
}

/** After a fault of ours, such as a broker that is away. */
const OURS_MS = 5_000;
const PASS_MARGIN_MS = 60_000;
/** A cursor that moved without events is told so often. */
const TELL_AFTER_MS = 15 * 60_000;
/** Refused for good, or three times in a row: then it is said. A rate limit is none, for a while. */
const TELL_AT: Readonly<Record<string, number>> = {
  NO_ANSWER: 3,
  BAD_ANSWER: 3,
  REFUSED: 3,
  NOT_FOUND: 2,
  RATE_LIMITED: 20,
};
/** An answer that cannot be read is left out after as many tries, where the vendor has others behind it. */
const BAD_ANSWERS = 5;
const MOST_CURSOR_CHARACTERS = 64 * 1024;

const countedInto = function* (taken: { events: number; bytes: number }, events: Iterable<Buffer>): Generator<Buffer> {
  for (const event of events) {
    taken.events += 1;
    taken.bytes += event.length;
    yield event;
  }
};

/** One source, pulled step by step. */
export class SourcePull {
  private readonly place: PullPlace;
  private cursor: unknown;
  private pass: PullPass | undefined;
  private failures = 0;
  /** Of the same answer, one after the other. */
  private badAnswers = 0;
  private told: string | undefined;
  private toldAt: number;
  /** Appended, and not told yet. */
  private untold = { events: 0, bytes: 0, reachedAt: 0 };
  /** Its next turn, epoch ms. */
  nextAt = 0;

  constructor(
    private readonly puller: Puller,
    readonly fold: PullFold,
    readonly run: number,
    private readonly ports: PullPorts,
  ) {
    this.place = { settings: fold.settings, since: fold.since };
    const now = ports.now();
    this.cursor = fold.cursor === null ? puller.first(this.place, now) : (JSON.parse(fold.cursor) as unknown);
    this.told = fold.failing?.code;
    this.toldAt = now;
  }

  /** One step. @returns whether the next may follow at once. */
  async step(signal: AbortSignal): Promise<boolean> {
    try {
      const page = await this.page(signal);
      [this.failures, this.badAnswers] = [0, 0];
      if (page) {
        await this.keep(page);
        await this.recovered();
      }
      const isOver = !page?.more;
      this.nextAt = this.ports.now() + (isOver ? this.puller.everyMs : 0);
      return !isOver;
    } catch (error) {
      this.nextAt = this.ports.now() + OURS_MS;
      if (!(error instanceof PullTrouble)) throw error;
      if (!signal.aborted) await this.failed(error);
      return false;
    }
  }

  private async page(signal: AbortSignal): Promise<PullPage<unknown> | undefined> {
    const { puller, place, ports } = this;
    const ask = puller.ask(place, this.cursor, ports.now());
    if (!ask) return undefined;
    try {
      return await this.read(ask, signal);
    } catch (error) {
      const page =
        error instanceof PullTrouble && this.isHopeless(error) && puller.leaveOut?.(place, this.cursor, error);
      if (page) return page;
      throw error;
    }
  }

  /** Whether asking again brings nothing else: it is too large, or cannot be read time after time. */
  private isHopeless({ code }: PullTrouble): boolean {
    this.badAnswers = code === 'BAD_ANSWER' ? this.badAnswers + 1 : 0;
    return code === 'ANSWER_TOO_LARGE' || this.badAnswers >= BAD_ANSWERS;
  }

  private async read(ask: PullAsk, signal: AbortSignal): Promise<PullPage<unknown>> {
    const { puller, place, ports } = this;
    const answer = await this.answered(ask, signal);
    const now = ports.now();
    if (answer.status >= 200 && answer.status < 300) return puller.read(place, this.cursor, answer, now);
    const around = puller.around?.(place, this.cursor, answer, now);
    if (around) return around;
    throw refusalOf(answer, puller.retryAt?.(answer, now), now);
  }

  /** With a pass that holds; one that the vendor does not take any more is made anew, once. */
  private async answered(ask: PullAsk, signal: AbortSignal): Promise<PullAnswer> {
    const { credential } = this.puller;
    if (credential === null) return this.ports.folder(ask.url);
    const { secret, origins } = this.secret();
    const base = new URL(this.place.settings.baseUrl);
    const http = createByteHttp(createEgress({ origins, allow: this.ports.allow }), MOST_ANSWER_BYTES);
    const url = new URL(ask.url, base);
    // A link of the vendor's leads nowhere but to the vendor.
    if (url.origin !== base.origin)
      throw new PullTrouble('BAD_ANSWER', 'the vendor leads to another address, which is not followed');
    const full = { ...ask, url: url.href };
    for (let again = true; ; again = false) {
      const pass = await this.passFor(credential, secret, (other) => askedOnce(http, other, signal));
      const headers = { ...ask.headers, ...(await pass.headersFor(full, this.ports.now())) };
      const answer = await askedOnce(http, { ...full, headers }, signal);
      if (answer.status !== 401 || !again) return answer;
      this.pass = undefined;
    }
  }

  private secret(): KeptSecret {
    try {
      return this.ports.secret(this.place.settings.secretRef);
    } catch (error) {
      if (error instanceof SecretMissing) throw new PullTrouble('NO_SECRET', error.message);
      throw error;
    }
  }

  private async passFor(
    credential: PullCredential,
    secret: string,
    exchange: (ask: PullAsk) => Promise<PullAnswer>,
  ): Promise<PullPass> {
    const now = this.ports.now();
    if (!this.pass || this.pass.expiresAt - PASS_MARGIN_MS <= now)
      this.pass = await passes[credential]({ place: this.place, secret, now, exchange });
    return this.pass;
  }

  /** First the events, then the cursor: what is between the two comes again after a crash, and is never left out. */
  private async keep({ events, enveloped = false, cursor, reachedAt }: PullPage<unknown>): Promise<void> {
    const taken = { events: 0, bytes: 0 };
    await this.ports.append(countedInto(taken, events), enveloped);
    this.cursor = cursor;
    const { untold } = this;
    untold.events += taken.events;
    untold.bytes += taken.bytes;
    untold.reachedAt = Math.max(untold.reachedAt, reachedAt ?? 0);
    if (untold.events > 0 || this.ports.now() - this.toldAt >= TELL_AFTER_MS) await this.tell();
  }

  private async tell(): Promise<void> {
    const { run, fold, untold } = this;
    const cursor = JSON.stringify(this.cursor);
    if (cursor.length > MOST_CURSOR_CHARACTERS)
      throw new PullTrouble('BAD_ANSWER', 'where to go on at the vendor is longer than is kept');
    const counts = { ...untold, reachedAt: untold.reachedAt || null };
    await this.ports.ask({ type: 'pull.advance', source: fold.source, run, cursor, ...counts });
    this.untold = { events: 0, bytes: 0, reachedAt: 0 };
    this.toldAt = this.ports.now();
  }

  private async recovered(): Promise<void> {
    if (this.told === undefined) return;
    await this.ports.ask({ type: 'pull.record-recovery', source: this.fold.source, run: this.run });
    this.told = undefined;
  }

  private async failed({ code, message: sentence, retryAt }: PullTrouble): Promise<void> {
    this.failures += 1;
    const now = this.ports.now();
    this.nextAt = waitMs(this.failures, now, retryAt) + now;
    if (this.told === code || this.failures < (TELL_AT[code] ?? 1)) return;
    await this.ports.ask({ type: 'pull.record-failure', source: this.fold.source, run: this.run, code, sentence });
    this.told = code;
  }
}
