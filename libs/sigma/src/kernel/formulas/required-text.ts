/**
 * What a text must hold, lower-cased, for a regular expression to be found in it: literals, some of them with
 * alternatives, and a least length.
 * ASCII only: other letters have case variants that differ from our folding.
 */
import { repetitionOf, type Repetition } from '../../regex/tokens.js';

/** `literals`: of each list one must be held. `least`: in UTF-16 units, and so in bytes of folded text. */
export type Needs = { literals: string[][]; least: number };

const MOST_ALTERNATIVES = 6;
const MOST_MEMBERS = 4;
/**
 * Literals that are looked for; an expression may have more, and a text that lacks one of these holds no match either.
 */
const MOST_LITERALS = 50;
/** Escapes that go on in the next tokens: codes, names, references. */
const LONGER = /^\\[xucpPk0-9]/;
const ONE = { least: 1, most: 1 };

export const needsOf = (tokens: readonly string[]): Needs => {
  if (tokens.some((token) => LONGER.test(token))) return { literals: [], least: 0 };
  const [alternatives, end] = new Branches().read(tokens, 0);
  const only = alternatives.length === 1 && end === tokens.length ? alternatives[0] : undefined;
  if (only) return { literals: telling(only.literals), least: only.least };
  const either = end === tokens.length ? oneOf(alternatives) : undefined;
  return { literals: either ? telling([either]) : [], least: 0 };
};

/** The longest literal of each branch; undefined when one of them needs none, or there are too many. */
const oneOf = (branches: readonly Needs[]): string[] | undefined => {
  const longest = branches.map(
    ({ literals }) => telling(literals).sort((one, other) => other[0]!.length - one[0]!.length)[0],
  );
  const all = longest.flatMap((one) => one ?? []);
  return longest.includes(undefined) || all.length > MOST_ALTERNATIVES ? undefined : all;
};

/** Reads branch after branch up to the end of a group; one branch's runs are lists of small sets. */
class Branches {
  private least = 0;
  private run: string[][] = [];
  private literals: string[][] = [];

  read(tokens: readonly string[], from: number): [Needs[], number] {
    const done: Needs[] = [];
    let at = from;
    for (; at < tokens.length && tokens[at] !== ')'; at++) {
      const token = tokens[at]!;
      if (token === '|') done.push(this.take());
      else if (token.startsWith('(')) at = this.group(tokens, at);
      else if (repetitionOf(token) === undefined) this.single(token, repetitionOf(tokens[at + 1] ?? '') ?? ONE);
    }
    done.push(this.take());
    return [done, at];
  }

  /**
   * Where the group ends that begins at `at`. What it looks at without taking it, or may leave out, is not needed;
   * names and flags are not told apart from text.
   */
  private group(tokens: readonly string[], at: number): number {
    const [branches, end] = new Branches().read(tokens, at + 1);
    this.flush();
    const isTaken = ['(', '(?:'].includes(tokens[at]!) && (repetitionOf(tokens[end + 1] ?? '') ?? ONE).least > 0;
    if (!isTaken) return end;
    const [only] = branches;
    if (branches.length === 1 && only) this.literals.push(...only.literals);
    else this.literals.push(...[oneOf(branches)].filter((one) => one !== undefined));
    return end;
  }

  private single(token: string, { least, most }: Repetition): void {
    this.least += isOne(token) ? least : 0;
    const members = least > 0 ? membersOf(token) : undefined;
    if (members) this.run.push(members);
    if (!members || most > 1) this.flush(members && [members]);
  }

  private flush(next: string[][] = []): void {
    if (this.run.length > 0) this.literals.push(bestOf(this.run));
    this.run = next;
  }

  private take(): Needs {
    this.flush();
    const { literals, least } = this;
    this.literals = [];
    this.least = 0;
    return { literals, least };
  }
}

/** Whether a token takes exactly one unit of text. */
const isOne = (token: string): boolean => /^(?:[^\\^$|()]|\\[sSwWdDnrtfv]|\\[^\w\s]|\[.+\])$/s.test(token);

/** The few characters a token stands for, lower-cased. */
const membersOf = (token: string): string[] | undefined => {
  const body = /^\[([^^].*)\]$/s.exec(token)?.[1];
  if (body === undefined)
    return /^(?:[^.^$|()[\]{}*+?\\]|\\[^\w\s])$/.test(token) && /^[\x20-\x7e]+$/.test(token)
      ? [token.slice(-1).toLowerCase()]
      : undefined;
  const units = body.match(/\\[^\w\s]|[^\\[\]-]/g) ?? [];
  if (units.join('') !== body || !/^[\x20-\x7e]+$/.test(body)) return undefined;
  const members = [...new Set(units.map((unit) => unit.slice(-1).toLowerCase()))];
  return members.length <= MOST_MEMBERS ? members : undefined;
};

/** The longest part of a run that has few spellings, spelt out. */
const bestOf = (run: readonly string[][]): string[] => {
  let best: readonly [number, number] = [0, 0];
  for (let [start, end, count] = [0, 0, 1]; end < run.length; start++) {
    while (end < run.length && count * run[end]!.length <= MOST_ALTERNATIVES) count *= run[end++]!.length;
    if (end - start > best[1] - best[0]) best = [start, end];
    count /= run[start]!.length;
  }
  return run
    .slice(...best)
    .reduce<string[]>((texts, members) => texts.flatMap((text) => members.map((member) => text + member)), ['']);
};

/** Without what nearly every text holds, and what others imply. */
const telling = (literals: readonly string[][]): string[][] => {
  const some = [...new Map(literals.map((one) => [one.join('\n'), one])).values()]
    .filter((one) => one.every((text) => text.trim() !== '' && text !== '\\'))
    .slice(0, MOST_LITERALS);
  return some.filter(
    (one) => !some.some((other) => other !== one && other.every((text) => one.some((part) => text.includes(part)))),
  );
};
