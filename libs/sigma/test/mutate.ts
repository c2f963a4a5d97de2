import type { Json, JsonObject } from '../src/types.js';
import type { Chance } from './random.js';

/**
 * What has broken matchers before: letters whose lower case is longer or ASCII, both sigmas, pairs, escapes, dashes,
 * controls.
 */
export const ODD_TEXTS = [
  '\u212a',
  '\u0130',
  'ς',
  'Σ',
  'ſ',
  'ß',
  'É',
  'Ж',
  'Ⱥ',
  'Ａ',
  '\u2013',
  '\u2015',
  '日本',
  '😀',
  '\ud83d',
  '\ude00',
  '\ufeff',
  '\ufffd',
  '\\',
  '\\\\',
  '/',
  '"',
  '\n',
  '\t',
  '\u0001',
  '\u0000',
  '*',
  '?',
  '%',
  "'",
  ' ',
  '',
] as const;
const ODD_VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  4688,
  1.5,
  1e21,
  1e-7,
  123456789012345680000,
  '',
  ' ',
  [],
  {},
  ['a', 'B'],
  [null],
  [['x'], 'y'],
  { a: 1 },
  { '#text': 'inner' },
  '10.0.0.9',
  '::ffff:10.0.0.9',
  '2024-02-29T13:05:00Z',
  '0x10',
  'true',
  '4688',
];

const mixedCase = (text: string, chance: Chance): string =>
  [...text].map((char) => (chance.once(2) ? char.toUpperCase() : char.toLowerCase())).join('');

export const mutateText = (text: string, chance: Chance): string => {
  const at = chance.below(text.length + 1);
  switch (chance.below(7)) {
    case 0:
      return mixedCase(text, chance);
    case 1:
      return text.slice(0, at) + chance.pick(ODD_TEXTS) + text.slice(at);
    case 2:
      return text.slice(at);
    case 3:
      return text.slice(0, at);
    case 4:
      return text.replace(/k/gi, '\u212a').replace(/i/gi, '\u0130');
    case 5:
      return text.replaceAll('-', chance.pick(['/', '–', '—', '―']));
    default:
      return text + text.slice(at);
  }
};

const mutateValue = (value: Json, chance: Chance): Json => {
  if (chance.once(5)) return chance.pick(ODD_VALUES);
  if (typeof value === 'string') return mutateText(value, chance);
  if (typeof value === 'number') return chance.pick([value, String(value), value + 0.5, -value]);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return mutateEvent(value, chance);
  return chance.once(2) ? [value, 'more'] : value;
};

const mutateKey = (key: string, chance: Chance): string => {
  switch (chance.below(6)) {
    case 0:
      return key.toLowerCase();
    case 1:
      return key.replace(/(?<=[a-z])(?=[A-Z])/, ' ');
    case 2:
      return key.replace('.', '_');
    default:
      return key;
  }
};

/** A few members changed, renamed, doubled under another name, or left out. */
export const mutateEvent = (event: JsonObject, chance: Chance): JsonObject => {
  const entries = Object.entries(event).filter(() => !chance.once(20));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      chance.once(25) ? mutateKey(key, chance) : key,
      chance.once(3) ? mutateValue(value, chance) : value,
    ]),
  );
};

/** Texts changed, the form kept: what a kernel on bytes takes as it is. */
const calmly = (event: JsonObject, chance: Chance): JsonObject =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === 'string' && chance.once(3) ? mutateText(value, chance) : value,
    ]),
  );

const wrapped = (event: JsonObject, chance: Chance): JsonObject => {
  switch (chance.below(12)) {
    case 0:
      return {
        Event: { EventData: event, System: { Channel: event.Channel ?? null, EventID: event.EventID ?? null } },
      };
    case 1:
      return { EventData: event, Channel: event.Channel ?? null };
    case 2:
      return { winlog: { event_data: event, channel: event.Channel ?? null, event_id: event.EventID ?? null } };
    case 3:
      return { Channel: event.Channel ?? null, EventID: event.EventID ?? null, EventData: JSON.stringify(event) };
    default:
      return event;
  }
};

const escaped = (text: string, chance: Chance): string => {
  const usually = JSON.stringify(text);
  if (!chance.once(4)) return usually;
  return usually.replace(/\\.|[^\\"]/gs, (unit) => {
    if (unit.length > 1 || !chance.once(6)) return unit;
    return unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
};

/** JSON as writers write it: spaces, escapes nobody needs, members twice. */
const written = (value: Json, chance: Chance): string => {
  const space = (): string => (chance.once(10) ? chance.pick([' ', '\n', '\t', ' \r\n ']) : '');
  if (typeof value === 'string') return escaped(value, chance);
  if (typeof value === 'number' && chance.once(3))
    return chance.pick([
      String(value),
      `${value.toExponential()}`,
      Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value),
      Object.is(value, 0) ? '-0' : String(value),
    ]);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${space()}${value.map((one) => written(one, chance)).join(`${space()},${space()}`)}${space()}]`;
  const members = Object.entries(value).map(
    ([key, one]) =>
      `${chance.once(40) ? escaped(key, chance) : JSON.stringify(key)}${space()}:${space()}${written(one, chance)}`,
  );
  if (members.length > 0 && chance.once(15))
    members.push(`${JSON.stringify(chance.pick(Object.keys(value)))}:${written(chance.pick(ODD_VALUES), chance)}`);
  return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
};

/** One event's bytes, sometimes damaged. */
export const mutatedLine = (event: JsonObject, chance: Chance): Uint8Array => {
  const bytes = Buffer.from(
    written(chance.once(2) ? calmly(event, chance) : wrapped(mutateEvent(event, chance), chance), chance),
  );
  if (!chance.once(12)) return bytes;
  const at = chance.below(bytes.length);
  switch (chance.below(4)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([chance.below(256)]), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    default:
      return bytes.subarray(0, at);
  }
};
