import type { DatePart, Placement } from '../expression.js';
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
export type Modifiers = {
  all: boolean;
  neq: boolean;
  cased: boolean;
  expand: boolean;
  /** True when dashes are compared as one character; before an encoding they are spelt out instead. */
  dashes: boolean;
  type?: (typeof TYPES)[number];
  operator?: Comparison;
  part?: DatePart;
  regexFlags: string;
  placement: Placement;
  /** In the order written. */
  transformations: Transformation[];
};

const isOne = <T extends string>(names: readonly T[], name: string): name is T => (names as readonly string[]).includes(name);

export const readModifiers = (names: readonly string[]): Modifiers => {
  const unknown = names.find((name) => ![PLACEMENTS, ENCODINGS, TYPES, COMPARISONS, PARTS, REGEX_FLAGS, PLAIN].some((group) => isOne(group, name)));
  if (unknown !== undefined) throw new RuleProblem(unknown === '' ? 'an empty modifier' : `unknown modifier '${unknown}'`);
  const transformations = names.filter((name): name is Transformation => isOne(PLACEMENTS, name) || isOne(ENCODINGS, name) || name === 'windash');
  const encoded = transformations.some((name) => isOne(ENCODINGS, name));
  const modifiers: Modifiers = {
    all: names.includes('all'),
    neq: names.includes('neq'),
    cased: names.includes('cased'),
    expand: names.includes('expand'),
    dashes: names.includes('windash') && !encoded,
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

const refuseNonsense = ({ type, operator, part, regexFlags, transformations, cased, dashes }: Modifiers): void => {
  const other = transformations.find((name) => type !== 'fieldref' || !isOne(PLACEMENTS, name));
  if (regexFlags && type !== 're') throw new RuleProblem("'i', 'm' and 's' belong after 're'");
  if (type && (operator ?? part)) throw new RuleProblem(`'${type}' and '${operator ?? part}' exclude each other`);
  const dashedField = type === 'fieldref' && dashes && other === 'windash';
  if (type && type !== 're' && other && !dashedField) throw new RuleProblem(`'${type}' and '${other}' exclude each other`);
  if (type === 're' && transformations.some((name) => !isOne(PLACEMENTS, name))) throw new RuleProblem("'re' cannot be combined with encodings or 'windash'");
  if ((operator ?? part) && (other || cased)) throw new RuleProblem(`'${operator ?? part}' compares numbers and cannot be combined with '${other ?? 'cased'}'`);
};
