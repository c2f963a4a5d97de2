import { isScope, isSource, isTenant, mayHaveBeenTenant, OPERATOR } from './scopes.js';

const LONGEST_TENANT = 'x'.repeat(32);
const LONGEST_SOURCE = 'x'.repeat(40);

describe('what may name a tenant', () => {
  it.each(['acme', 'a1', '42', 'acme-eu-2', LONGEST_TENANT])('takes %s', (name) => expect(isTenant(name)).toBe(true));
  it.each([
    '',
    'a',
    '-acme',
    'acme-',
    'Acme',
    'a_b',
    'a.b',
    'a/b',
    '../acme',
    'a b',
    'acme\n',
    '*',
    '$ne',
    'açme',
    OPERATOR,
    `${LONGEST_TENANT}x`,
  ])('does not take %j', (name) => expect(isTenant(name)).toBe(false));
});

it.each([
  ['acme-', true],
  ['-acme', true],
  ['acme', true],
  ['..', false],
  ['a/b', false],
  ['a.b', false],
  ['*', false],
  ['', false],
])('of %j it is %s that it may have named a tenant before', (name, may) => expect(mayHaveBeenTenant(name)).toBe(may));

describe('what may scope a fact', () => {
  it.each(['acme', OPERATOR])('takes %s', (name) => expect(isScope(name)).toBe(true));
  it.each(['', '*', '_', '_other', '_operator ', 'Acme'])('does not take %j', (name) =>
    expect(isScope(name)).toBe(false),
  );
});

describe('what may name a source', () => {
  it.each(['edr', 'e', 'okta-2', LONGEST_SOURCE])('takes %s', (name) => expect(isSource(name)).toBe(true));
  it.each(['', 'Edr', 'a_b', 'a.b', 'a/b', 'a b', 'edr\n', '*', `${LONGEST_SOURCE}x`])('does not take %j', (name) =>
    expect(isSource(name)).toBe(false),
  );
});
