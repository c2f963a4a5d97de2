import { survivorOf } from './merged.js';

const into: Record<string, string> = { a: 'b', b: 'c', x: 'y', y: 'x' };

it.each([
  ['c', 'c'],
  ['b', 'c'],
  ['a', 'c'],
  ['unknown', 'unknown'],
])('the work of case %s goes on in %s', (caseId, survivor) =>
  expect(survivorOf(caseId, (id) => into[id])).toBe(survivor),
);

it('ends where two cases are said to have gone into each other', () =>
  expect(survivorOf('x', (id) => into[id])).toBe('y'));
