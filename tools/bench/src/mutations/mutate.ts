/** Lines as they come broken: cut, doubled, spliced, overlong, with what parsers trip over in the middle. */
import type { Json, JsonObject } from '#libs/sigma';
import type { MutationChance } from './chance.js';

/** What stands for something in one format or another, parts of UTF-8 characters, and numbers at an edge. */
const ODD_BYTES = [
  ...['"', "'", '\\', '\\\\', '\\"', '\\n', '\\x', '\\u', '\\ud83d', '[', ']', '{', '}', '<', '>', '/>', '<!--', ']]>'],
  ...['=', '|', ' ', '  ', '\t', '\n', '\r\n', ',', ';', ':', '#', '%', '&', '&#', '-', '--', '\u0000', '\ufeff'],
  ...['\u2028', '\u0130', '😀', '0', '1e999', '-1', '99999999999', '4294967296', '2026-02-30T25:61:61Z', 'Feb 30 '],
  ...['null', '__proto__', 'constructor', 'derived.time=1', 'key=', 'msg=audit(', 'CEF:0|', 'LEEF:2.0|', '<34>1 '],
  ...['@cee:', '#Fields: ', '<Event>', '</Event>', '<![CDATA[', '{"a":'],
].map((text) => Buffer.from(text));
const FRAGMENTS = [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0x80], [0xed, 0xa0, 0x80], [0xc0, 0x80]];
const ODD = [...ODD_BYTES, ...FRAGMENTS.map((bytes) => Buffer.from(bytes))];

const ODD_VALUES: readonly Json[] = [
  ...[
    null,
    true,
    -1,
    0,
    1.5,
    1e300,
    4688,
    253402300800000,
    '',
    '-',
    ' ',
    '0x1f',
    'constructor',
    '2026-02-30T00:00:00Z',
  ],
  ...['{"a":', '[{"a":1}]', '<Event><System/></Event>', 'a=1 b="2" c=3', [], [null], [[]], {}, { '#text': 'x' }],
  ...[{ Name: 'x' }, { a: [{ b: null }] }, [{ Name: 'a', '#text': 'b' }], ['a', 1, { b: 2 }]],
];

const LONGEST_REPEAT = { usual: 256, rare: 65_536 };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const joined = (...parts: Uint8Array[]): Buffer => Buffer.concat(parts);

/** Where in a line something happens; its beginning is what most is read of. */
const placeIn = (line: Buffer, chance: MutationChance): number =>
  chance.below((chance.once(3) ? Math.min(line.length, 80) : line.length) + 1);

const repeated = (chance: MutationChance): Buffer => {
  const odd = chance.pick(ODD);
  const bytes = chance.once(64) ? LONGEST_REPEAT.rare : LONGEST_REPEAT.usual;
  return Buffer.alloc(1 + chance.below(bytes), odd);
};

const flipped = (line: Buffer, at: number, chance: MutationChance): Buffer => {
  const changed = Buffer.from(line);
  if (at < line.length) changed[at] = line[at]! ^ (1 << chance.below(8));
  return changed;
};

const broken = (line: Buffer, others: readonly Buffer[], chance: MutationChance): Buffer => {
  const [one, two] = [placeIn(line, chance), placeIn(line, chance)];
  const [from, to] = one < two ? [one, two] : [two, one];
  const before = line.subarray(0, from);
  switch (chance.below(8)) {
    case 0:
      return flipped(line, from, chance);
    case 1:
      return before;
    case 2:
      return joined(before, line.subarray(to));
    case 3:
      return joined(line.subarray(0, to), line.subarray(from));
    case 4:
      return joined(before, repeated(chance), line.subarray(from));
    case 5: {
      const other = chance.pick(others);
      return joined(before, other.subarray(placeIn(other, chance)));
    }
    default:
      return joined(before, chance.pick(ODD), line.subarray(from));
  }
};

const oddText = (text: string, chance: MutationChance): string => {
  const at = chance.below(text.length + 1);
  const odd = String(chance.once(8) ? repeated(chance) : chance.pick(ODD_BYTES));
  return chance.once(4) ? text.slice(at) : text.slice(0, at) + odd + text.slice(at);
};

/** A value somewhere inside changed, or its name; only what lies on the way there is copied. */
const changed = (value: Json, chance: MutationChance): Json => {
  const inside = Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
  if (inside === 0 || chance.once(12)) {
    if (typeof value === 'string' && !chance.once(3)) return oddText(value, chance);
    return chance.pick(ODD_VALUES);
  }
  if (Array.isArray(value)) {
    const at = chance.below(inside);
    return value.with(at, changed(value[at]!, chance));
  }
  const object = value as JsonObject;
  const name = chance.pick(Object.keys(object));
  if (!chance.once(10)) return { ...object, [name]: changed(object[name]!, chance) };
  const { [name]: one, ...others } = object;
  return chance.once(2) ? others : { ...others, [oddText(name, chance)]: one! };
};

/** A line to begin with, and the object that it is, if it is one. */
export type MutationSeed = { bytes: Buffer; object?: JsonObject };

export const seedOf = (text: string | Buffer): MutationSeed => {
  const bytes = Buffer.from(text);
  if (bytes[0] !== 0x7b) return { bytes };
  try {
    const object = JSON.parse(String(bytes)) as Json;
    return isObject(object) ? { bytes, object } : { bytes };
  } catch {
    return { bytes };
  }
};

/** A seed, changed once to four times: a JSON event mostly inside, so that it stays one. */
export const mutated = (seeds: readonly MutationSeed[], chance: MutationChance): Buffer => {
  const { bytes, object } = chance.pick(seeds);
  let line = bytes;
  if (object && !chance.once(3)) {
    let value: Json = object;
    for (let left = 1 + chance.below(4); left > 0; left -= 1) value = changed(value, chance);
    line = Buffer.from(JSON.stringify(value));
    if (!chance.once(8)) return line;
  }
  const others = [chance.pick(seeds).bytes];
  for (let left = 1 + chance.below(4); left > 0; left -= 1) line = broken(line, others, chance);
  return line;
};
