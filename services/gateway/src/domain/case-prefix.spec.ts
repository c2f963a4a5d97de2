import { isPrefixTaken } from './case-prefix.js';

const all = [
  { tenantId: 'acme-one', prefix: 'ACME' },
  { tenantId: 'globex', prefix: '' },
];

it.each([
  ['ACME', 'acme-two', true],
  ['ACME', 'acme-one', false],
  ['GLOBEX', 'acme-two', true],
  ['ACMETWO', 'acme-two', false],
])('the prefix %s of %s is taken by another tenant: %s', (prefix, tenant, taken) =>
  expect(isPrefixTaken(prefix, tenant, all)).toBe(taken),
);
