import { table } from './print.js';

it('aligns text to the left and numbers to the right; no data is a dash', () =>
  expect(
    table(
      ['tenant', 'events'],
      [
        ['acme', 5],
        ['northwind', 1_234],
        ['none', null],
      ],
    ),
  ).toBe(
    ['tenant     events', '─────────  ──────', 'acme            5', 'northwind    1234', 'none       –'].join('\n'),
  ));
