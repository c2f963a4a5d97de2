import type { ActionFact, ActionRecordContact, DeliveryOutcome } from '#contracts';
import { shareMs } from '#libs/terms';
import { expired } from './approval.js';
import { onlySide, settingsOf, type ActionContext, type ActionDecision } from './context.js';
import { evolve, isTried, type ActionLife } from './state.js';

/** What came as far as the contact's own side, or would have: all else says nothing of the contact. */
const ATTEMPTS: readonly DeliveryOutcome[] = ['ACCEPTED', 'REFUSED', 'UNREACHABLE', 'UNANSWERED'];

/** A message that got there may be read yet; whoever could not be told, or did not take the call, is waited for no more. */
const waitUntil = ({ outcome, triedAt }: ActionRecordContact, asked: number, context: ActionContext): number | null => {
  const minutes = settingsOf(context).policy.escalateIfUnreachableAfterMinutes;
  return outcome === 'ACCEPTED' && typeof minutes === 'number' ? triedAt + shareMs(minutes, asked) : null;
};

/** Who was told of an earlier question was not told of this one, however late; who is there is there. */
const isOfAnother = ({ asking, reached }: ActionRecordContact, { question }: ActionLife): boolean =>
  typeof asking === 'number' && asking !== question && !reached;

/** Silence was taken for a yes, and nothing was begun on it yet. */
const isUnanswered = ({ state, agreed }: ActionLife): boolean => state === 'RESOLVING' && agreed === 'UNANSWERED';

/**
 * While a question waits: who was tried, again once told whom an earlier attempt did not reach, and that somebody is
 * there. Who takes note after silence was taken for a yes, and before anything began, is waited for again.
 */
export const recordContact: ActionDecision<ActionRecordContact> = (request, life, context) => {
  const { type: _type, asking: _asking, ...said } = request;
  onlySide('SYSTEM', context, 'only the system side says who was told');
  // What was tried before this question was asked told nobody of it.
  if (!ATTEMPTS.includes(said.outcome) || said.triedAt < life.askedAt || isOfAnother(request, life)) return [];
  if (life.state !== 'AWAITING_APPROVAL' && !(isUnanswered(life) && said.reached)) return [];
  const isKnown = isTried(life.tried, said) || !life.asked.includes(said.contact);
  if (isKnown && (life.isReached || !said.reached)) return [];
  const { caseId } = life;
  const at = context.now;
  const tried: ActionFact = {
    type: 'action.contact-tried',
    ...said,
    caseId,
    waitUntil: waitUntil(request, life.asked.length, context),
    at,
  };
  // The timer of a question whose time is over fired already.
  return isUnanswered(life) && at >= life.expiresAt ? [tried, expired(evolve(life, tried), at)] : [tried];
};
