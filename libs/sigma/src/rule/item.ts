import { compileCidr } from '../evaluate/cidr.js';
import { lower } from '../evaluate/text.js';
import { at, LimitPassed, RuleProblem } from '../errors.js';
import { all, any, not, type Expression, type Pattern, type Test } from './expression.js';
import { compileRegex } from '../regex/search.js';
import type { Json } from '../types.js';
import { base64, base64Offsets, DASHES, dashesIn, dashPermutations, textOf, utf16 } from './encoding.js';
import { readModifiers, type Modifiers, type Transformation } from './modifiers.js';
import { after, before, literalOf, patternOf, readPattern } from './pattern.js';
import { expand, type Context } from './placeholders.js';
import type { ValueSpending } from './spending.js';
import { isWritten, type WrittenNumber } from './written-number.js';

/** One `field|modifiers: value(s)` of a search identifier. An empty field name makes keywords of its values. */
export const readItem = (selection: string, key: string, value: Json, context: Context): Expression => {
  const bar = key.indexOf('|');
  const field = bar < 0 ? key : key.slice(0, bar);
  const modifiers = readModifiers(bar < 0 ? '' : key.slice(bar));
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new RuleProblem('an empty list of values');
  if (field !== '') context.spent.takeField(field);
  const parts: Expression[] = [];
  at(
    () => (Array.isArray(value) ? [parts.length] : []),
    () => {
      for (const one of values)
        parts.push(
          partOf(
            selection,
            field,
            field === '' ? keywordTests(one, modifiers, context) : fieldTests(one, modifiers, context),
          ),
        );
    },
  );
  const joined = modifiers.all ? all(parts) : any(parts);
  return modifiers.neq ? not(joined) : joined;
};

const partOf = (selection: string, name: string, tests: readonly Test[]): Expression => {
  const field = name === '' ? null : name;
  return any(tests.map((test): Expression => ({ kind: 'test', selection, field, test })));
};

/** A keyword lies anywhere in a value; a number stands for itself, not for a part of a longer word. */
const keywordTests = (value: Json, modifiers: Modifiers, context: Context): Test[] => {
  if (modifiers.type === 'exists' || modifiers.type === 'fieldref')
    throw new RuleProblem(`'${modifiers.type}' needs a field`);
  if (value === null) throw new RuleProblem('null needs a field');
  if ((typeof value === 'number' || isWritten(value)) && !modifiers.operator && !modifiers.part) {
    const text = String(value);
    context.spent.takeExpression(text);
    const source = `(?<![A-Za-z0-9])${text.replace(/[+.]/g, '\\$&')}(?![A-Za-z0-9])`;
    return [{ kind: 'regex', source, flags: isWritten(value) ? 'i' : '' }];
  }
  const tests = fieldTests(value, modifiers, context);
  if (modifiers.placement !== 'equals') return tests;
  return tests.map((test) => (test.kind === 'pattern' ? { ...test, pattern: before(after(test.pattern)) } : test));
};

const fieldTests = (value: Json, modifiers: Modifiers, context: Context): Test[] => {
  if (typeof value === 'object' && value !== null && !isWritten(value))
    throw new RuleProblem('a value must be text, a number, a boolean or null');
  if (modifiers.type === 'exists') return [existsTest(value)];
  if (modifiers.operator || modifiers.part) return [compareTest(value, modifiers)];
  if (value === null) return [nullTest(modifiers)];
  const plain = modifiers.transformations.length === 0 && !modifiers.type ? plainTestOf(value) : undefined;
  if (plain) return [plain];
  const spent = context.spent.value();
  if (!modifiers.expand) return textTests(String(value), modifiers, spent);
  const texts = expand(String(value), context, spent);
  if (texts.length === 0) return [{ kind: 'never' }];
  return texts.flatMap((text) => textTests(text, modifiers, spent));
};

type Scalar = string | number | boolean | null | WrittenNumber;

/** What is no text is compared as what it is. */
const plainTestOf = (value: Scalar): Test | undefined => {
  if (typeof value === 'number') return { kind: 'number', value };
  if (isWritten(value)) return { kind: 'number', value: value.number, written: lower(value.text) };
  return typeof value === 'boolean' ? { kind: 'boolean', value } : undefined;
};

const existsTest = (value: Scalar): Test => {
  if (typeof value !== 'boolean') throw new RuleProblem("'exists' needs true or false");
  return { kind: 'exists', expected: value };
};

const nullTest = ({ transformations, type }: Modifiers): Test => {
  const modifier = type ?? transformations[0];
  if (modifier) throw new RuleProblem(`null cannot be combined with '${modifier}'`);
  return { kind: 'null' };
};

const compareTest = (value: Scalar, { operator, part }: Modifiers): Test => {
  const stated = isWritten(value) ? value.number : value;
  const number = typeof stated === 'string' && stated.trim() !== '' ? Number(stated) : stated;
  if (typeof number !== 'number' || Number.isNaN(number)) throw new RuleProblem(`'${operator ?? part}' needs a number`);
  return { kind: 'compare', operator: operator ?? 'eq', value: number, ...(part ? { part } : {}) };
};

const textTests = (text: string, modifiers: Modifiers, spent: ValueSpending): Test[] => {
  const { folding } = modifiers;
  if (modifiers.type === undefined && !modifiers.encoded) return [plainTextTest(text, modifiers, spent)];
  spent.make(1, Buffer.byteLength(text));
  if (modifiers.type === 're') return [regexTest(text, modifiers, spent)];
  if (modifiers.type === 'fieldref') {
    spent.rule.takeField(text);
    return [{ kind: 'fieldref', field: text, placement: modifiers.placement, folding }];
  }
  if (modifiers.type === 'cidr') {
    checkRange(text);
    return [{ kind: 'cidr', range: text }];
  }
  let states: Value[] = [readPattern(text)];
  for (const name of modifiers.transformations)
    states = states.flatMap((state) => transform(state, name, modifiers, spent));
  return states.map((state) => ({
    kind: 'pattern',
    pattern: Buffer.isBuffer(state) ? patternOf(textOf(state)) : state,
    folding,
  }));
};

/** The kernel spells few dashes out; where there are more they are compared one by one. */
const plainTextTest = (text: string, { folding, transformations }: Modifiers, spent: ValueSpending): Test => {
  const spellings = folding.dashes ? spellingsOf(text) : 1;
  spent.make(spellings, spellings * Buffer.byteLength(text), Buffer.byteLength(text));
  const pattern = placed(readPattern(text), transformations);
  checkWildcards(pattern, spent);
  return { kind: 'pattern', pattern, folding };
};

const SPELT_OUT = 2;

const spellingsOf = (text: string): number => {
  const dashes = dashesIn(text);
  return dashes > SPELT_OUT ? 1 : DASHES ** dashes;
};

/** Each `?` is tried at each place of a text. */
const checkWildcards = (pattern: Pattern, { rule: { limits } }: ValueSpending): void => {
  if (pattern.length <= limits.wildcards) return;
  const open = pattern.filter((piece) => typeof piece !== 'string').length;
  if (open > limits.wildcards) throw new LimitPassed(`a value has at most ${limits.wildcards} wildcards`, 'wildcards');
};

const MAX_KNOWN = 10_000;
const knownRanges = new Set<string>();

/** Rules name the same networks over and over. @throws RuleProblem */
const checkRange = (range: string): void => {
  if (knownRanges.has(range)) return;
  compileCidr(range);
  if (knownRanges.size < MAX_KNOWN) knownRanges.add(range);
};

const regexTest = (text: string, { placement, regexFlags }: Modifiers, spent: ValueSpending): Test => {
  spent.rule.takeExpression(text);
  const source = placement === 'startswith' ? `^(?:${text})` : placement === 'endswith' ? `(?:${text})$` : text;
  compileRegex(source, regexFlags);
  return { kind: 'regex', source, flags: regexFlags };
};

/** Where the value lies; dashes are minded while comparing. */
const placed = (pattern: Pattern, transformations: readonly Transformation[]): Pattern => {
  let result = pattern;
  for (const name of transformations) {
    if (name === 'contains' || name === 'endswith') result = before(result);
    if (name === 'contains' || name === 'startswith') result = after(result);
  }
  return result;
};

/** While modifiers are applied one after the other, a value is a pattern or, once encoded, bytes. */
type Value = Pattern | Buffer;

const asPattern = (value: Value): Pattern => (Buffer.isBuffer(value) ? patternOf(textOf(value)) : value);
const asBytes = (value: Value, modifier: string): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from(literalOf(value, modifier), 'utf8');

/** How many texts a modifier makes of one, and how many bytes of one byte, from above. */
const growth = (value: Value, name: Transformation): [texts: number, bytes: number] => {
  switch (name) {
    case 'windash':
      return [DASHES ** dashesIn(asPattern(value).join('')), 3];
    case 'base64offset':
      return [3, 2];
    case 'base64':
      return [1, 2];
    case 'contains':
    case 'startswith':
    case 'endswith':
      return [1, 1];
    default:
      return [1, 2];
  }
};

const bytesOf = (value: Value): number =>
  Buffer.isBuffer(value)
    ? value.length
    : value.reduce((sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : 1), 4);

const transform = (value: Value, name: Transformation, { dashes }: Modifiers, spent: ValueSpending): Value[] => {
  const [texts, bytes] = growth(value, name);
  if (!(name === 'windash' && dashes)) spent.make(texts, texts * bytes * bytesOf(value), bytes * bytesOf(value));
  switch (name) {
    case 'contains':
      return [before(after(asPattern(value)))];
    case 'startswith':
      return [after(asPattern(value))];
    case 'endswith':
      return [before(asPattern(value))];
    case 'base64':
      return [base64(asBytes(value, name))];
    case 'base64offset':
      return base64Offsets(asBytes(value, name));
    case 'windash':
      return dashes ? [value] : dashPermutations(literalOf(asPattern(value), name)).map(patternOf);
    case 'wide':
      return [utf16(asBytes(value, name), 'utf16le')];
    default:
      return [utf16(asBytes(value, name), name)];
  }
};
