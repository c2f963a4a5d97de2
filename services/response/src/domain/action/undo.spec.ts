import type { ActionFact } from '#contracts';
import {
  system,
  zoe,
  proposed,
  decided,
  started,
  finished,
  undoing,
  undone,
  notUndone,
  notVerified,
  verified,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';
import { actionStream } from './decider.js';

const id = { actionId: 'a1' };
const ada = { subject: 'ada', side: 'PROVIDER' as const };

describe('what was in force already', () => {
  const foreign = [
    proposed,
    decided('EXECUTE'),
    started,
    { ...finished('SUCCEEDED'), vendorRef: '', alreadyInForce: true } as ActionFact,
    verified(true),
  ];
  it('is never lifted by a timer', () =>
    given(...foreign)
      .when({ type: 'action.revert', ...id, reason: 'its time is over' }, under('AUTHORIZE'))
      .then());
  it('is not either where a person wanted it lifted before that was known', () =>
    given(
      ...[proposed, decided('EXECUTE'), started, finished('OUTCOME_UNKNOWN'), undoing, notUndone],
      { ...finished('OUTCOME_UNKNOWN'), vendorRef: '' } as ActionFact,
      { ...finished('SUCCEEDED'), vendorRef: '', alreadyInForce: true } as ActionFact,
    )
      .when({ type: 'action.revert', ...id, reason: 'its time is over' }, under('AUTHORIZE'))
      .then());
  it("is somebody else's: to lift it is proposed, and asks the policy", () =>
    given(...foreign)
      .when({ type: 'action.revert', ...id, reason: 'the customer asked' }, { ...under('AUTHORIZE'), actor: ada })
      .refuses(/propose release-host/));
});

describe('what is in force, and nothing says by whom', () => {
  const doubtful = [
    proposed,
    decided('EXECUTE'),
    started,
    { ...finished('SUCCEEDED'), vendorRef: '' } as ActionFact,
    verified(true),
  ];
  it('is never lifted by a timer', () =>
    given(...doubtful)
      .when({ type: 'action.revert', ...id, reason: 'its time is over' }, under('AUTHORIZE'))
      .then());
  it('is lifted by a person who says why', () => {
    given(...doubtful)
      .when({ type: 'action.revert', ...id, reason: 'the customer asked' }, { ...under('AUTHORIZE'), actor: ada })
      .thenLike({ type: 'action.started', inverting: true, by: ada, reason: 'the customer asked' });
    given(...doubtful)
      .when({ type: 'action.revert', ...id, reason: ' ' }, { ...under('AUTHORIZE'), actor: ada })
      .refuses('a reason is needed');
  });
  it('is lifted in the end when a person wanted it and the vendor was away', () =>
    given(...doubtful, undoing, notUndone)
      .when({ type: 'action.revert', ...id, reason: 'again' }, under('AUTHORIZE'))
      .thenLike({ type: 'action.started', inverting: true }));
});

describe('what was sent, and whose answer is missing', () => {
  const over = { type: 'action.revert', ...id, reason: 'its time is over' } as const;
  const unknown = { ...finished('OUTCOME_UNKNOWN'), vendorRef: '' } as ActionFact;
  const lost = [proposed, decided('EXECUTE'), started, unknown];
  it('ends with its time', () =>
    given(...lost)
      .when(over, under('AUTHORIZE'))
      .thenLike({ type: 'action.started', inverting: true }));
  it("does not where the vendor says since that it is somebody else's", () =>
    given(...lost, { ...finished('SUCCEEDED'), vendorRef: '' } as ActionFact)
      .when(over, under('AUTHORIZE'))
      .then());
  it('is nothing to end once it is known that it was not done', () =>
    given(...lost, { ...unknown, outcome: 'FAILED' } as ActionFact)
      .when(over, under('AUTHORIZE'))
      .then());
});

describe('afterwards', () => {
  const done = [proposed, decided('EXECUTE'), started, finished('SUCCEEDED'), verified(true)];
  it('can be undone', () =>
    given(...done)
      .when({ type: 'action.revert', ...id, reason: 'clean' }, under('AUTHORIZE'))
      .thenLike({ type: 'action.started', inverting: true }));
  it('is undone even where the policy no longer lets us act', () =>
    given(...done)
      .when(
        { type: 'action.revert', ...id, reason: 'clean' },
        under('NOTIFY', { exclusions: [{ entity: 'host:web01', reason: 'new' }] }),
      )
      .thenLike({ type: 'action.started', inverting: true, rule: 'undo' }));
  it('what gave back is not undone: taking away again is proposed, and asks the policy', () => {
    const released = [
      { ...proposed, actionClass: 'release-host', inverse: 'isolate-host' } as ActionFact,
      ...done.slice(1),
    ];
    for (const actor of [ada, system])
      given(...released)
        .when({ type: 'action.revert', ...id, reason: 'again' }, { ...under('AUTHORIZE'), actor })
        .refuses(/propose isolate-host/);
  });
  it('is not undone by the customer', () =>
    given(...done)
      .when({ type: 'action.revert', ...id, reason: 'mine' }, { ...under('AUTHORIZE'), actor: zoe })
      .refuses('only the provider undoes actions'));
  it('is tried again under another key when it was not undone', () =>
    given(...done, undoing, notUndone)
      .when({ type: 'action.revert', ...id, reason: 'again' }, under('AUTHORIZE'))
      .thenLike({ type: 'action.started', idempotencyKey: 'a1:release-host:2' }));
  it('is tried twenty times, then left to people', () => {
    const tries = Array.from({ length: 20 }, () => [undoing, notUndone]).flat();
    given(...done, ...tries)
      .when({ type: 'action.revert', ...id, reason: 'again' }, under('AUTHORIZE'))
      .then();
    given(...done, ...tries)
      .when({ type: 'action.revert', ...id, reason: 'again' }, { ...under('AUTHORIZE'), actor: ada })
      .thenLike({ type: 'action.started' });
  });
  it('says of the twentieth failure that it is the last, and whom nobody gives back any more', () => {
    const failed = (tries: number) =>
      given(...done, ...Array.from({ length: tries - 1 }, () => [undoing, notUndone]).flat(), undoing)
        .when({ type: 'action.record-reverted', ...id, ...undone(false) })
        .thenLike({
          type: 'action.revert-failed',
          actionClass: 'isolate-host',
          targetId: 'web01',
          isLast: tries === 20,
        });
    failed(19);
    failed(20);
  });
  it.each([true, false])('stands where it stood before when it could not be undone (effect seen: %s)', (effective) => {
    const { state } = [
      proposed,
      decided('EXECUTE'),
      started,
      finished('SUCCEEDED'),
      verified(effective),
      undoing,
      notUndone,
    ].reduce(actionStream.evolve, actionStream.initial());
    expect(state).toBe(effective ? 'VERIFIED' : 'VERIFY_FAILED');
  });
});

describe('an undoing that is neither proved nor disproved yet', () => {
  const lifted = [proposed, decided('EXECUTE'), started, finished('SUCCEEDED'), verified(true), undoing];
  const offline = { ...undone(false), conclusive: false, reason: 'TARGET_OFFLINE' as const };
  const said = notVerified({ inverting: true, reason: 'TARGET_OFFLINE' });
  it('is under way still, and is not sent again', () => {
    given(...lifted)
      .when({ type: 'action.record-reverted', ...id, ...offline })
      .thenLike({ type: 'action.not-verified', inverting: true, look: 1, reason: 'TARGET_OFFLINE' });
    expect([...lifted, said].reduce(actionStream.evolve, actionStream.initial()).state).toBe('REVERTING');
    given(...lifted, said)
      .when({ type: 'action.revert', ...id, reason: 'again' }, under('AUTHORIZE'))
      .then();
  });
  it('counts its own looks', () => {
    const before = [...lifted.slice(0, 4), notVerified(), undoing];
    given(...before)
      .when({ type: 'action.record-reverted', ...id, ...offline, look: 1 })
      .then();
    given(...before)
      .when({ type: 'action.record-reverted', ...id, ...offline })
      .thenLike({ type: 'action.not-verified', look: 1 });
  });
  it('is undone once that is seen, with the age of what was seen', () =>
    given(...lifted, said)
      .when({ type: 'action.record-reverted', ...id, ...undone(true), look: 1 })
      .thenLike({ type: 'action.reverted', reason: 'seen', observedAt: undone(true).observedAt, lagMs: 900_000 }));
  it('has failed once that is seen', () =>
    given(...lifted, said)
      .when({ type: 'action.record-reverted', ...id, ...undone(false), look: 1 })
      .thenLike({ type: 'action.revert-failed' }));
});
