import { malformed } from '#libs/testing';
import { afterOf, cursorOf, filterOf, sortOf } from './view-filter.js';

it('turns named operators into those of the store, below the document', () => {
  expect(
    filterOf({
      status: 'NEW',
      'owner.id': null,
      score: { gte: 1, lt: 9 },
      kind: { in: ['a', 'b'] },
      name: { prefix: 'ab' },
      skipped: malformed(undefined),
    }),
  ).toEqual({
    'doc.status': { $eq: 'NEW' },
    'doc.owner.id': { $eq: null },
    'doc.score': { $gte: 1, $lt: 9 },
    'doc.kind': { $in: ['a', 'b'] },
    'doc.name': { $gte: 'ab', $lt: 'ab\uffff' },
  });
});
const refused: unknown[] = [
  { $where: '1' },
  { 'a.$where': 1 },
  { 'a..b': 1 },
  { '': 1 },
  { __proto__x$: 1 },
  { a: { $gt: 1 } },
  { a: {} },
  { a: [] },
  { a: { in: 'b' } },
  { a: { in: [{}] } },
  { a: { gt: { $gt: 1 } } },
  { a: Number.NaN },
  { a: { regex: '.*' } },
  { a: { constructor: 1 } },
  { a: { prefix: 1 } },
  { a: () => 1 },
];
it.each(refused)('refuses %p', (where) =>
  expect(() => filterOf(malformed(where))).toThrow(expect.objectContaining({ code: 'BAD_FILTER' })),
);

it('goes on after a cursor in either direction, missing values first', () => {
  const sort = sortOf({ score: -1 });
  expect(afterOf(cursorOf({ values: [5], id: 'acme/1' }), sort)).toEqual({
    $or: [
      { $and: [{ $or: [{ 'doc.score': { $lt: 5 } }, { 'doc.score': null }] }] },
      { $and: [{ 'doc.score': { $eq: 5 } }, { _id: { $gt: 'acme/1' } }] },
    ],
  });
  expect(() => afterOf(cursorOf({ values: [], id: 'acme/1' }), sort)).toThrow(
    expect.objectContaining({ code: 'BAD_CURSOR' }),
  );
  expect(() => afterOf(cursorOf({ values: [malformed({ $gt: 1 })], id: 'x' }), sort)).toThrow(
    expect.objectContaining({ code: 'BAD_CURSOR' }),
  );
});
