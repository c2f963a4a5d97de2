const LAST_GENERATION = 0x7fff_fffe;

/**
 * Which atoms hold for the event at hand, and which rules that makes candidates. Stamps carry the event's number, so
 * nothing is cleared.
 */
export class Marks {
  generation = 0;
  readonly candidates: Int32Array;
  count = 0;
  private readonly stamps: Int32Array;
  private readonly rules: Int32Array;

  /** @param triggerStart per atom, where its rules begin in `triggerRules` (one more at the end) */
  constructor(
    atoms: number,
    rules: number,
    private readonly triggerStart: Int32Array,
    private readonly triggerRules: Int32Array,
  ) {
    this.stamps = new Int32Array(atoms);
    this.rules = new Int32Array(rules);
    this.candidates = new Int32Array(rules);
  }

  /** The next event. True when numbers began anew, so that other stamps must be cleared too. */
  begin(): boolean {
    this.count = 0;
    if (this.generation < LAST_GENERATION) {
      this.generation++;
      return false;
    }
    this.stamps.fill(0);
    this.rules.fill(0);
    this.generation = 1;
    return true;
  }

  holds(atom: number): boolean {
    return this.stamps[atom] === this.generation;
  }

  mark(atom: number): void {
    if (this.stamps[atom] === this.generation) return;
    this.stamps[atom] = this.generation;
    const end = this.triggerStart[atom + 1]!;
    for (let i = this.triggerStart[atom]!; i < end; i++) this.nominate(this.triggerRules[i]!);
  }

  nominate(rule: number): void {
    if (this.rules[rule] === this.generation) return;
    this.rules[rule] = this.generation;
    this.candidates[this.count++] = rule;
  }
}
