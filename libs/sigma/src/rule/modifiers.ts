import type { DatePart, Folding, Placement } from './expression.js';
import { RuleProblem } from '../errors.js';
import type { Comparison } from '../types.js';

const PLACEMENTS = ['contains', 'startswith', 'endswith'] as const;
const ENCODINGS = ['base64', 'base64offset', 'wide', 'utf16le', 'utf16be', 'utf16'] as const;
const TYPES = ['re', 'cidr', 'fieldref', 'exists'] as const;
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const;
const PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const REGEX_FLAGS = ['i', 'm', 's'] as const;
const PLAIN = ['all', 'neq', 'cased', 'windash', 'expand'] as const;

export type Encoding = (typeof ENCODINGS)[number];
export type Transformation = Encoding | (typeof PLACEMENTS)[number] | 'windash';

/** What a key such as `CommandLine|windash|contains|all` asks for. */
export type Modifiers = Readonly<{
  all: boolean;
  neq: boolean;
  cased: boolean;
  expand: boolean;
  /** True when dashes are compared as one character; before an encoding they are spelt out instead. */
  dashes: boolean;
  folding: Folding;
  /** True when some encoding is asked for. */
  encoded: boolean;
  type?: (typeof TYPES)[number];
  operator?: Comparison;
  part?: DatePart;
  regexFlags: string;
  placement: Placement;
  /** In the order written. */
  transformations: readonly Transformation[];
}>;

const isOne = <T extends string>(names: readonly T[], name: string): name is T =>
  (names as readonly string[]).includes(name);

const MAX_KNOWN = 1_000;
const LONGEST_KNOWN = 200;
const known = new Map<string, Modifiers>();

/** @param names what follows the field's name: `|contains|all`. @throws RuleProblem */
export const readModifiers = (names: string): Modifiers => {
  const before = known.get(names);
  if (before) return before;
  const modifiers = modifiersOf(names === '' ? [] : names.slice(1).split('|'));
  if (known.size < MAX_KNOWN && names.length <= LONGEST_KNOWN) known.set(names, modifiers);
  return modifiers;
};

const modifiersOf = (names: readonly string[]): Modifiers => {
  const unknown = names.find(
    (name) =>
      ![PLACEMENTS, ENCODINGS, TYPES, COMPARISONS, PARTS, REGEX_FLAGS, PLAIN].some((group) => isOne(group, name)),
  );
  if (unknown !== undefined)
    throw new RuleProblem(unknown === '' ? 'an empty modifier' : `unknown modifier '${unknown}'`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new RuleProblem(`the modifier '${twice}' is there twice: once says all`);
  const transformations = names.filter(
    (name): name is Transformation => isOne(PLACEMENTS, name) || isOne(ENCODINGS, name) || name === 'windash',
  );
  const encoded = transformations.some((name) => isOne(ENCODINGS, name));
  const [cased, dashes] = [names.includes('cased'), names.includes('windash') && !encoded];
  const modifiers: Modifiers = {
    all: names.includes('all'),
    neq: names.includes('neq'),
    cased,
    expand: names.includes('expand'),
    dashes,
    folding: { cased, dashes },
    encoded,
    type: only(TYPES, names),
    operator: only(COMPARISONS, names),
    part: only(PARTS, names),
    regexFlags: REGEX_FLAGS.filter((flag) => names.includes(flag)).join(''),
    placement: PLACEMENTS.find((name) => names.includes(name)) ?? 'equals',
    transformations,
  };
  refuseNonsense(modifiers);
  return modifiers;
};

const only = <T extends string>(group: readonly T[], names: readonly string[]): T | undefined => {
  const found = group.filter((name) => names.includes(name));
  if (found.length > 1) throw new RuleProblem(`'${found.join("' and '")}' exclude each other`);
  return found[0];
};

const refuseNonsense = (modifiers: Modifiers): void => {
  const { type, operator, part, regexFlags } = modifiers;
  const number = operator ?? part;
  if (regexFlags && type !== 're') throw new RuleProblem("'i', 'm' and 's' belong after 're'");
  if (type && number) throw new RuleProblem(`'${type}' and '${number}' exclude each other`);
  const odd = modifiers.transformations.find((name) => !fits(name, type));
  if (type && odd) throw new RuleProblem(`'${type}' and '${odd}' exclude each other`);
  const textual = modifiers.transformations[0] ?? (modifiers.cased ? 'cased' : undefined);
  if (number && textual) throw new RuleProblem(`'${number}' compares numbers and cannot be combined with '${textual}'`);
};

/**
 * Expressions and field references may be placed, field references also freed of their dashes; nothing else is text.
 */
const fits = (name: Transformation, type: Modifiers['type']): boolean => {
  if (type === undefined) return true;
  if (isOne(PLACEMENTS, name)) return type === 're' || type === 'fieldref';
  return name === 'windash' && type === 'fieldref';
};
