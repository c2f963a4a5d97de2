import { showing } from '#libs/testing';
import { stateOf, THEN } from '../../test/samples/index.js';
import { policies, type PoliciesDoc, type PolicyFact } from './policies.js';

const [ada, carol] = [{ subject: 'ada', side: 'PROVIDER' } as const, { subject: 'carol', side: 'CUSTOMER' } as const];
const { policy } = stateOf('acme');
const proposed = (proposalId: string, whole = true, at = THEN): PolicyFact => ({
  type: 'tenant.policy-proposed',
  proposalId,
  policy: whole ? policy : null,
  assets: [],
  identities: [],
  looser: ['more'],
  tighter: ['less'],
  policyVersion: 1,
  expiresAt: at + 1_000,
  by: ada,
  at,
});
const ended = (proposalId: string, how: 'AGREED' | 'REJECTED' | 'SUPERSEDED'): PolicyFact => ({
  type: 'tenant.policy-proposal-ended',
  proposalId,
  how,
  reason: 'why',
  by: carol,
  at: THEN + 5,
});
const set = (proposalId: string | null = null): PolicyFact => ({
  type: 'tenant.policy-set',
  policy: { ...policy, version: 2 },
  looser: ['more'],
  tighter: ['less'],
  proposalId,
  proposedBy: proposalId ? ada : null,
  by: carol,
  at: THEN + 5,
});
const after = (...facts: PolicyFact[]): PoliciesDoc => showing(policies).of(...facts)['acme'] as PoliciesDoc;

it('a proposal is shown until it ends', () => {
  expect(after(proposed('p')).proposals).toMatchObject([
    {
      proposalId: 'p',
      looser: ['more'],
      tighter: ['less'],
      by: ada,
      expiresAt: THEN + 1_000,
      policy: { mode: 'COLLABORATE' },
    },
  ]);
  expect(after(proposed('p'), ended('p', 'REJECTED'))).toMatchObject({
    proposals: [],
    changes: [
      {
        outcome: 'REJECTED',
        version: null,
        looser: ['more'],
        by: carol,
        proposedBy: ada,
        proposedAt: THEN,
        reason: 'why',
      },
    ],
  });
});
it('a policy that was agreed to is told once, with who proposed it', () =>
  expect(after(proposed('p'), set('p'), ended('p', 'AGREED'))).toMatchObject({
    proposals: [],
    changes: [{ outcome: 'IN_FORCE', version: 2, by: carol, proposedBy: ada, proposedAt: THEN }],
  }));
it('hours or assets that were agreed to are told, without a version', () =>
  expect(after(proposed('p', false), ended('p', 'AGREED'))).toMatchObject({
    proposals: [],
    changes: [{ outcome: 'IN_FORCE', version: null, looser: ['more'], by: carol }],
  }));
it('what one person may say alone is told as well', () =>
  expect(after(set())).toMatchObject({
    changes: [{ outcome: 'IN_FORCE', proposedBy: null, looser: ['more'], tighter: ['less'] }],
  }));
it('proposals whose time has come make room', () =>
  expect(
    after(proposed('old'), proposed('new', true, THEN + 2_000)).proposals.map(({ proposalId }) => proposalId),
  ).toEqual(['new']));
it('two hundred changes are kept', () =>
  expect(after(...Array.from({ length: 205 }, () => set())).changes).toHaveLength(200));
