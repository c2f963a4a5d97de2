import type { ActionFact, ActionRecordContact, ActionRequest, DeliveryOutcome, TenantState } from '#contracts';
import { testContext } from '#libs/testing';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { propose } from '../../services/response/test/samples/action.js';
import { settingsWith, SYSTEM } from '../support/action-history.js';
import type { Attack } from './attack.js';

/**
 * Silence lets an action proceed: that of nobody, of people whom nobody tried to tell or whom the provider could not
 * send anything, of somebody who is there, and silence after the question's time, while the service was away.
 */
export const nobodyAskedNobodyAnswered: Attack = {
  name: 'nobody-asked-nobody-answered',
  line: 6,
  control: () => goesOn(15, silent, tried('ACCEPTED')) && goesOn(15, silent, tried('UNANSWERED')),
  attack: () =>
    goesOn(15, { ...silent, contacts: [] }) ||
    goesOn(15, silent) ||
    goesOn(15, silent, tried('NO_SENDER')) ||
    goesOn(15, silent, tried('NOT_MADE')) ||
    goesOn(15, silent, { ...tried('ACCEPTED'), reached: true }) ||
    goesOn(60, silent, tried('ACCEPTED'))
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'services/response/src/domain/action/ask-policy.ts',
    find: 'return asked.every(isSilent) && now',
    replace: 'return now',
  },
};

const tried = (outcome: DeliveryOutcome): Told => ({ outcome, reached: false });
type Told = Pick<ActionRecordContact, 'outcome' | 'reached'>;

const silent = settingsWith('COLLABORATE', {
  escalateIfUnreachableAfterMinutes: 15,
  unreachableClasses: ['isolate-host'],
});

/** Whether it goes on when so many minutes have passed since the question, of which each contact was told so. */
const goesOn = (minutes: number, settings: TenantState, told?: Told): boolean => {
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
  const { actionId } = propose;
  for (const { subject: contact, channel } of told ? settings.contacts : [])
    ask({ type: 'action.record-contact', actionId, contact, channel, triedAt: at, ...(told as Told) }, at);
  return ask({ type: 'action.execute', actionId: propose.actionId }, at + minutes * 60_000).length > 0;
};
