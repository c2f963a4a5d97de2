import type {
  Contact,
  DeliveryAttempted,
  DeliveryFact,
  DeliveryRecordAttempt,
  DeliveryRequest,
  DeliverySend,
  DeliveryTry,
  TenantState,
} from '#contracts';
import { cut, Refused, type Decider, type DecisionContext } from '#libs/model';
import { nextTurn } from './next-turn.js';
import { evolve, initial, triedAfter, type DeliveryState } from './state.js';

type DeliveryDecision<Request> = (
  request: Request,
  state: DeliveryState,
  context: DecisionContext<TenantState>,
) => DeliveryFact[];

/** What this installation can send by itself; a phone call is for people to make. */
const SENT: readonly string[] = ['mail'];
const TEXT = 500;

const nameOf = ({ subject, name }: Contact): string => subject || name;

const chosen = (contacts: readonly Contact[], to: readonly string[]): Contact[] =>
  to.length === 0
    ? contacts.filter(({ kind }) => kind === 'INCIDENT')
    : to.flatMap((subject) => contacts.find((one) => one.subject === subject) ?? []);

const nobody = (all: readonly Contact[]): string =>
  all.length === 0
    ? 'no contact to tell is registered'
    : `${all.map((one) => `${nameOf(one)} (${one.channel})`).join(', ')}: reached by hand only`;

const send: DeliveryDecision<DeliverySend> = (request, { requested }, { now, settings }) => {
  if (requested) return [];
  if (!settings) throw new Refused('there is no such tenant', 'NO_SUCH_TENANT');
  const { to, type: _type, ...about } = request;
  const all = chosen(settings.contacts, to ?? []);
  const contacts = all.filter(({ channel }) => SENT.includes(channel));
  const tried = { inRound: [], gone: [], round: 0 };
  const next = nextTurn(request.deliveryId, contacts, tried, { now, zone: settings.timeZone });
  const { deliveryId, caseId, purpose } = request;
  return [
    {
      ...about,
      title: cut(about.title, TEXT),
      type: 'delivery.requested',
      contacts,
      nextContact: next?.contact ?? -1,
      nextAt: next?.at ?? null,
      round: 0,
      at: now,
    },
    ...(next ? [] : [{ type: 'delivery.failed' as const, deliveryId, caseId, purpose, reason: nobody(all), at: now }]),
  ];
};

const makeDue: DeliveryDecision<DeliveryTry> = ({ turn }, state, { now }) => {
  const { requested, isOver, isDue } = state;
  if (!requested) throw new Refused('this delivery was not requested', 'NOT_REQUESTED');
  const contact = requested.contacts[state.contact];
  if (isOver || isDue || turn !== state.turn || !contact) return [];
  const { deliveryId, caseId, purpose, severity, number, title } = requested;
  return [{ type: 'delivery.due', deliveryId, caseId, purpose, severity, number, title, turn, contact, at: now }];
};

const plural = (turns: number): string => (turns === 1 ? '1 attempt' : `${turns} attempts`);

const recordAttempt: DeliveryDecision<DeliveryRecordAttempt> = ({ turn, outcome, said }, state, context) => {
  const { requested, isOver, tried } = state;
  if (!requested) throw new Refused('this delivery was not requested', 'NOT_REQUESTED');
  const contact = requested.contacts[state.contact];
  if (isOver || turn !== state.turn || !contact) return [];
  const { deliveryId, caseId, purpose, contacts } = requested;
  const { now, settings } = context;
  const accepted = outcome === 'ACCEPTED';
  const after = triedAfter(tried, state.contact, outcome === 'REFUSED');
  const next = accepted ? undefined : nextTurn(deliveryId, contacts, after, { now, zone: settings?.timeZone ?? 'UTC' });
  const who = { contact: nameOf(contact), channel: contact.channel, language: contact.language };
  const answer = cut(said, TEXT);
  const attempted: DeliveryAttempted = {
    type: 'delivery.attempted',
    deliveryId,
    caseId,
    turn,
    ...who,
    outcome,
    said: answer,
    nextContact: next?.contact ?? -1,
    nextAt: next?.at ?? null,
    round: next?.round ?? tried.round,
    at: now,
  };
  if (accepted)
    return [attempted, { type: 'delivery.delivered', deliveryId, caseId, purpose, ...who, said: answer, at: now }];
  if (next) return [attempted];
  const reason = `${plural(turn)}, the last to ${who.contact} by ${who.channel}: ${answer}`;
  return [attempted, { type: 'delivery.failed', deliveryId, caseId, purpose, reason, at: now }];
};

type DeliveryDecisions = { [T in DeliveryRequest['type']]: DeliveryDecision<Extract<DeliveryRequest, { type: T }>> };

const decisions: DeliveryDecisions = {
  'delivery.send': send,
  'delivery.try': makeDue,
  'delivery.record-attempt': recordAttempt,
};

/** One telling, from the request to the first contact whose server took it, or to the last that did not. */
export const deliveryStream: Decider<DeliveryState, DeliveryRequest, DeliveryFact, TenantState> = {
  subject: 'delivery',
  version: 1,
  key: ({ deliveryId }) => deliveryId,
  initial,
  evolve,
  decide: (request, state, context) =>
    (decisions[request.type] as DeliveryDecision<DeliveryRequest>)(request, state, context),
};
