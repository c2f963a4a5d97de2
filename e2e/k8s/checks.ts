import { reasonOf } from '#libs/model';

/** Checks one after another, a line each; a failed one does not keep the next from being tried. */
export class Checks {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  constructor(private readonly say: (line: string) => void) {}

  /** @returns whether it passed. What `work` returns is told with it. */
  async check(name: string, work: () => Promise<string | void>): Promise<boolean> {
    const start = Date.now();
    try {
      const told = await work();
      this.passed += 1;
      this.say(`ok      ${name}${told ? `: ${told}` : ''} (${((Date.now() - start) / 1_000).toFixed(1)} s)`);
      return true;
    } catch (error) {
      this.failed += 1;
      this.say(`FAILED  ${name}: ${reasonOf(error)}`);
      return false;
    }
  }

  skip(name: string, why: string): void {
    this.skipped += 1;
    this.say(`skipped ${name}: ${why}`);
  }

  /** Says the counts. @returns the code to end with. */
  end(): number {
    this.say(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return this.failed > 0 ? 1 : 0;
  }
}

/** @throws Error naming what was found instead. */
export const mustBe = (found: unknown, wanted: unknown, what: string): void => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
};
