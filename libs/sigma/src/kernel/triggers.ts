import { CONTAINS, ENDSWITH, EQUALS, STARTSWITH, type Atom } from './atoms.js';
import type { Formula } from './formula.js';

/** Atoms of which at least one holds whenever the rule matches, and about how often one of them does. */
export type Group = { atoms: Atom[]; rate: number };

/** Literals shorter than this are looked for on demand only. */
export const SHORTEST_INDEXED = 4;

/** The rarest trigger group of a rule; undefined when the rule must run on every event. */
export const triggersOf = (formula: Formula): Group | undefined => groupOf(formula, true);

const groupOf = (formula: Formula, wanted: boolean): Group | undefined => {
  switch (formula.kind) {
    case 'constant': return formula.value === wanted ? undefined : { atoms: [], rate: 0 };
    case 'atom': return wanted && isIndexed(formula.atom) ? { atoms: [formula.atom], rate: rateOf(formula.atom) } : undefined;
    case 'not': return groupOf(formula.of, !wanted);
    default: return (formula.kind === 'and') === wanted ? rarest(formula.of, wanted) : joined(formula.of, wanted);
  }
};

const rarest = (parts: readonly Formula[], wanted: boolean): Group | undefined => {
  let best: Group | undefined;
  for (const part of parts) {
    const group = groupOf(part, wanted);
    if (group && (!best || group.rate < best.rate)) best = group;
  }
  return best;
};

const joined = (parts: readonly Formula[], wanted: boolean): Group | undefined => {
  const groups: Group[] = [];
  for (const part of parts) {
    const group = groupOf(part, wanted);
    if (!group) return undefined;
    groups.push(group);
  }
  return { atoms: groups.flatMap(({ atoms }) => atoms), rate: groups.reduce((sum, { rate }) => sum + rate, 0) };
};

const isIndexed = ({ kind, literal }: Atom): boolean =>
  kind === EQUALS || (kind === CONTAINS && literal.length >= SHORTEST_INDEXED) || ((kind === STARTSWITH || kind === ENDSWITH) && literal.length > 0);

/** A guess: longer literals are rarer, and what many rules name (powershell.exe) is common. */
const rateOf = ({ kind, literal, uses }: Atom): number => {
  const ends = kind === EQUALS ? Math.min(0.3, 2 * 2 ** -literal.length) : Math.min(1, 8 * 2 ** -literal.length);
  return ends + (uses - 1) / 3_000 + 1e-5;
};
