import type { ActionFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  at,
  proposed,
  decided,
  found,
  askedWho,
  identified,
  started,
  finished,
  notUndone,
  notVerified,
  seen,
  undoing,
  undone,
  unseen,
  verified,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';
import { actionStream } from './decider.js';
import { pauseBeforeLook } from './limits.js';

const id = { actionId: 'a1' };
const ada = { subject: 'ada', side: 'PROVIDER' as const };

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
      .when({ type: 'action.record-verification', ...id, ...seen(true) })
      .thenLike({ type: 'action.verified', effective: true }));
});

describe('an effect that is neither proved nor disproved yet', () => {
  const done = [proposed, askedWho(), identified(), decided('EXECUTE'), started, finished('SUCCEEDED')];
  const look = (told: object, look = 0) =>
    ({ type: 'action.record-verification', ...id, ...unseen(), ...told, look }) as const;
  it('is said with what was seen, its age and the lag allowed, and stands as the vendor said', () => {
    given(...done)
      .when(look({ observedAt: at - 5, lagMs: 300_000 }), { now: at + 9 })
      .then(notVerified({ observedAt: at - 5, lagMs: 300_000, at: at + 9 }));
    expect([...done, notVerified()].reduce(actionStream.evolve, actionStream.initial()).state).toBe('SUCCEEDED');
  });
  it('stands as PARTIAL where the vendor said so', () => {
    const partly = { ...finished('SUCCEEDED'), outcome: 'PARTIAL' } as ActionFact;
    given(...done.slice(0, -1), partly)
      .when(look({}))
      .thenLike({ type: 'action.not-verified', outcome: 'PARTIAL' });
  });
  it('says when the reason is that of the look before', () => {
    given(...done, notVerified())
      .when(look({}, 1))
      .thenLike({ type: 'action.not-verified', look: 2, again: true });
    given(...done, notVerified())
      .when(look({ reason: 'TARGET_OFFLINE' }, 1))
      .thenLike({ type: 'action.not-verified', look: 2, again: false });
    given(...done, notVerified(), undoing, notUndone)
      .when(look({}, 1))
      .thenLike({ type: 'action.not-verified', look: 2, again: false });
  });
  it('is said once a look', () =>
    given(...done, notVerified())
      .when(look({}, 0))
      .then());
  it.each([true, false])('is proved, or disproved, by a later look (effective: %s)', (effective) =>
    given(...done, notVerified(), notVerified({ look: 2, again: true }))
      .when({ type: 'action.record-verification', ...id, ...seen(effective), look: 2 })
      .thenLike({ type: 'action.verified', effective, evidence: 'seen', observedAt: at, lagMs: 900_000 }),
  );
  it('is nothing new once it was disproved', () =>
    given(...done, verified(false))
      .when(look({}))
      .then());
  it('is looked for after pauses that grow, and at least once a minute while the lag lasts', () => {
    const pause = (minutes: number, lagMs = 15 * MINUTE_MS) =>
      pauseBeforeLook({ since: at, lagMs, at: at + minutes * MINUTE_MS }, 2_000);
    expect([0, 0.5, 1, 10].map((one) => pause(one))).toEqual([2_000, 15_000, 30_000, MINUTE_MS]);
    expect([16, 60, 6_000].map((one) => pause(one))).toEqual([8 * MINUTE_MS, 30 * MINUTE_MS, 360 * MINUTE_MS]);
  });
});

describe('an unknown outcome', () => {
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
      .when({ type: 'action.record-reverted', ...id, ...undone(false) })
      .thenLike({ type: 'action.revert-failed' }, { type: 'action.finished', outcome: 'OUTCOME_UNKNOWN' }));
});
