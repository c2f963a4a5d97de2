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
  undoing,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

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
      .when({ type: 'action.record-verification', ...id, effective: true, evidence: 'silent' })
      .thenLike({ type: 'action.verified', effective: true }));
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
      .when({ type: 'action.record-reverted', ...id, reverted: false, detail: 'away' })
      .thenLike({ type: 'action.revert-failed' }, { type: 'action.finished', outcome: 'OUTCOME_UNKNOWN' }));
});
