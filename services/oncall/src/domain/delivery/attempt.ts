import type {
  DeliveryAnswerCall,
  DeliveryAttempted,
  DeliveryFact,
  DeliveryPurpose,
  DeliveryRecordAttempt,
  DeliveryRequested,
  DeliveryTry,
  TenantState,
} from '#contracts';
import { cut, Refused } from '#libs/model';
import { shareMs } from '#libs/terms';
import { isCall } from '#libs/terms';
import { nameOf, TEXT, type DeliveryContext, type DeliveryDecision } from './context.js';
import { hindrance, registered } from './hindrance.js';
import { nextTurn, type DeliveryTurn } from './next-turn.js';
import { triedAfter, type DeliveryState } from './state.js';

const requestedIn = ({ requested }: DeliveryState): DeliveryRequested => {
  if (!requested) throw new Refused('this delivery was not requested', 'NOT_REQUESTED');
  return requested;
};

const TOLD_TO_ONE: readonly DeliveryPurpose[] = ['CASE', 'REMINDER'];

/** What a contact has to answer a question before the next is told as well: all of them within the time to answer. */
const waitMs = (settings: TenantState | undefined, contacts: number): number =>
  shareMs(settings?.policy.escalateIfUnreachableAfterMinutes ?? settings?.policy.approvalMinutes ?? 0, contacts);

/**
 * Of a case or a recommendation one is told; of a question all are, one after another, as who was told may not answer;
 * of a report all.
 */
const turnAfter = (
  requested: DeliveryRequested,
  state: DeliveryState,
  outcome: DeliveryAttempted['outcome'],
  { now, settings }: DeliveryContext,
): DeliveryTurn | undefined => {
  const { deliveryId, contacts, purpose, at: since } = requested;
  const accepted = outcome === 'ACCEPTED';
  if (state.isOver || (accepted && TOLD_TO_ONE.includes(purpose))) return undefined;
  const from = accepted && purpose === 'APPROVAL' ? now + waitMs(settings, contacts.length) : now;
  const channel = contacts[state.contact]?.channel ?? '';
  const tried = triedAfter(state, state.contact, { channel, outcome, at: now });
  const current = contacts.map((one) => registered(one, settings));
  return nextTurn({ deliveryId, since, contacts: current, tried }, { now: from, zone: settings?.timeZone ?? 'UTC' });
};

const plural = (turns: number): string => (turns === 1 ? '1 attempt' : `${turns} attempts`);

/** What came of the present turn, and what follows. */
const outcomeFacts = (
  state: DeliveryState,
  { outcome, said, by }: Pick<DeliveryAttempted, 'outcome' | 'said' | 'by'>,
  context: DeliveryContext,
): DeliveryFact[] => {
  const requested = requestedIn(state);
  const contact = requested.contacts[state.contact];
  if (!contact) return [];
  const { deliveryId, caseId, actionId, asking, purpose } = requested;
  const about = { deliveryId, caseId, actionId, purpose };
  const next = turnAfter(requested, state, outcome, context);
  const who = { contact: nameOf(contact), channel: contact.channel, language: contact.language };
  const answer = { said: cut(said, TEXT), by, at: context.now };
  const attempted: DeliveryAttempted = {
    type: 'delivery.attempted',
    ...about,
    asking,
    turn: state.turn,
    ...who,
    outcome,
    ...answer,
    nextContact: next?.contact ?? -1,
    nextAt: next?.at ?? null,
    round: next?.round ?? state.round,
  };
  if (outcome === 'ACCEPTED') return [attempted, { type: 'delivery.delivered', ...about, ...who, ...answer }];
  if (next || state.isDelivered || state.isOver) return [attempted];
  const reason = `${plural(state.turn)}, the last to ${who.contact} by ${who.channel}: ${answer.said}`;
  return [attempted, { type: 'delivery.failed', ...about, reason, at: context.now }];
};

/**
 * The time of a turn has come: for a message to go out, or for a person to call, if the contact may be told now; timers
 * fire late where a service was down.
 */
export const makeDue: DeliveryDecision<DeliveryTry> = ({ turn }, state, context) => {
  const requested = requestedIn(state);
  const { deliveryId, caseId, actionId, recommendationId, purpose, severity, number, title, until, contacts } =
    requested;
  const contact = contacts[state.contact];
  if (state.isOver || state.isDue || turn !== state.turn || !contact) return [];
  const { now, settings } = context;
  const why = hindrance(contact, settings, { now, dueAt: now });
  if (why !== undefined) return outcomeFacts(state, { outcome: 'NOT_MADE', said: why, by: null }, context);
  const about = { deliveryId, caseId, actionId, recommendationId, purpose, severity, number, title, until };
  return [{ type: 'delivery.due', ...about, turn, contact: registered(contact, settings) ?? contact, at: now }];
};

/**
 * What came of a message, also of one that was on its way when nobody was to be told any more; of a call a service says
 * only that nobody has made it.
 */
export const recordAttempt: DeliveryDecision<DeliveryRecordAttempt> = ({ turn, outcome, said }, state, context) => {
  const contact = requestedIn(state).contacts[state.contact];
  if (turn !== state.turn || !contact) return [];
  if (state.isOver && (!state.isDue || outcome === 'NOT_MADE')) return [];
  if (isCall(contact.channel) && outcome !== 'NOT_MADE') return [];
  return outcomeFacts(state, { outcome, said, by: null }, context);
};

/** A person called: the contact was spoken to, or did not answer. */
export const answerCall: DeliveryDecision<DeliveryAnswerCall> = ({ turn, answered, note }, state, context) => {
  const contact = requestedIn(state).contacts[state.contact];
  if (context.actor.side !== 'PROVIDER') throw new Refused('the provider makes the calls', 'WRONG_SIDE');
  if (state.isOver || !state.isDue || turn !== state.turn || !contact || !isCall(contact.channel))
    throw new Refused('this call is not to be made, or not any more', 'NO_SUCH_CALL');
  const said = note.trim() || (answered ? 'spoken to' : 'no answer');
  return outcomeFacts(state, { outcome: answered ? 'ACCEPTED' : 'UNANSWERED', said, by: context.actor }, context);
};
