import type { TenantFact, TenantRequest, TenantState } from '#contracts';
import { Refused, type Decider, type Known } from '#libs/model';
import { ask, confirm, reject } from './agreement.js';
import { slaOf } from './calendar.js';
import { same, text } from './checks.js';
import { setContacts } from './contacts.js';
import { onboard } from './onboard.js';
import { connectorOf, sourceOf } from './registrations.js';
import { evolve, initial, stateOf, type TenantForm } from './state.js';
import { noChange } from './terms-change.js';

type TenantDecision<Request> = (request: Request, state: TenantForm, known: Known) => TenantFact[];
type TenantDecisions = { [Type in TenantRequest['type']]: TenantDecision<Extract<TenantRequest, { type: Type }>> };

/** What a customer may say itself; the gateway asks which of its people may. */
const BY_CUSTOMER: TenantRequest['type'][] = [
  'tenant.set-contacts',
  'tenant.set-calendar',
  'tenant.register-assets',
  'tenant.set-policy',
  'tenant.confirm-policy',
  'tenant.reject-policy',
];

const stampOf = ({ actor: by, now: at }: Known) => ({ by, at });

const decisions: TenantDecisions = {
  'tenant.onboard': onboard,
  'tenant.set-policy': ({ policy }, state, known) => ask({ ...noChange, policy }, state, known),
  'tenant.set-calendar': ({ calendar }, state, known) => ask({ ...noChange, calendar }, state, known),
  'tenant.register-assets': ({ assets, identities }, state, known) =>
    ask({ ...noChange, assets, identities }, state, known),
  'tenant.confirm-policy': confirm,
  'tenant.reject-policy': reject,
  'tenant.set-contacts': setContacts,
  'tenant.set-sla': (request, { form }, known) => {
    const targets = slaOf(request.targets);
    return same(targets, form.sla) ? [] : [{ type: 'tenant.sla-set', targets, ...stampOf(known) }];
  },
  'tenant.register-source': (request, { form }, known) => {
    const source = sourceOf(form.sources, request.source);
    return form.sources.some((one) => same(one, source))
      ? []
      : [{ type: 'tenant.source-registered', source, ...stampOf(known) }];
  },
  'tenant.set-connector': (request, { form }, known) => {
    const connector = connectorOf(request.connector);
    return form.connectors.some((one) => same(one, connector))
      ? []
      : [{ type: 'tenant.connector-set', connector, ...stampOf(known) }];
  },
  'tenant.offboard': ({ reason }, _state, known) => [
    { type: 'tenant.offboarded', reason: text(reason, 'reason', 1_000), ...stampOf(known) },
  ],
};

const decided = (request: TenantRequest, state: TenantForm, known: Known): TenantFact[] => {
  if (known.actor.side === 'CUSTOMER' && !BY_CUSTOMER.includes(request.type))
    throw new Refused('only the provider may do this', 'PROVIDER_ONLY');
  if (request.type !== 'tenant.onboard') {
    if (!state.known) throw new Refused(`there is no tenant ${known.tenant}`, 'NO_SUCH_TENANT');
    if (!state.form.active && request.type === 'tenant.offboard') return [];
    if (!state.form.active) throw new Refused(`the service for tenant ${known.tenant} has ended`, 'TENANT_OFFBOARDED');
  }
  return (decisions[request.type] as TenantDecision<TenantRequest>)(request, state, known);
};

/** A customer and all that is agreed with it. Every commit ends with its full current form, for the compacted topic. */
export const tenantStream: Decider<TenantForm, TenantRequest, TenantFact, TenantState> = {
  subject: 'tenant',
  version: 2,
  key: (_request, tenant) => tenant,
  initial,
  evolve,
  decide: (request, state, known) => {
    const facts = decided(request, state, known);
    return facts.length ? [...facts, stateOf(facts.reduce(evolve, state), known.tenant)] : [];
  },
};
