import { showing } from '#libs/testing';
import { stateOf } from '../../test/samples/index.js';
import { tenants } from './tenants.js';

it('a tenant is its newest form, whatever comes later', () =>
  expect(showing(tenants).of({ ...stateOf('acme'), version: 2, name: 'new' }, stateOf('acme'))['acme']).toMatchObject({
    version: 2,
    name: 'new',
  }));
