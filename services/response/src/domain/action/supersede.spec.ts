import type { ActionFact, ActionSupersede } from '#contracts';
import {
  at,
  decided,
  finished,
  found,
  identified,
  notUndone,
  proposed,
  seen,
  started,
  undoing,
  undone,
  verified,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

const asked: ActionSupersede = {
  type: 'action.supersede',
  actionId: 'a1',
  byActionId: 'r1',
  byCaseId: 'c2',
  inverting: false,
  evidence: 'web01 connects again',
  observedAt: at + 75,
};
const begun = [proposed, identified(), decided('EXECUTE'), started, finished('SUCCEEDED')];
const inForce = [...begun, verified(true)];
const superseded: ActionFact = {
  type: 'action.superseded',
  actionId: 'a1',
  caseId: 'c1',
  actionClass: 'isolate-host',
  target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
  byActionId: 'r1',
  byCaseId: 'c2',
  inverting: false,
  evidence: 'web01 connects again',
  observedAt: at + 75,
  at,
};
const later = (reason: string) => ({ type: 'action.revert' as const, actionId: 'a1', reason });

describe('what another action gave back', () => {
  it('holds no more, and says by what and what was seen', () =>
    given(...inForce)
      .when(asked)
      .then(superseded));
  it('says so, too, where undoing it is under way or failed, and where it was there before', () => {
    given(...inForce, undoing)
      .when(asked)
      .then(superseded);
    given(...inForce, undoing, notUndone)
      .when(asked)
      .then(superseded);
    const foreign = { ...finished('SUCCEEDED'), vendorRef: '', alreadyInForce: true } as ActionFact;
    given(...begun.slice(0, 4), foreign, verified(true))
      .when(asked)
      .then(superseded);
  });
  it('is told once, and what comes late of its undoing changes nothing', () => {
    given(...inForce, superseded)
      .when(asked)
      .then();
    given(...inForce, undoing, superseded)
      .when({ type: 'action.record-reverted', actionId: 'a1', ...undone(true) })
      .then();
  });
  it('is lifted by no timer, and by nobody twice', () => {
    given(...inForce, superseded)
      .when(later('its time is over'), under('AUTHORIZE'))
      .then();
    given(...inForce, superseded)
      .when(later('clean'), { ...under('AUTHORIZE'), actor: { subject: 'ada', side: 'PROVIDER' } })
      .then();
  });
  it('is nothing where no effect was seen: the looks for it say what is', () => {
    given(...begun)
      .when(asked)
      .then();
    given(...begun, undoing)
      .when(asked)
      .then();
    given(...begun, verified(false))
      .when(asked)
      .then();
  });
  it('is nothing where the action itself gives back', () =>
    given(...inForce.map((fact) => ('actionClass' in fact ? { ...fact, actionClass: 'release-host' } : fact)))
      .when(asked)
      .then());
  it('is for the service to say', () =>
    given(...inForce)
      .when(asked, { actor: { subject: 'ada', side: 'PROVIDER' } })
      .refuses('only the system side'));
});

describe('an effect that is seen, or seen undone', () => {
  it('says of whom, as the vendor knows it', () => {
    given(...begun)
      .when({ type: 'action.record-verification', actionId: 'a1', ...seen(true) })
      .thenLike({ type: 'action.verified', ...found });
    given(...inForce, undoing)
      .when({ type: 'action.record-reverted', actionId: 'a1', ...undone(true) })
      .thenLike({ type: 'action.reverted', actionClass: 'isolate-host', ...found });
  });
});
