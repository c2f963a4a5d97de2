/** What running one rule has cost so far. `place`: where it stands among all rules. */
export type Account = { place: number; runs: number; matches: number; ms: number };

/** Keeps account of rules by a clock that its owner gives it. */
export class Accounts {
  private readonly byPlace = new Map<number, Account>();

  private began = 0;

  constructor(private readonly clock: () => number) {}

  begin(): void {
    this.began = this.clock();
  }

  /** Books the rule that has been run since it began. */
  end(place: number, matches: boolean): void {
    const account = this.byPlace.get(place) ?? { place, runs: 0, matches: 0, ms: 0 };
    account.runs++;
    account.matches += Number(matches);
    account.ms += this.clock() - this.began;
    this.byPlace.set(place, account);
  }

  /** Dearest first. */
  list(): Account[] {
    return [...this.byPlace.values()].sort((a, b) => b.ms - a.ms);
  }
}
