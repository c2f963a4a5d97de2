import { propose, proposed, askedWho } from '../../../test/samples/action.js';
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
  it('is proposed only once', () => given(proposed, askedWho()).when(propose, under('AUTHORIZE')).then());
  it('needs a tenant in service', () => given().when(propose).refuses('the tenant is not in service'));
  it('needs a class we know', () =>
    given()
      .when({ ...propose, actionClass: 'wipe' }, under('AUTHORIZE'))
      .refuses('there is no action class wipe'));
});
