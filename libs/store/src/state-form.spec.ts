import { isSameForm } from './same-form.js';
import { packState, stateFormOf, unpackState } from './state-form.js';

const states: [what: string, state: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a field that is undefined beside one that is absent', { one: undefined }],
  ['the order of fields, numbers as names among them', { z: 1, a: 2, 7: 3, 1: 4 }],
  [
    'maps and sets in order, of each other',
    new Map([
      ['b', new Set([3, 1])],
      ['a', new Set()],
    ]),
  ],
  ['bytes', { salt: Buffer.from([0, 255, 10]) }],
  ['lists with holes of undefined', [undefined, { turns: 1 }, undefined]],
  ['numbers that JSON has not', [-0, 0.1, Infinity, NaN, 2 ** 53, 12345678901234567890n]],
  ['texts of all kinds', ['', 'plain', 'žluťoučký', '😀', '\ud800', '\u0000']],
  [
    'what has a class, as its fields',
    new (class Told {
      at = 1;
    })(),
  ],
];

it.each(states)('a state is the same once packed: %s', async (_what, state) =>
  expect(isSameForm(await unpackState((await packState(state)) ?? Buffer.alloc(0)), state)).toBe(true),
);

it.each<[what: string, one: unknown, other: unknown]>([
  ['the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }],
  [
    'the order of a map',
    new Map([
      [1, 1],
      [2, 2],
    ]),
    new Map([
      [2, 2],
      [1, 1],
    ]),
  ],
  ['undefined and absent', { a: undefined }, {}],
  ['a list and a record', ['0'], { 0: '0' }],
  ['a map and a record', new Map([['a', 1]]), { a: 1 }],
  ['null and a record', null, {}],
  ['0 and -0', [0], [-0]],
  ['bytes', Buffer.from('a'), Buffer.from('b')],
])('states differ by %s', (_what, one, other) => expect(isSameForm(one, other)).toBe(false));

it('a state that is more than data is none that can be kept', () =>
  expect(packState({ count: () => 1 })).rejects.toThrow('could not be cloned'));

it('a state is of a version of its decider and of the contracts of its subject', () => {
  const form = stateFormOf({ subject: 'case', version: 11 });
  expect(form).toMatch(/^11\/[0-9a-f]{16}$/);
  expect(stateFormOf({ subject: 'case', version: 12 }).slice(2)).toBe(form.slice(2));
  expect(stateFormOf({ subject: 'action', version: 11 }).slice(2)).not.toBe(form.slice(2));
});
