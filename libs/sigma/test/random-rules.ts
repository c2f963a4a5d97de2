import type { Json, JsonObject, Logsource, RuleSource } from '../src/types.js';
import { mutateText, ODD_TEXTS } from './mutate.js';
import type { Chance } from './random.js';

/** What events hold, by name: rules are made of pieces of it, so that they match now and then. */
type HeldValue = { field: string; value: Json }[];

const MORE_FIELDS = [
  'Image',
  'ParentImage',
  'User',
  'Computer',
  'Provider_Name',
  'ThreatName',
  'userIdentity.type',
  'http.url',
  'c-uri',
  'nobody',
  'Data',
  'a',
  'a.b',
  'CommandLine',
  'TargetFilename',
  'type',
  'a1',
  'cs-uri-query',
  'cs-method',
  'query',
  'answer',
  'dst_ip',
  'action',
  'derived.category',
];

export const heldIn = (value: Json, path = ''): HeldValue => {
  if (Array.isArray(value)) return value.flatMap((one) => heldIn(one, path));
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [{ field: path, value }];
  return Object.entries(value).flatMap(([key, one]) => [
    ...heldIn(one, path === '' ? key : `${path}.${key}`),
    ...heldIn(one, key),
  ]);
};

const pieceOf = (text: string, chance: Chance): string => {
  const start = chance.below(text.length + 1);
  const piece = text.slice(start, start + 1 + chance.below(chance.pick([3, 8, 40])));
  if (chance.once(3)) return chance.pick([piece.toUpperCase(), piece.toLowerCase()]);
  return chance.once(8) ? mutateText(piece, chance) : piece;
};

/** A piece from where the modifier looks. */
const placed = (text: string, modifier: string, chance: Chance): string => {
  const start = chance.below(text.length + 1);
  const length = 1 + chance.below(chance.pick([4, 20, 60]));
  const exact = modifier.includes('startswith')
    ? text.slice(0, length)
    : modifier.includes('endswith')
      ? text.slice(-length)
      : modifier.includes('contains')
        ? text.slice(start, start + length)
        : text;
  if (chance.once(3)) return chance.pick([exact.toUpperCase(), exact.toLowerCase()]);
  return chance.once(10) ? mutateText(exact, chance) : exact;
};

const MODIFIERS = [
  '',
  '',
  '|contains',
  '|contains',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|all',
  '|cased',
  '|contains|cased',
  '|windash|contains',
  '|contains|windash',
  '|endswith|windash',
  '|neq',
  '|contains|neq',
];

/** A scalar without quotes, which the text of a rule is to have. */
const raw = (scalar: string): string => `\u00a7${scalar}\u00a7`;
const unquoted = (text: string, chance: Chance): string => {
  if (chance.once(2) || !/^(?:0x[\da-fA-F]{1,9}|\d{1,9}(?:\.\d{1,9})?)$/.test(text)) return text;
  return raw(/^\d+$/.test(text) ? chance.pick([text, `0${text}`, `${text}.0`, `+${text}`, `${text}e0`]) : text);
};

const itemFor = (held: HeldValue, chance: Chance): [string, Json] => {
  const { field: own, value } = chance.pick(held);
  const field = chance.once(15) ? chance.pick(MORE_FIELDS) : own;
  const text = String(value);
  const piece = (): string => pieceOf(text, chance);
  switch (chance.below(16)) {
    case 0:
      return [`${field}|exists`, chance.once(2)];
    case 1:
      return [
        field,
        chance.pick([null, '', '*', '?*', 0, 1, 4688, 1.5, true, false, ...['0x10', '04688', '1e3', '-0'].map(raw)]),
      ];
    case 2:
      return [`${field}|re`, piece().replace(/[^\w ]/g, '.') || '.'];
    case 3:
      return [`${field}|re|i`, `${piece().replace(/[^\w ]/g, '.')}.*`];
    case 4:
      return [
        `${field}|fieldref${chance.pick(['', '|contains', '|startswith', '|endswith'])}`,
        chance.pick(held).field,
      ];
    case 5:
      return [`${field}|${chance.pick(['gt', 'lte'])}`, chance.pick([0, 3, 4000])];
    case 6:
      return [`${field}|cidr`, chance.pick(['10.0.0.0/8', '::/0', '203.0.113.0/24'])];
    case 7:
      return [field, `${piece()}${chance.pick(['*', '?', '*?'])}${piece()}`];
    case 8:
      return [field, chance.once(2) ? value : unquoted(text, chance)];
    case 9:
      return [`${field}|contains`, chance.pick(ODD_TEXTS) + (chance.once(2) ? piece() : '')];
    default: {
      const modifier = chance.pick(MODIFIERS);
      const one = (): string => placed(text, modifier, chance);
      return [`${field}${modifier}`, chance.once(2) ? one() : [one(), one(), piece()]];
    }
  }
};

const selectionFor = (held: HeldValue, chance: Chance): Json => {
  if (chance.once(7))
    return chance.once(2)
      ? [pieceOf(String(chance.pick(held).value), chance) || 'x', 'nothing like it']
      : { '|all': [pieceOf(String(chance.pick(held).value), chance) || 'x', 'e'] };
  const map = (): JsonObject =>
    Object.fromEntries([...Array(1 + chance.below(3)).keys()].map(() => itemFor(held, chance)));
  return chance.once(5) ? [map(), map()] : map();
};

const CONDITIONS = [
  'sel_a',
  'sel_a and not sel_b',
  'sel_a or sel_b',
  '1 of sel_*',
  'all of sel_*',
  'not sel_a',
  '(sel_a or sel_b) and not sel_c',
  'not (sel_a and sel_b)',
  'sel_a and 1 of sel_*',
  'not 1 of sel_*',
];

/** A rule for events of one logsource. As JSON, which is YAML. */
export const randomRule = (id: string, logsource: Logsource, held: HeldValue, chance: Chance): RuleSource => {
  const detection = {
    sel_a: selectionFor(held, chance),
    sel_b: selectionFor(held, chance),
    sel_c: selectionFor(held, chance),
    condition: chance.pick(CONDITIONS),
  };
  const text = JSON.stringify({ title: id, id, logsource, detection });
  return { path: `${id}.yml`, text: text.replace(/"\u00a7([^"\u00a7]*)\u00a7"/g, '$1') };
};
