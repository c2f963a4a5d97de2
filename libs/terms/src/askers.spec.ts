import { catalogue } from '#contracts';
import { ASKED_BY_CUSTOMERS, ASKED_BY_PEOPLE, ASKERS, holdsFor, mayAsk, rolesThatAsk } from './index.js';

const requests = [...new Set(catalogue.filter(({ kind }) => kind === 'requests').map(({ type }) => type))].sort();

it('says of every request in the catalogue who may ask it, and of no other', () => {
  const missing = requests.filter((type) => !Object.hasOwn(ASKERS, type));
  if (missing.length) throw new Error(`nobody may ask ${missing.join(', ')} yet: say who in libs/terms/src/askers.ts`);
  expect(Object.keys(ASKERS)).toEqual(requests);
});

it('names somebody for each', () => {
  for (const type of requests) expect(Object.keys(ASKERS[type] ?? {})).not.toEqual([]);
});

it.each([
  ['an approver approves', 'action.approve', 'CUSTOMER', ['CUSTOMER_APPROVER'], 'TENANT', true],
  ['a viewer does not', 'action.approve', 'CUSTOMER', ['CUSTOMER_VIEWER'], 'TENANT', false],
  ['an analyst does not', 'action.approve', 'PROVIDER', ['ANALYST'], 'TENANT', false],
  ['nor with a role of the other side', 'action.approve', 'PROVIDER', ['CUSTOMER_APPROVER'], 'TENANT', false],
  ['a customer has no role of the provider', 'action.propose', 'CUSTOMER', ['ANALYST'], 'TENANT', false],
  ['nobody without a role', 'case.assign', 'PROVIDER', [], 'TENANT', false],
  ['a service executes', 'action.execute', 'SYSTEM', ['SERVICE'], 'TENANT', true],
  ['a service does not approve', 'action.approve', 'SYSTEM', ['SERVICE'], 'TENANT', false],
  ['people are no services', 'action.execute', 'PROVIDER', ['SERVICE', 'ANALYST'], 'TENANT', false],
  ['an analyst imports rules of a tenant', 'ruleset.import', 'PROVIDER', ['ANALYST'], 'TENANT', true],
  ['but not those of everybody', 'ruleset.import', 'PROVIDER', ['ANALYST'], 'OPERATOR', false],
  ['an operator-admin of all does', 'ruleset.import', 'PROVIDER', ['OPERATOR_ADMIN'], 'OPERATOR', true],
  ['one of a tenant does not', 'ruleset.import', 'PROVIDER', ['OPERATOR_ADMIN@acme'], 'OPERATOR', false],
  [
    'one of a tenant gives grants, each looked at by the decider',
    'grant.give',
    'PROVIDER',
    ['OPERATOR_ADMIN@acme'],
    'OPERATOR',
    true,
  ],
  ['what is asked of a tenant is not asked of none', 'tenant.set-policy', 'PROVIDER', ['LEAD'], 'OPERATOR', false],
  ['what is asked of none is not asked of a tenant', 'grant.give', 'PROVIDER', ['OPERATOR_ADMIN'], 'TENANT', false],
  ['a type that is not there', 'case.destroy', 'PROVIDER', ['OPERATOR_ADMIN'], 'TENANT', false],
  ['a name every object has', 'constructor', 'SYSTEM', ['SERVICE'], 'TENANT', false],
] as const)('%s', (_what, type, side, roles, level, expected) =>
  expect(mayAsk(type, side, roles, level)).toBe(expected),
);

it('knows what a role for one tenant is worth', () => {
  expect(holdsFor(['OPERATOR_ADMIN@acme'], 'OPERATOR_ADMIN', 'acme')).toBe(true);
  expect(holdsFor(['OPERATOR_ADMIN@acme'], 'OPERATOR_ADMIN', 'globex')).toBe(false);
  expect(holdsFor(['OPERATOR_ADMIN@acme'], 'OPERATOR_ADMIN', '*')).toBe(false);
  expect(holdsFor(['OPERATOR_ADMIN'], 'OPERATOR_ADMIN', 'globex')).toBe(true);
});

it('lets people of a side ask exactly what some role of theirs may', () => {
  const asked = requests.filter(
    (type) =>
      [
        ...rolesThatAsk(type, 'PROVIDER', 'TENANT'),
        ...rolesThatAsk(type, 'CUSTOMER', 'TENANT'),
        ...rolesThatAsk(type, 'PROVIDER', 'OPERATOR'),
      ].length > 0,
  );
  expect(ASKED_BY_PEOPLE).toEqual(asked);
  expect(ASKED_BY_CUSTOMERS).toEqual(requests.filter((type) => rolesThatAsk(type, 'CUSTOMER', 'TENANT').length > 0));
});
