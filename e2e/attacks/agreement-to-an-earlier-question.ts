import { lifeIn, proposal, settingsWith, tell, ZOE } from '../support/action-history.js';
import type { Attack } from './attack.js';

/** Agreed to one machine; the name means another by then, which is asked about anew, and one of the two is answered. */
const isAgreed = (asking: number): boolean => {
  const life = lifeIn(settingsWith('COLLABORATE'));
  const agree = (to: number) => life.ask({ type: 'action.approve', actionId: 'a1', comment: 'go', asking: to }, ZOE);
  life.ask(proposal('isolate-host', 'web01'));
  tell(life, 'm1', ['web01.acme.example']);
  agree(1);
  life.ask({ type: 'action.execute', actionId: 'a1' });
  tell(life, 'm2', ['web01.plant.example']);
  return agree(asking).length > 0;
};

/** A tab that was left open, or a request sent again, agrees to a machine that nobody read about. */
export const agreementToAnEarlierQuestion: Attack = {
  name: 'agreement-to-an-earlier-question',
  line: 4,
  control: () => isAgreed(2),
  attack: () => (isAgreed(1) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/approval.ts',
    find: 'asking === question : questions <= 1',
    replace: 'true : questions <= 1',
  },
};
