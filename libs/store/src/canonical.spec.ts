import { canonical } from './canonical.js';

const hex = (value: unknown): string => canonical(value).toString('hex');

it('tells values of different kinds and lengths apart', () => {
  const values = [
    '1',
    1,
    1.5,
    true,
    Buffer.from('1'),
    ['1'],
    { a: '1' },
    '',
    [],
    {},
    Buffer.alloc(0),
    ['a', 'bc'],
    ['ab', 'c'],
    [['a'], 'b'],
    ['a', ['b']],
    { a: 'b', c: 'd' },
    { a: ['b', 'c'] },
    -1,
    0,
    false,
  ];
  expect(new Set(values.map(hex)).size).toBe(values.length);
});
it('knows no order of fields, and no field without a value', () =>
  expect(hex({ b: 1, a: 'x', c: undefined, d: null })).toBe(hex({ a: 'x', b: 1 })));
it('is what its description says', () =>
  expect(hex({ ab: [1, true] })).toBe('0700000001' + '01000000026162' + '0500000002' + '020000000000000001' + '0401'));
it.each([[new Date()], [null], [() => 1], [[undefined]], [Symbol('x')]])('has no form for %p', (value) =>
  expect(() => canonical(value)).toThrow('no canonical form'),
);
