/**
 * How dear an expression can get for an engine that backtracks, from above: of a text of n characters at most
 * 2^choices * n^(degree + 1) ways are tried. `size` is how many instructions an engine without backtracking needs.
 */
import { repetitionOf, type Repetition } from './tokens.js';

export type RegexCost = { choices: number; degree: number; size: number };

const NEVER_DONE = { choices: Infinity, degree: Infinity };

export const costOf = (tokens: readonly string[]): RegexCost => {
  const open: Alternatives[] = [new Alternatives()];
  for (const token of closed(tokens)) {
    const inner = open[open.length - 1]!;
    const repetition = repetitionOf(token);
    if (repetition) inner.repeat(repetition);
    else if (token.startsWith('(')) open.push(new Alternatives());
    else if (token === ')' && open.length > 1) open[open.length - 2]!.add(open.pop()!.cost());
    else if (token === '|') inner.next();
    else inner.add({ choices: 0, degree: 0, size: 1 });
  }
  return open.reduceRight((cost, outer) => joined(outer.cost(), cost), NOTHING);
};

/** What repeats at the very end is as dear as its least: with that the search is over. */
const closed = (tokens: readonly string[]): readonly string[] => {
  const last = repetitionOf(tokens[tokens.length - 1] ?? '');
  return last?.most === Infinity && tokens[tokens.length - 2] !== ')' && !tokens.includes('|')
    ? [...tokens.slice(0, -1), `{${last.least}}`]
    : tokens;
};

const NOTHING: RegexCost = { choices: 0, degree: 0, size: 0 };
const joined = (a: RegexCost, b: RegexCost): RegexCost => ({
  choices: a.choices + b.choices,
  degree: a.degree + b.degree,
  size: a.size + b.size,
});

/** A group while it is read: its branches, and in each the part a quantifier may still follow. */
class Alternatives {
  private readonly branches: RegexCost[] = [];
  private before = NOTHING;
  private last = NOTHING;

  add(part: RegexCost): void {
    this.before = joined(this.before, this.last);
    this.last = part;
  }

  next(): void {
    this.branches.push(joined(this.before, this.last));
    this.before = this.last = NOTHING;
  }

  repeat({ least, most }: Repetition): void {
    const { choices, degree, size } = this.last;
    const isPlain = choices === 0 && degree === 0;
    if (most === Infinity)
      this.last = { ...(isPlain ? { choices, degree: 1 } : NEVER_DONE), size: size * Math.max(1, least) + 1 };
    else
      this.last = {
        choices: choices * most + Math.log2(most - least + 1),
        degree: degree * most,
        size: size * most + (most - least),
      };
  }

  cost(): RegexCost {
    this.next();
    const choices = Math.max(...this.branches.map((one) => one.choices)) + Math.log2(this.branches.length);
    return {
      choices,
      degree: Math.max(...this.branches.map((one) => one.degree)),
      size: this.branches.reduce((sum, one) => sum + one.size + 1, 0),
    };
  }
}
