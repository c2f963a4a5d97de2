import type { ActionRequest, ActionFact, TenantState } from '#contracts';
import { testContext } from '#libs/testing';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { propose } from '../../services/response/test/samples/action.js';
import { settingsWith, SYSTEM } from '../support/action-history.js';
import type { Attack } from './attack.js';

/**
 * Silence lets an action proceed: that of nobody, and silence after the question's time, while the service was away.
 */
export const nobodyAskedNobodyAnswered: Attack = {
  name: 'nobody-asked-nobody-answered',
  line: 6,
  control: () => goesOn(15, silent),
  attack: () => (goesOn(15, { ...silent, contacts: [] }) || goesOn(60, silent) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/ask-policy.ts',
    find: 'askedAt > 0 && askedOf > 0 &&',
    replace: 'askedAt > 0 &&',
  },
};

const silent = settingsWith('COLLABORATE', {
  escalateIfUnreachableAfterMinutes: 15,
  unreachableClasses: ['isolate-host'],
});

/** Whether it goes on when so many minutes have passed since the question without an answer. */
const goesOn = (minutes: number, settings: TenantState): boolean => {
  const facts: ActionFact[] = [];
  const ask = (request: ActionRequest, now: number): ActionFact[] => {
    const commit = actionStream.decide(request, facts.reduce(actionStream.evolve, actionStream.initial()), {
      ...testContext,
      actor: SYSTEM,
      now,
      settings,
    });
    facts.push(...commit);
    return commit;
  };
  const at = propose.detectedAt;
  ask(propose, at);
  ask(
    {
      type: 'action.record-identity',
      actionId: propose.actionId,
      asking: 1,
      outcome: 'FOUND',
      vendor: 'defender',
      vendorId: 'm1',
      name: 'web01',
      names: ['web01'],
      detail: '',
      at,
    },
    at,
  );
  return ask({ type: 'action.execute', actionId: propose.actionId }, at + minutes * 60_000).length > 0;
};
