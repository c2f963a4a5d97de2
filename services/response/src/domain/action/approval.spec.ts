import { HOUR_MS } from '#libs/terms';
import { at, zoe, proposed, decided, asked, approved, guided } from '../../../test/samples/action.js';
import { given } from '../../../test/samples/given.js';

const id = { actionId: 'a1' };

describe('an approval', () => {
  const awaiting = [proposed, decided('ASK'), asked];
  const approve = { type: 'action.approve' as const, ...id, comment: 'go' };
  it("is the customer's", () =>
    given(...awaiting)
      .when(approve, { actor: zoe })
      .thenLike({ type: 'action.approved', by: zoe }));
  it("is nobody else's", () =>
    given(...awaiting)
      .when(approve)
      .refuses('only the customer answers an approval'));
  it('comes in time or not at all', () =>
    given(...awaiting)
      .when(approve, { actor: zoe, now: at + 3_600_001 })
      .refuses('the approval has expired'));
  it('is said once', () =>
    given(...awaiting, approved)
      .when(approve, { actor: zoe })
      .then());
  it('expires by itself', () =>
    given(...awaiting)
      .when({ type: 'action.expire', ...id }, { now: at + HOUR_MS })
      .thenLike({ type: 'action.expired' }));
  it('does not expire once given', () =>
    given(...awaiting, approved)
      .when({ type: 'action.expire', ...id }, { now: at + HOUR_MS })
      .then());
});

describe('guidance', () => {
  it('is marked done by the customer', () =>
    given(proposed, decided('GUIDE'), guided)
      .when({ type: 'action.mark-done', ...id, comment: 'unplugged' }, { actor: zoe })
      .thenLike({ type: 'action.done-by-customer' }));
  it('and by nobody else', () =>
    given(proposed, decided('GUIDE'), guided)
      .when({ type: 'action.mark-done', ...id, comment: '' })
      .refuses(/only the customer/));
});
