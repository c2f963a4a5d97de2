import { showing } from '#libs/testing';
import { THEN } from '../../test/samples/index.js';
import { grants } from './grants.js';

const ada = { subject: 'ada', side: 'PROVIDER' } as const;

describe('grants', () => {
  const given = (tenants: string[]) =>
    ({ type: 'grant.given', subject: 'ada', role: 'ANALYST', tenants, by: ada, at: THEN }) as const;
  it('add up by role, and are taken back', () => {
    const docs = showing(grants).of(given(['acme']), given(['globex', 'acme']), {
      ...given(['acme']),
      type: 'grant.revoked',
    });
    expect(docs).toEqual({ ada: { subject: 'ada', roles: { ANALYST: ['globex'] } } });
  });
});
