import { lifeIn, proposal, settingsWith, tell, ZOE } from '../support/action-history.js';
import type { Attack } from './attack.js';

/** Asked, agreed on, and the vendor asked once more. */
const isStarted = (later: string): boolean => {
  const life = lifeIn(settingsWith('COLLABORATE'));
  life.ask(proposal('isolate-host', 'web01'));
  tell(life, 'm1', ['web01.acme.example']);
  life.ask({ type: 'action.approve', actionId: 'a1', comment: 'go' }, ZOE);
  life.ask({ type: 'action.execute', actionId: 'a1' });
  tell(life, later, [later === 'm1' ? 'web01.acme.example' : 'web01.plant.example']);
  return life.started().length > 0;
};

/** The customer agreed to one machine; by the time it is cut off, the name means another. */
export const nameThatMovedAfterAgreement: Attack = {
  name: 'name-that-moved-after-agreement',
  line: 4,
  control: () => isStarted('m1'),
  attack: () => (isStarted('m2') ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/state.ts',
    find: 'isAnother(life, vendor, vendorId) ? UNASKED : {}',
    replace: '{}',
  },
};
