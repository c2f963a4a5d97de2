import { CONTAINS, ENDSWITH, EQUALS, isShort, STARTSWITH, WIDE_TEXT, type Atom } from './atoms.js';
import type { Formula } from './condition.js';

/** Atoms of which at least one holds whenever the rule matches, and about how often one of them does. */
export type TriggerGroup = { atoms: Atom[]; rate: number };

/** The rarest trigger group of a rule; undefined when the rule must run on every event. */
export const triggersOf = (formula: Formula): TriggerGroup | undefined => groupOf(formula, true);

const groupOf = (formula: Formula, wanted: boolean): TriggerGroup | undefined => {
  switch (formula.kind) {
    case 'constant':
      return formula.value === wanted ? undefined : { atoms: [], rate: 0 };
    case 'atom':
      return wanted && isIndexed(formula.atom) ? { atoms: [formula.atom], rate: rateOf(formula.atom) } : undefined;
    case 'not':
      return groupOf(formula.of, !wanted);
    default:
      return (formula.kind === 'and') === wanted ? rarest(formula.of, wanted) : joined(formula.of, wanted);
  }
};

const rarest = (parts: readonly Formula[], wanted: boolean): TriggerGroup | undefined => {
  let best: TriggerGroup | undefined;
  for (const part of parts) {
    const group = groupOf(part, wanted);
    if (group && (!best || group.rate < best.rate)) best = group;
  }
  return best;
};

const joined = (parts: readonly Formula[], wanted: boolean): TriggerGroup | undefined => {
  const atoms = new Set<Atom>();
  for (const part of parts) {
    const group = groupOf(part, wanted);
    if (!group) return undefined;
    for (const atom of group.atoms) atoms.add(atom);
  }
  return { atoms: [...atoms], rate: [...atoms].reduce((sum, atom) => sum + rateOf(atom), 0) };
};

const isIndexed = (atom: Atom): boolean =>
  atom.kind === EQUALS ||
  atom.kind === WIDE_TEXT ||
  (atom.kind === CONTAINS && !isShort(atom)) ||
  ((atom.kind === STARTSWITH || atom.kind === ENDSWITH) && atom.literal.length > 0);

/** What Windows events are full of: a literal says little by them. */
const COMMON = [
  'c:\\windows\\system32\\',
  '\\windows\\',
  '\\system32\\',
  '\\syswow64\\',
  'windows',
  'system32',
  'program files',
  '\\users\\',
  '\\appdata\\',
  '\\local\\',
  '\\temp\\',
  'microsoft',
  'currentversion',
  'software\\',
  'ntdll.dll',
  'kernelbase.dll',
  'svchost.exe',
  'lsass.exe',
  'conhost.exe',
  'services.exe',
  'powershell.exe',
  'cmd.exe',
  'explorer.exe',
  'wmiprvse.exe',
  '.exe',
  '.dll',
  'nt authority',
  'authori',
  'autori',
  'system',
  'true',
  'false',
  'high',
  'medium',
  'unknown',
  '-',
  '?',
  '0x0',
  '0x1',
  'hklm\\',
  'hkcu\\',
  'http://',
  'https://',
  '.com',
  'powershell',
];

const COMMON_WORDS = new RegExp(
  [...COMMON]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\.?]/g, '\\$&'))
    .join('|'),
  'g',
);
const decoder = new TextDecoder();

/** A guess: what is left of a literal without common words tells how rare it is, and what many rules name is common. */
const rateOf = (atom: Atom): number => {
  atom.rate ??= atom.kind === WIDE_TEXT ? 0.1 : literalRate(atom);
  return atom.rate;
};

const literalRate = ({ kind, literal, uses }: Atom): number => {
  const left = decoder.decode(literal).replace(COMMON_WORDS, '').length;
  const rate = kind === EQUALS ? Math.min(0.4, 2 ** -left) : Math.min(1, 8 * 2 ** -left);
  return rate + (uses - 1) / 3_000 + 1e-5;
};
