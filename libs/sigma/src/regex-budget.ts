import { compileRegex, type Search } from './regex.js';
import type { RegexBudget } from './types.js';

/** An expression that outran its budget. */
export type Overrun = { source: string; flags: string; reason: string; atMs: number };

const DEFAULTS = { testMs: 1_000, freeMs: 1, spentMs: 2_000, windowMs: 60_000 };

/** The expressions of a rule set, each compiled once, and watched when there is a budget: one that overruns it finds nothing any more. */
export class Searches {
  private readonly known = new Map<string, Search>();

  constructor(private readonly budget?: RegexBudget, private readonly overrun: (what: Overrun) => void = () => undefined) {}

  of(source: string, flags: string): Search {
    const key = `${flags}/${source}`;
    let search = this.known.get(key);
    if (!search) {
      search = this.watched(source, flags);
      this.known.set(key, search);
    }
    return search;
  }

  private watched(source: string, flags: string): Search {
    const search = compileRegex(source, flags);
    if (!this.budget) return search;
    const { clock, ...limits } = { ...DEFAULTS, ...this.budget };
    const account = new Spent(limits);
    let active: Search | undefined = search;
    return (text) => {
      if (!active) return false;
      const began = clock();
      const found = active(text);
      const atMs = clock();
      const reason = account.book(atMs - began, atMs);
      if (reason !== undefined) {
        active = undefined;
        this.overrun({ source, flags, reason, atMs });
      }
      return found;
    };
  }
}

class Spent {
  private since = -Infinity;
  private spent = 0;

  constructor(private readonly limits: typeof DEFAULTS) {}

  /** Why no more may be spent, when that is so. */
  book(tookMs: number, atMs: number): string | undefined {
    const { testMs, freeMs, spentMs, windowMs } = this.limits;
    if (tookMs <= freeMs) return undefined;
    if (atMs - this.since > windowMs) [this.since, this.spent] = [atMs, 0];
    this.spent += tookMs - freeMs;
    if (tookMs > testMs) return `one test of a regular expression took ${Math.round(tookMs)} ms, more than ${testMs} ms`;
    return this.spent > spentMs ? `tests of a regular expression took ${Math.round(this.spent)} ms within ${windowMs / 1000} s, more than ${spentMs} ms` : undefined;
  }
}
