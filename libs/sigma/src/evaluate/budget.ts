/**
 * What matching may cost one owner of events: all expressions together, in a batch and in a minute. What has cost most
 * when the budget is used up is put aside for this owner alone, and tried again after a rest. A pause of the machine
 * costs nothing: the time a thread has worked is what counts where it can be had; elsewhere an overrun is believed only
 * when it happens twice, a second apart.
 */
import type { Search } from '../regex/search.js';

/** Something whose cost is watched: an expression of a rule set, or all of a set. */
export type Watched = {
  /** The expression; '' for all of a set. */
  source: string;
  search: Search;
  /** The rules that do not run while it is aside: ids, and places in their set. */
  ruleIds(): readonly string[];
  places(): ReadonlySet<number>;
};

/** Rules that run no more for this owner, or again. `atMs`: by `now`. */
export type BudgetNews = {
  state: 'aside' | 'back';
  ruleIds: readonly string[];
  pattern: string;
  reason: string;
  atMs: number;
};

export type BudgetOptions = {
  /** Milliseconds from any beginning, as fine as can be had. */
  wall: () => number;
  /** Milliseconds that this thread has worked, where that can be told. */
  cpu?: () => number;
  /** Epoch ms: says when a rest is over. */
  now: () => number;
  /** What all that is watched may take in a batch, and within a minute. */
  batchMs?: number;
  minuteMs?: number;
  /** How long what was put aside rests; it is back for good when it has run for as long again. */
  restMs?: number;
};

const DEFAULTS = { batchMs: 500, minuteMs: 3_000, restMs: 60_000 };
const MINUTE_MS = 60_000;
/** Without the thread's own time: so far apart are two overruns that are believed. */
const APART_MS = 1_000;
/** A test that takes longer by the wall may have been interrupted: it is measured by the thread's time from then on. */
const SUSPECT_MS = 1;
/** Of what was spent, this much may be left when the dearest are put aside. */
const LEFT = 0.5;

type Aside = { untilMs: number; reason: string };

export class Budget {
  private readonly options: BudgetOptions & typeof DEFAULTS;
  private since = -Infinity;
  private total = 0;
  private spent = new Map<Watched, number>();
  private suspects = new Set<Watched>();
  private readonly strikes = new Map<Watched, number>();
  private readonly resting = new Map<Watched, Aside>();
  /** Tried again, until when they must hold. */
  private readonly tried = new Map<Watched, Aside>();
  private untold: BudgetNews[] = [];

  constructor(options: BudgetOptions) {
    this.options = {
      ...DEFAULTS,
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    } as BudgetOptions & typeof DEFAULTS;
  }

  /** To be given with every event of a batch. */
  batch(): Meter {
    this.wake();
    return new Meter(this);
  }

  /** What was put aside and what is back since this was asked last. */
  news(): BudgetNews[] {
    this.wake();
    const news = this.untold;
    this.untold = [];
    return news;
  }

  /** Whether it may be forgotten: nothing rests, or waits to be told. */
  get isIdle(): boolean {
    return this.resting.size + this.tried.size + this.untold.length === 0;
  }

  /** Those that rest now. */
  get aside(): ReadonlyMap<Watched, unknown> {
    return this.resting;
  }

  /**
   * Does the work, and says what it took: the thread's time where it matters and can be had, else the wall's, which
   * `isSure` says.
   */
  measured<T>(what: Watched, work: () => T): { result: T; ms: number; isSure: boolean } {
    const { wall, cpu } = this.options;
    const clock = cpu && this.suspects.has(what) ? cpu : wall;
    const began = clock();
    const result = work();
    return { result, ms: clock() - began, isSure: clock !== wall };
  }

  /** @returns what was taken off the account because it was put aside, or is not believed */
  book(what: Watched, ms: number, isSure: boolean, inBatch: number): number {
    const { wall, cpu, batchMs, minuteMs } = this.options;
    if (cpu && !isSure && ms > SUSPECT_MS) {
      this.suspects.add(what);
      return ms;
    }
    const at = wall();
    if (at - this.since > MINUTE_MS) this.begin(at);
    this.spent.set(what, (this.spent.get(what) ?? 0) + ms);
    this.total += ms;
    if (inBatch + ms > batchMs) return this.cut(at, `tests took more than ${batchMs} ms of a batch`);
    return this.total > minuteMs ? this.cut(at, `tests took more than ${minuteMs} ms within a minute`) : 0;
  }

  private begin(at: number): void {
    this.since = at;
    this.total = 0;
    this.spent = new Map();
    this.suspects = new Set();
    for (const [what, struckAt] of this.strikes) if (at - struckAt > MINUTE_MS) this.strikes.delete(what);
  }

  /** The dearest first, until enough is left. */
  private cut(at: number, reason: string): number {
    const enough = this.total * LEFT;
    let taken = 0;
    for (const [what, ms] of [...this.spent].sort(([, a], [, b]) => b - a)) {
      if (this.total <= enough) break;
      this.spent.delete(what);
      this.total -= ms;
      taken += ms;
      if (this.isBelieved(what, at)) this.putAside(what, reason);
    }
    return taken;
  }

  private isBelieved(what: Watched, at: number): boolean {
    if (this.options.cpu) return true;
    const struckAt = this.strikes.get(what);
    if (struckAt === undefined || at - struckAt > MINUTE_MS) {
      this.strikes.set(what, at);
      return false;
    }
    return at - struckAt >= APART_MS;
  }

  private putAside(what: Watched, reason: string): void {
    const atMs = this.options.now();
    this.resting.set(what, { untilMs: atMs + this.options.restMs, reason });
    this.strikes.delete(what);
    if (this.tried.delete(what)) return;
    this.untold.push({ state: 'aside', ruleIds: what.ruleIds(), pattern: what.source, reason, atMs });
  }

  /** What has rested is tried again; what has held is back. */
  private wake(): void {
    if (this.resting.size + this.tried.size === 0) return;
    const atMs = this.options.now();
    for (const [what, { untilMs }] of this.tried) {
      if (atMs < untilMs) continue;
      this.tried.delete(what);
      this.untold.push({ state: 'back', ruleIds: what.ruleIds(), pattern: what.source, reason: '', atMs });
    }
    for (const [what, { untilMs, reason }] of this.resting) {
      if (atMs < untilMs) continue;
      this.resting.delete(what);
      this.tried.set(what, { untilMs: atMs + this.options.restMs, reason });
    }
  }
}

/** The account of one batch. */
export class Meter {
  private inBatch = 0;
  /** Ever booked, whatever was taken off again. */
  private booked = 0;

  constructor(private readonly budget: Budget) {}

  /** Whether nothing rests. */
  get isClear(): boolean {
    return this.budget.aside.size === 0;
  }

  isAside(what: Watched): boolean {
    return this.budget.aside.has(what);
  }

  /** Whether a rule of the set these belong to rests, by its place. */
  restingPlaces(of: ReadonlySet<Watched>): (place: number) => boolean {
    const resting = [...this.budget.aside.keys()].filter((what) => of.has(what)).map((what) => what.places());
    return (place) => resting.some((places) => places.has(place));
  }

  search(what: Watched, text: string): boolean {
    if (this.isAside(what)) return false;
    return this.watch(what, () => what.search(text));
  }

  /** Does the work; what was booked in between is not counted again. */
  watch<T>(what: Watched, work: () => T): T {
    const before = this.booked;
    const { result, ms, isSure } = this.budget.measured(what, work);
    this.book(what, Math.max(0, ms - (this.booked - before)), isSure);
    return result;
  }

  private book(what: Watched, ms: number, isSure: boolean): void {
    this.booked += ms;
    const taken = this.budget.book(what, ms, isSure, this.inBatch);
    this.inBatch = Math.max(0, this.inBatch + ms - taken);
  }
}
