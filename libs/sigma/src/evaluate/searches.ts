import type { Meter, Watched } from './budget.js';
import type { Expression } from '../rule/expression.js';
import { compileRegex, type Search } from '../regex/search.js';

type RulesSearched = readonly { rule: { id: string }; condition: Expression }[];

/** The expressions of a rule set, each compiled once, and watched while there is somebody to account to. */
export class Searches {
  /** Whose events are at hand. */
  meter: Meter | undefined;
  /** Everything of this set that may be put aside. */
  readonly watched = new Set<Watched>();
  private readonly known = new Map<string, Search>();
  private holders: ReadonlyMap<string, ReadonlySet<number>> | undefined;

  constructor(private readonly rules: () => RulesSearched = () => []) {}

  of(source: string, flags: string): Search {
    const key = keyOf(source, flags);
    const before = this.known.get(key);
    if (before) return before;
    const what = this.watch(source, compileRegex(source, flags), () => this.holdersOf(key));
    const search: Search = (text) => (this.meter ? this.meter.search(what, text) : what.search(text));
    this.known.set(key, search);
    return search;
  }

  /** All rules together. */
  whole(): Watched {
    return this.watch(
      '',
      () => false,
      () => new Set(this.rules().keys()),
    );
  }

  private watch(source: string, search: Search, places: () => ReadonlySet<number>): Watched {
    const what: Watched = {
      source,
      search,
      places,
      ruleIds: () => [...places()].map((place) => this.rules()[place]!.rule.id),
    };
    this.watched.add(what);
    return what;
  }

  /** Looked for once: conditions kept from an earlier start are read for it. */
  private holdersOf(key: string): ReadonlySet<number> {
    this.holders ??= holdersIn(this.rules());
    return this.holders.get(key) ?? new Set();
  }
}

const keyOf = (source: string, flags: string): string => `${flags}/${source}`;

const holdersIn = (rules: RulesSearched): ReadonlyMap<string, ReadonlySet<number>> => {
  const holders = new Map<string, Set<number>>();
  const look = (expression: Expression, place: number): void => {
    if (expression.kind === 'not') return look(expression.of, place);
    if (expression.kind !== 'test') return expression.of.forEach((part) => look(part, place));
    if (expression.test.kind !== 'regex') return undefined;
    const key = keyOf(expression.test.source, expression.test.flags);
    const places = holders.get(key);
    if (places) places.add(place);
    else holders.set(key, new Set([place]));
    return undefined;
  };
  for (const [place, { condition }] of rules.entries()) look(condition, place);
  return holders;
};
