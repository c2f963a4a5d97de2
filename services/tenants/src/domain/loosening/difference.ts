import { laxity, type Situation } from '#libs/terms';
import { MODE_IN_WORDS, type PolicyLine } from './lines.js';

/** What a change lets happen that did not before, and the other way about; each a sentence for people. */
export interface PolicyDifference {
  looser: string[];
  tighter: string[];
}

/** Work that a comparison may take; beyond it a change counts as looser. */
const MOST_CHECKS = 4_000_000;
const TOO_LARGE = 'it has too many conditions to be compared, so it counts as looser';
/** Of more than these, the number is told. */
export const MOST_SENTENCES = 20;

export const joinDifferences = (...parts: PolicyDifference[]): PolicyDifference => ({
  looser: parts.flatMap(({ looser }) => looser),
  tighter: parts.flatMap(({ tighter }) => tighter),
});

const few = (sentences: string[]): string[] => {
  const all = [...new Set(sentences)];
  return all.length > MOST_SENTENCES
    ? [...all.slice(0, MOST_SENTENCES), `and ${all.length - MOST_SENTENCES} more`]
    : all;
};
/** Each sentence once, and not more of them than people read. */
export const forPeople = ({ looser, tighter }: PolicyDifference): PolicyDifference => ({
  looser: few(looser),
  tighter: few(tighter),
});

const sentence = (before: PolicyLine, after: PolicyLine, what: string): string =>
  before.rule === after.rule
    ? `${what}${after.rule}: ${MODE_IN_WORDS[after.mode]}, where before ${MODE_IN_WORDS[before.mode]}`
    : `${what}${after.rule}: ${MODE_IN_WORDS[after.mode]}, where before, under ${before.rule}, ${MODE_IN_WORDS[before.mode]}`;

const addAll = (to: Set<string>, values: readonly string[]): void => values.forEach((value) => to.add(value));
const reachable = ({ groups }: PolicyLine, taken: ReadonlySet<string>): boolean =>
  groups.length === 0 || groups.some((group) => !taken.has(group));

/**
 * Lines `k` and `j` both decide for some asset: one whose groups are in neither's earlier lines. Two groups are enough
 * to make one.
 */
const metTogether = (
  before: readonly PolicyLine[],
  after: readonly PolicyLine[],
  meet: (before: PolicyLine, after: PolicyLine) => void,
): void => {
  const earlier = new Set<string>();
  for (const b of before) {
    const taken = new Set(earlier);
    for (const a of after) {
      if (laxity(a.mode) !== laxity(b.mode) && reachable(b, taken) && reachable(a, taken)) meet(b, a);
      addAll(taken, a.groups);
    }
    addAll(earlier, b.groups);
  }
};

/**
 * Compares two orders of lines, situation by situation. Exact: a sentence for each two lines that decide otherwise for
 * some action.
 * @param what begins each sentence, such as `ws6: `.
 */
export const compareLines = (
  situations: readonly Situation[],
  before: (situation: Situation) => readonly PolicyLine[],
  after: (situation: Situation) => readonly PolicyLine[],
  what = '',
  weight = 1,
): PolicyDifference => {
  const difference: PolicyDifference = { looser: [], tighter: [] };
  const seen = new Set<string>();
  const ids = new Map<PolicyLine, number>();
  const idOf = (line: PolicyLine): number => ids.get(line) ?? (ids.set(line, ids.size), ids.size - 1);
  let checks = situations.length * weight;
  const meet = (b: PolicyLine, a: PolicyLine): void =>
    void (laxity(a.mode) > laxity(b.mode) ? difference.looser : difference.tighter).push(sentence(b, a, what));
  for (const situation of checks > MOST_CHECKS ? [] : situations) {
    const [b, a] = [before(situation), after(situation)];
    const key = `${b.map(idOf).join()}|${a.map(idOf).join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    checks += b.length * a.length * 10;
    if (checks > MOST_CHECKS) break;
    metTogether(b, a, meet);
  }
  return checks > MOST_CHECKS
    ? { looser: [...difference.looser, `${what}${TOO_LARGE}`], tighter: difference.tighter }
    : difference;
};
