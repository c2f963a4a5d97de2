import { seen } from '../../services/response/test/samples/action.js';
import { ADA, lifeIn, proposal, settingsWith, tell, type LivedAction } from '../support/action-history.js';
import type { Attack } from './attack.js';

/** Proposed, carried out and seen, where the provider may act; then the customer wants guidance only. */
const done = (actionClass: string): LivedAction => {
  const life = lifeIn(settingsWith('AUTHORIZE'));
  life.ask(proposal(actionClass, 'files01'));
  tell(life);
  life.ask({
    type: 'action.record-result',
    actionId: 'a1',
    outcome: 'SUCCEEDED',
    detail: '',
    vendorRef: 'v1',
    alreadyInForce: false,
  });
  life.ask({ type: 'action.record-verification', actionId: 'a1', ...seen(true) });
  life.settings = settingsWith('NOTIFY', { exclusions: [{ entity: 'host:files01', reason: 'everybody works on it' }] });
  return life;
};

const isUndone = (life: LivedAction): boolean =>
  life
    .ask({ type: 'action.revert', actionId: 'a1', reason: 'changed my mind' }, ADA)
    .some(({ type }) => type === 'action.started');

/** What is allowed, a release, is proposed and then reverted: which would cut the host off. */
export const undoThatTakesAway: Attack = {
  name: 'undo-that-takes-away',
  line: 3,
  control: () => isUndone(done('isolate-host')),
  attack: () => (isUndone(done('release-host')) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/undo.ts',
    find: 'if (!takesAway) throw',
    replace: 'if (!inverse) throw',
  },
};
