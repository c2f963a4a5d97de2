import { scopeOf } from '../scope.js';
import { mayGo } from './due-commits.js';
import { fileName, isFileName, monthOf, monthStart } from './places.js';

const acme = scopeOf('acme');

it.each([
  ['2026-11-30T23:59:59.999Z', '2026-11', '2026-11-01'],
  ['2026-12-01T00:00:00Z', '2026-12', '2026-12-01'],
  ['2028-02-29T12:00:00Z', '2028-02', '2028-02-01'],
])('%s is of the month %s, which began on %s', (at, month, began) => {
  expect(monthOf(Date.parse(at))).toBe(month);
  expect(monthStart(Date.parse(at))).toBe(Date.parse(began));
});

it.each([
  [fileName(acme, '2026-11', 7), true],
  ['tenant=acme/month=2026-11/commits-7-a.parquet', true],
  ['tenant=umbra/month=2026-11/commits-7-a.parquet', false],
  ['tenant=acme/month=2026-11/../../../x.parquet', false],
  ['tenant=acme/month=2026-11/commits-7-a.parquet.tmp', false],
  ['/etc/passwd', false],
  [7, false],
])('a list may name %s: %s', (name, may) => expect(isFileName(acme, name)).toBe(may));

const fact = { carried: undefined } as never;
const carried = { carried: { id: 'x', source: 's', subject: 't' } } as never;
it.each<[string, Parameters<typeof mayGo>[0], boolean]>([
  ['sent', { facts: [fact] }, true],
  ['still to be sent', { facts: [fact], unpublished: true }, false],
  ['held back', { facts: [fact], heldBack: true }, false],
  ['of what Kafka carried first', { facts: [fact, carried] }, false],
])('a commit that is %s may be archived: %s', (_what, commit, may) => expect(mayGo(commit)).toBe(may));
