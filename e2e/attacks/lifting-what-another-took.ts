import { ADA, lifeIn, proposal, settingsWith, tell } from '../support/action-history.js';
import type { Attack } from './attack.js';

const isLifted = (alreadyInForce: boolean): boolean => {
  const life = lifeIn(settingsWith('AUTHORIZE'));
  life.ask(proposal('isolate-host', 'files01'));
  tell(life);
  life.ask({
    type: 'action.record-result',
    actionId: 'a1',
    outcome: 'SUCCEEDED',
    detail: '',
    vendorRef: alreadyInForce ? '' : 'v1',
    alreadyInForce,
  });
  life.settings = settingsWith('NOTIFY');
  return life
    .ask({ type: 'action.revert', actionId: 'a1', reason: 'clean' }, ADA)
    .some(({ type }) => type === 'action.started');
};

/** The customer cut the host off itself; an action that found it so is reverted, to let it back in. */
export const liftingWhatAnotherTook: Attack = {
  name: 'lifting-what-another-took',
  line: 3,
  control: () => isLifted(false),
  attack: () => (isLifted(true) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/undo.ts',
    find: 'if (life.foreign && context.actor',
    replace: "if (!life.foreign && life.state === 'NONE' && context.actor",
  },
};
