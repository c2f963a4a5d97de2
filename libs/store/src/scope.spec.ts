import { OPERATOR } from '#libs/terms';
import { parkedFor, recordKeyOf, scopeOf, scopesOf, streamIdOf, streamOf } from './scope.js';

it.each([
  ['acme', 'acme'],
  ['acme-', OPERATOR],
  ['Acme', OPERATOR],
])('parks what is of scope %s in the list of %s', (tenant, list) => expect(parkedFor(tenant)).toBe(list));

it.each(['acme', 'a-1', OPERATOR])('takes %s for a tenant', (tenant) => expect(scopeOf(tenant)).toBe(tenant));
it.each([
  '',
  '*',
  '_other',
  'a/b',
  '.a',
  '$ne',
  'a b',
  'x'.repeat(33),
  'a-1.b_c',
  'Acme',
  undefined,
  null,
  1,
  {},
  ['acme'],
])('does not take %p for a tenant', (tenant) => expect(() => scopeOf(tenant)).toThrow('not a tenant'));
it('takes no tenants for no scope', () => expect(() => scopesOf([])).toThrow('no tenant'));
it('names streams by subject, tenant and key; one that is alone has no key', () => {
  const acme = scopeOf('acme');
  expect([
    streamIdOf('case', acme, '7/a'),
    streamIdOf('clustering', acme, ''),
    streamIdOf('tenant', acme, 'acme'),
  ]).toEqual(['case/acme/7/a', 'clustering/acme', 'tenant/acme']);
  expect([recordKeyOf('case/acme/7/a'), recordKeyOf('clustering/acme')]).toEqual(['acme/7/a', 'acme']);
});
it('does not let one tenant into the stream of another', () => {
  expect(streamOf(scopeOf('acme'), 'case/acme/1')).toBe('case/acme/1');
  expect(() => streamOf(scopeOf('acme'), 'case/acme2/1')).toThrow('not of tenant acme');
});
