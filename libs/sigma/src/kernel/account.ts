/** What running one rule has cost so far. `place`: where it stands among all rules. */
export type Account = { place: number; runs: number; matches: number; ms: number };

/** Keeps account of rules by a clock that its owner gives it. */
export class Accounts {
  private readonly byPlace = new Map<number, Account>();

  constructor(private readonly clock: () => number) {}

  /** Runs a rule and books it. */
  book(place: number, accepts: () => boolean): boolean {
    const began = this.clock();
    const matches = accepts();
    const account = this.byPlace.get(place) ?? { place, runs: 0, matches: 0, ms: 0 };
    account.runs++;
    account.matches += Number(matches);
    account.ms += this.clock() - began;
    this.byPlace.set(place, account);
    return matches;
  }

  /** Dearest first. */
  list(): Account[] {
    return [...this.byPlace.values()].sort((a, b) => b.ms - a.ms);
  }
}
