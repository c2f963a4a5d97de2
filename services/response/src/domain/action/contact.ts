import type { ActionRecordContact, DeliveryOutcome } from '#contracts';
import { shareMs } from '#libs/terms';
import { onlySide, settingsOf, type ActionContext, type ActionDecision } from './context.js';
import { isTried } from './state.js';

/** What came as far as the contact's own side, or would have: all else says nothing of the contact. */
const ATTEMPTS: readonly DeliveryOutcome[] = ['ACCEPTED', 'REFUSED', 'UNREACHABLE', 'UNANSWERED'];

/** A message that got there may be read yet; whoever could not be told, or did not take the call, is waited for no more. */
const waitUntil = ({ outcome, triedAt }: ActionRecordContact, asked: number, context: ActionContext): number | null => {
  const minutes = settingsOf(context).policy.escalateIfUnreachableAfterMinutes;
  return outcome === 'ACCEPTED' && typeof minutes === 'number' ? triedAt + shareMs(minutes, asked) : null;
};

/** While a question waits: who was tried, once each, and that somebody is there. */
export const recordContact: ActionDecision<ActionRecordContact> = (request, life, context) => {
  const { type: _type, ...said } = request;
  onlySide('SYSTEM', context, 'only the system side says who was told');
  const isKnown = isTried(life.tried, said.contact) || !life.asked.includes(said.contact);
  if (life.state !== 'AWAITING_APPROVAL' || !ATTEMPTS.includes(said.outcome)) return [];
  if (isKnown && (life.isReached || !said.reached)) return [];
  return [
    {
      type: 'action.contact-tried',
      ...said,
      caseId: life.caseId,
      waitUntil: waitUntil(request, life.asked.length, context),
      at: context.now,
    },
  ];
};
