import type { ActionFact } from '#contracts';
import { scenario } from '#libs/testing';
import { actionStream } from './decider.js';
import {
  approved,
  asked,
  askedWho,
  at,
  decided,
  finished,
  found,
  guided,
  identified,
  notUndone,
  propose,
  proposed,
  started,
  system,
  tenant,
  undoing,
  verified,
  zoe,
} from '../../../test/samples/action.js';

const { given } = scenario(actionStream, { actor: system, now: at });
const under = (mode: 'AUTHORIZE' | 'COLLABORATE' | 'NOTIFY', policy = {}) => ({ settings: tenant(mode, policy) });
const types = (facts: ActionFact[]): string[] => facts.map(({ type }) => type);
const id = { actionId: 'a1' };
const ada = { subject: 'ada', side: 'PROVIDER' as const };

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
      .thenLike({ type: 'action.started', inverting: true });
    given(...doubtful)
      .when({ type: 'action.revert', ...id, reason: ' ' }, { ...under('AUTHORIZE'), actor: ada })
      .refuses('a reason is needed');
  });
  it('is lifted in the end when a person wanted it and the vendor was away', () =>
    given(...doubtful, undoing, notUndone)
      .when({ type: 'action.revert', ...id, reason: 'again' }, under('AUTHORIZE'))
      .thenLike({ type: 'action.started', inverting: true }));
});

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
      .when({ type: 'action.expire', ...id }, { now: at + 3_600_000 })
      .thenLike({ type: 'action.expired' }));
  it('does not expire once given', () =>
    given(...awaiting, approved)
      .when({ type: 'action.expire', ...id }, { now: at + 3_600_000 })
      .then());
});

describe('execution', () => {
  const execute = { type: 'action.execute' as const, ...id };
  it('asks the vendor once more who was agreed on', () =>
    given(proposed, decided('ASK'), asked, approved)
      .when(execute, under('COLLABORATE'))
      .thenLike({ type: 'action.identity-requested' }));
  it('asks the policy again, which may have changed', () =>
    expect(types(given(proposed, decided('ASK'), asked, approved).when(execute, under('NOTIFY')).facts())).toEqual([
      'action.decided',
      'action.guided',
    ]));
  it('waits for the customer', () => given(proposed, decided('ASK'), asked).when(execute, under('COLLABORATE')).then());
  it('goes on without an answer where the customer opted in', () =>
    expect(
      types(
        given(proposed, decided('ASK'), asked)
          .when(execute, {
            ...under('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }),
            now: at + 900_000,
          })
          .facts(),
      ),
    ).toEqual(['action.approved', 'action.identity-requested']));
  it.each<[string, ActionFact, number]>([
    ['of nobody who was asked', { ...asked, contacts: [] } as ActionFact, 900_000],
    ['after the question has expired', asked, 3_600_000],
  ])('does not go on by the silence %s', (_, question, after) =>
    given(proposed, decided('ASK'), question)
      .when(execute, {
        ...under('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }),
        now: at + after,
      })
      .then(),
  );
  it('starts once', () => given(proposed, decided('EXECUTE'), started).when(execute, under('AUTHORIZE')).then());
  it('is never begun by a person', () =>
    given(proposed, decided('ASK'), asked, approved)
      .when(execute, { ...under('AUTHORIZE'), actor: zoe })
      .refuses('only the system side may execute actions'));
});

describe('a result', () => {
  const under_way = [proposed, decided('EXECUTE'), started];
  const result = (outcome: 'SUCCEEDED' | 'OUTCOME_UNKNOWN') => ({
    type: 'action.record-result' as const,
    ...id,
    outcome,
    detail: '',
    vendorRef: 'v1',
    alreadyInForce: false,
  });
  it('is kept', () =>
    given(...under_way)
      .when(result('SUCCEEDED'))
      .thenLike({ type: 'action.finished', outcome: 'SUCCEEDED' }));
  it('keeps whom it is about', () =>
    given(proposed, askedWho(), identified(), decided('EXECUTE'), started)
      .when(result('SUCCEEDED'))
      .thenLike({ type: 'action.finished', ...found }));
  it('settles an unknown one', () =>
    given(...under_way, finished('OUTCOME_UNKNOWN'))
      .when(result('SUCCEEDED'))
      .thenLike({ type: 'action.finished', outcome: 'SUCCEEDED' }));
  it('stays as first known', () =>
    given(...under_way, finished('SUCCEEDED'))
      .when(result('OUTCOME_UNKNOWN'))
      .then());
  it('counts once its effect was seen', () =>
    given(...under_way, finished('SUCCEEDED'))
      .when({ type: 'action.record-verification', ...id, effective: true, evidence: 'silent' })
      .thenLike({ type: 'action.verified', effective: true }));
});

describe('an unknown outcome', () => {
  const MINUTE_MS = 60_000;
  const unknown = [proposed, decided('EXECUTE'), started, finished('OUTCOME_UNKNOWN')];
  const still = {
    type: 'action.record-result' as const,
    ...id,
    outcome: 'OUTCOME_UNKNOWN' as const,
    detail: 'away',
    vendorRef: '',
    alreadyInForce: false,
  };
  it('is asked for again and again', () =>
    given(...unknown)
      .when(still, { now: at + 4_000 })
      .thenLike({ type: 'action.finished', outcome: 'OUTCOME_UNKNOWN' }));
  it('is asked for once at a time', () =>
    given(...unknown)
      .when(still, { now: at + 1_000 })
      .then());
  it('is asked for longer than most outages last', () =>
    given(...unknown, ...Array.from({ length: 40 }, () => finished('OUTCOME_UNKNOWN')))
      .when(still, { now: at + 23 * 60 * MINUTE_MS })
      .thenLike({ type: 'action.finished' }));
  it('is left to people after a day', () =>
    given(...unknown)
      .when(still, { now: at + 24 * 60 * MINUTE_MS + 1 })
      .then());
  it('can be undone by a person', () =>
    given(...unknown)
      .when({ type: 'action.revert', ...id, reason: 'to be sure' }, { ...under('AUTHORIZE'), actor: ada })
      .thenLike({ type: 'action.started', inverting: true }));
  it('is asked for anew when it could not be undone', () =>
    given(...unknown, undoing)
      .when({ type: 'action.record-reverted', ...id, reverted: false, detail: 'away' })
      .thenLike({ type: 'action.revert-failed' }, { type: 'action.finished', outcome: 'OUTCOME_UNKNOWN' }));
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
  it('guidance is marked done by the customer', () =>
    given(proposed, decided('GUIDE'), guided)
      .when({ type: 'action.mark-done', ...id, comment: 'unplugged' }, { actor: zoe })
      .thenLike({ type: 'action.done-by-customer' }));
  it('and by nobody else', () =>
    given(proposed, decided('GUIDE'), guided)
      .when({ type: 'action.mark-done', ...id, comment: '' })
      .refuses(/only the customer/));
});
