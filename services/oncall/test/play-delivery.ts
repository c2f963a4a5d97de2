import type { Contact, DeliveryFact, DeliveryOutcome, DeliveryRequest, DeliverySend, TenantState } from '#contracts';
import type { Actor } from '#libs/model';
import { testContext } from '#libs/testing';
import { deliveryStream } from '../src/domain/delivery/decider.js';
import type { DeliveryState } from '../src/domain/delivery/state.js';
import { sendOf, tenantWith, THEN } from './samples.js';

export const ONCALL: Actor = { subject: 'oncall', side: 'SYSTEM' };
export const ADA: Actor = { subject: 'ada', side: 'PROVIDER' };
export const CAROL: Actor = { subject: 'carol', side: 'CUSTOMER' };

/** One delivery, decided on as the service does, without the service. */
export interface LivedDelivery {
  facts: DeliveryFact[];
  state(): DeliveryState;
  /** The settings are those of the beginning unless given. */
  ask(request: DeliveryRequest, now: number, actor?: Actor, settings?: TenantState): DeliveryFact[];
}

export const begin = (contacts: Contact[], special: Partial<DeliverySend> = {}): LivedDelivery => {
  const facts: DeliveryFact[] = [];
  const state = (): DeliveryState => facts.reduce(deliveryStream.evolve, deliveryStream.initial());
  const ask: LivedDelivery['ask'] = (request, now, actor = ONCALL, settings = tenantWith('acme', contacts)) => {
    const said = deliveryStream.decide(request, state(), { ...testContext, now, actor, settings });
    facts.push(...said);
    return said;
  };
  ask(sendOf('d', special), THEN);
  return { facts, state, ask };
};

/** What comes of an attempt to reach a contact, by the subject; of a call a person says it, unless it is not made. */
export type OutcomeFor = (contact: string) => DeliveryOutcome;

/** The turn that is next is due, and comes to its outcome. @returns who was tried and when. */
export const step = (delivery: LivedDelivery, outcomeFor: OutcomeFor): [string, number] => {
  const { facts, state, ask } = delivery;
  const { turn, contact, requested } = state();
  const last = facts.findLast(({ type }) => type === 'delivery.requested' || type === 'delivery.attempted');
  const now = (last && 'nextAt' in last ? last.nextAt : null) ?? THEN;
  const { subject = '', channel = '' } = requested?.contacts[contact] ?? {};
  ask({ type: 'delivery.try', deliveryId: 'd', turn }, now);
  const outcome = outcomeFor(subject);
  if (channel === 'phone' && outcome !== 'NOT_MADE')
    ask({ type: 'delivery.answer-call', deliveryId: 'd', turn, answered: outcome === 'ACCEPTED', note: '' }, now, ADA);
  else ask({ type: 'delivery.record-attempt', deliveryId: 'd', turn, outcome, said: 'x' }, now);
  return [subject, Math.round((now - THEN) / 1_000)];
};

/** Plays a delivery to its end: who was tried, after how many seconds, and the last fact. */
export const play = (contacts: Contact[], outcomeFor: OutcomeFor, special: Partial<DeliverySend> = {}) => {
  const delivery = begin(contacts, special);
  const tried: [string, number][] = [];
  while (tried.length < 50 && !delivery.state().isOver) tried.push(step(delivery, outcomeFor));
  return { tried, facts: delivery.facts, last: delivery.facts.at(-1) };
};
