import type { Decider, Typed } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { scenario } from '#libs/testing';
import { withPermissions } from './with-permissions.js';

type SeenByDecider = Typed & { type: 'ruleset.seen' };
/** Decides whatever it is asked. */
const willing: Decider<number, Typed, SeenByDecider> = {
  subject: 'ruleset',
  version: 1,
  key: () => '',
  initial: () => 0,
  evolve: (seen) => seen + 1,
  decide: () => [{ type: 'ruleset.seen' }],
};
const { given } = scenario(withPermissions(willing));
const seen: SeenByDecider = { type: 'ruleset.seen' };
const importing: Typed = { type: 'ruleset.import' };

it('is asked by those who may', () =>
  given()
    .when(importing, { roles: ['ANALYST'] })
    .then(seen));
it('is not asked by those who may only look', () =>
  given()
    .when({ type: 'action.approve' }, { actor: { subject: 'vera', side: 'CUSTOMER' }, roles: ['CUSTOMER_VIEWER'] })
    .refuses('these roles do not permit this'));
it('is not asked without roles', () =>
  given().when(importing, { roles: [] }).refuses('these roles do not permit this'));
it('is not asked about everybody with a role for one tenant', () =>
  given()
    .when(importing, { tenant: OPERATOR, roles: ['ANALYST'] })
    .refuses('these roles do not permit this'));
it('is not asked by services what people decide', () =>
  given()
    .when(importing, { actor: { subject: 'detection', side: 'SYSTEM' }, roles: ['SERVICE'] })
    .refuses('these roles do not permit this'));
it('is not asked what nobody knows', () =>
  given().when({ type: 'ruleset.forget' }).refuses('these roles do not permit this'));
it('keeps the rest of the decider', () =>
  expect(withPermissions(willing)).toMatchObject({ subject: 'ruleset', version: 1 }));
