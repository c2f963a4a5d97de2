import { HOUR_MS } from '#libs/terms';
import { at, propose, proposed, askedWho, recordIdentity } from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

describe('a proposed action', () => {
  it.each(['AUTHORIZE', 'COLLABORATE'] as const)('has its target identified first, under %s', (mode) =>
    given()
      .when(propose, under(mode))
      .thenLike({ type: 'action.proposed' }, { type: 'action.identity-requested', asking: 1 }),
  );
  it('guides the customer who acts itself', () =>
    given()
      .when(propose, under('NOTIFY'))
      .thenLike({ type: 'action.proposed' }, { type: 'action.decided', decision: 'GUIDE' }, { type: 'action.guided' }));
  it.each(['AUTHORIZE', 'COLLABORATE'] as const)(
    'is told to the customer, step by step, where no connector can do it, under %s',
    (mode) =>
      given()
        .when(propose, under(mode, {}, { connectors: [] }))
        .thenLike(
          { type: 'action.proposed' },
          { type: 'action.decided', decision: 'GUIDE', rule: 'no-connector' },
          { type: 'action.guided' },
        ),
  );
  it('leaves excluded assets alone', () =>
    given()
      .when(propose, under('AUTHORIZE', { exclusions: [{ entity: 'host:web01', reason: 'life support' }] }))
      .thenLike(
        { type: 'action.proposed' },
        { type: 'action.decided', decision: 'FORBID' },
        { type: 'action.skipped' },
      ));
  it.each(['AUTHORIZE', 'COLLABORATE'] as const)('of what was found an hour ago is asked about, under %s', (mode) => {
    const late = { ...under(mode, { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }) };
    const now = propose.detectedAt + HOUR_MS + 1;
    const past = given()
      .when(propose, { ...late, now })
      .facts();
    given(...past)
      .when(recordIdentity({ at: now }), { ...late, now })
      .thenLike(
        { type: 'action.identified' },
        { type: 'action.decided', decision: 'ASK', rule: 'guard:age' },
        { type: 'action.approval-requested' },
      );
  });
  it('of what was found long ago is carried out where a person proposes it', () => {
    const now = propose.detectedAt + 3 * HOUR_MS;
    const person = given()
      .when(propose, { ...under('AUTHORIZE'), now, actor: { subject: 'ada', side: 'PROVIDER' } })
      .facts();
    const commit = given(...person)
      .when(recordIdentity({ at: now }), { ...under('AUTHORIZE'), now })
      .facts();
    expect(commit.at(-1)).toMatchObject({ type: 'action.started' });
  });
  it('of whom the vendor names only after an hour is asked about', () => {
    const now = at + HOUR_MS + 1;
    given(proposed, askedWho())
      .when(recordIdentity({ at: now }), { ...under('AUTHORIZE'), now })
      .thenLike(
        { type: 'action.identified' },
        { type: 'action.decided', decision: 'ASK' },
        { type: 'action.approval-requested' },
      );
  });
  it('is proposed only once', () => given(proposed, askedWho()).when(propose, under('AUTHORIZE')).then());
  it('needs a tenant in service', () => given().when(propose).refuses('the tenant is not in service'));
  it('needs a class we know', () =>
    given()
      .when({ ...propose, actionClass: 'wipe' }, under('AUTHORIZE'))
      .refuses('there is no action class wipe'));
});
