import type { ActionFact } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import {
  at,
  zoe,
  proposed,
  decided,
  asked,
  askedWho,
  approved,
  guided,
  identified,
  recordIdentity,
  tried,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

const id = { actionId: 'a1' };

describe('an approval', () => {
  const awaiting = [proposed, decided('ASK'), asked];
  const approve = { type: 'action.approve' as const, ...id, comment: 'go' };
  const unreached = tried({ outcome: 'UNREACHABLE' });
  const inPortal = tried({ channel: 'portal', reached: true });
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
  it('does not stand once another said no', () => {
    const no: ActionFact = {
      type: 'action.denied',
      ...id,
      caseId: 'c1',
      comment: '',
      by: { ...zoe, subject: 'bob' },
      at,
    };
    given(...awaiting, approved, no)
      .when(approve, { actor: zoe })
      .refuses('the action is DENIED and awaits no approval');
  });
  it('expires by itself', () =>
    given(...awaiting)
      .when({ type: 'action.expire', ...id }, { now: at + HOUR_MS })
      .thenLike({ type: 'action.expired' }));
  it.each<[string, ActionFact[], number, number | null]>([
    ['nobody', [], HOUR_MS, 0],
    ['nobody, who only was tried, or writes in the case', [unreached, inPortal], HOUR_MS, 0],
    ['one, in two ways', [tried(), tried({ channel: 'phone' })], HOUR_MS, 1],
    ['one, as far as is known, where the service was away', [tried()], 3 * HOUR_MS, 1],
    ['nobody knows how many, where the service was away', [], 3 * HOUR_MS, null],
  ])('expires with how many were told: %s', (_what, told, later, count) =>
    given(...awaiting, ...told)
      .when({ type: 'action.expire', ...id }, { now: at + later })
      .thenLike({ type: 'action.expired', told: count }),
  );
  it('does not expire once given', () =>
    given(...awaiting, approved)
      .when({ type: 'action.expire', ...id }, { now: at + HOUR_MS })
      .then());
});

describe('a question that is put again, as the name means another by now', () => {
  const first = [proposed, askedWho(), identified(), decided('ASK'), { ...asked, asking: 1 } as ActionFact];
  const agreed = { ...approved, asking: 1 } as ActionFact;
  const other = recordIdentity({ asking: 2, vendorId: 'm2', name: 'db01.acme.example', names: ['m2'] });
  const again = [...first, agreed, askedWho(2)];
  const past = [
    ...again,
    ...given(...again)
      .when(other, under('COLLABORATE'))
      .facts(),
  ];
  const answer = (type: 'action.approve' | 'action.deny', asking?: number) =>
    given(...past).when({ type, ...id, comment: '', ...(asking ? { asking } : {}) }, { actor: zoe });
  it('has a number of its own', () =>
    expect(past.at(-1)).toMatchObject({ type: 'action.approval-requested', asking: 2 }));
  it.each(['action.approve', 'action.deny'] as const)('%s is of the question that was read', (type) => {
    answer(type, 1).refuses('another question was asked since');
    answer(type).refuses('another question was asked since');
    expect(answer(type, 2).facts()).toMatchObject([{ asking: 2, by: zoe }]);
  });
  it('is not answered by the answer to the one before, once more', () =>
    given(...first, agreed)
      .when({ type: 'action.approve', ...id, comment: '', asking: 2 }, { actor: zoe })
      .refuses('another question was asked since'));
  it('counts nobody as tried who was told of the one before', () =>
    given(...past.slice(0, -1), { ...past.at(-1), at: at + 20 * MINUTE_MS } as ActionFact)
      .when({ ...tried(), type: 'action.record-contact', ...id, contact: 'zoe' } as never, under('COLLABORATE'))
      .then());
  it('is told of by what settles it', () => {
    given(...past)
      .when({ type: 'action.expire', ...id }, { now: at + HOUR_MS })
      .thenLike({ type: 'action.expired', asking: 2 });
    given(...past)
      .when({ type: 'action.withdraw', ...id, reason: 'r' })
      .thenLike({ type: 'action.skipped', asking: 2 });
  });
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
