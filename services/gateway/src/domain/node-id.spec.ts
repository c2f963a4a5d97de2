import fc from 'fast-check';
import { isTenant } from '#libs/terms';
import { NODE_TYPES, nodeId, readNodeId, tenantKey } from './node-id.js';

it('is read back, and only as what it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NODE_TYPES),
      fc.stringMatching(/^[a-z0-9-]{2,20}$/).filter(isTenant),
      fc.uuid(),
      (type, tenant, key) => {
        expect(readNodeId(nodeId(type, tenant, key))).toEqual({ type, tenant, key });
        expect(readNodeId(nodeId(type, tenant, key), type === 'Case' ? 'Action' : 'Case')).toBeUndefined();
      },
    ),
  );
});
it.each([
  '',
  'x',
  '!',
  'acme',
  Buffer.from('Case:acme').toString('base64url'),
  Buffer.from('User:acme:1').toString('base64url'),
  Buffer.from('Case:_operator:1').toString('base64url'),
  'A'.repeat(500),
])('is not made of %p', (text) => expect(readNodeId(text)).toBeUndefined());
it('of a tenant may be its plain name', () => {
  expect(tenantKey('acme')).toBe('acme');
  expect(tenantKey(nodeId('Tenant', 'acme', 'acme'))).toBe('acme');
});
