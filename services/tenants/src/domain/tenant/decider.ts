import type { TenantFact, TenantRequest, TenantState } from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { partOfPage } from '#libs/terms';
import { askToChange, confirm, reject } from './agreement.js';
import { slaOf } from './calendar.js';
import { same, requiredText } from './checks.js';
import { setContacts } from './contacts.js';
import { onboard } from './onboard.js';
import { changedPages } from './pages.js';
import { connectorOf, sourceOf } from './registrations.js';
import { evolve, initial, stateOf, type TenantForm } from './state.js';
import { noChange } from './terms-change.js';

type TenantDecision<Request> = (request: Request, state: TenantForm, context: DecisionContext) => TenantFact[];
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

const stampOf = ({ actor: by, now: at }: DecisionContext) => ({ by, at });

const decisions: TenantDecisions = {
  'tenant.onboard': onboard,
  'tenant.set-policy': ({ policy }, state, context) => askToChange({ ...noChange, policy }, state, context),
  'tenant.set-calendar': ({ calendar }, state, context) => askToChange({ ...noChange, calendar }, state, context),
  'tenant.register-assets': ({ assets, identities }, state, context) =>
    askToChange({ ...noChange, assets, identities }, state, context),
  'tenant.confirm-policy': confirm,
  'tenant.reject-policy': reject,
  'tenant.set-contacts': setContacts,
  'tenant.set-sla': (request, { form }, context) => {
    const targets = slaOf(request.targets);
    return same(targets, form.sla) ? [] : [{ type: 'tenant.sla-set', targets, ...stampOf(context) }];
  },
  'tenant.register-source': (request, { form, formerSources }, context) => {
    const source = sourceOf(form.sources, formerSources, request.source);
    return form.sources.some((one) => same(one, source))
      ? []
      : [{ type: 'tenant.source-registered', source, ...stampOf(context) }];
  },
  'tenant.remove-source': ({ source }, { form, formerSources }, context) => {
    if (form.sources.some(({ name }) => name === source))
      return [{ type: 'tenant.source-removed', source, ...stampOf(context) }];
    if (formerSources.some(({ name }) => name === source)) return [];
    throw new Refused(`there is no source ${source.slice(0, 60)}`, 'NO_SUCH_SOURCE');
  },
  'tenant.set-connector': (request, { form }, context) => {
    const connector = connectorOf(request.connector);
    return form.connectors.some((one) => same(one, connector))
      ? []
      : [{ type: 'tenant.connector-set', connector, ...stampOf(context) }];
  },
  'tenant.offboard': ({ reason }, _state, context) => [
    { type: 'tenant.offboarded', reason: requiredText(reason, 'reason', 1_000), ...stampOf(context) },
  ],
};

const decided = (request: TenantRequest, state: TenantForm, context: DecisionContext): TenantFact[] => {
  if (context.actor.side === 'CUSTOMER' && !BY_CUSTOMER.includes(request.type))
    throw new Refused('only the provider may do this', 'PROVIDER_ONLY');
  if (request.type !== 'tenant.onboard') {
    if (!state.known) throw new Refused(`there is no tenant ${context.tenant}`, 'NO_SUCH_TENANT');
    if (!state.form.active && request.type === 'tenant.offboard') return [];
    if (!state.form.active)
      throw new Refused(`the service for tenant ${context.tenant} has ended`, 'TENANT_OFFBOARDED');
  }
  return (decisions[request.type] as TenantDecision<TenantRequest>)(request, state, context);
};

/** A customer and all that is agreed with it. Every commit ends with its current form, for the compacted topic. */
export const tenantStream: Decider<TenantForm, TenantRequest, TenantFact, TenantState> = {
  subject: 'tenant',
  version: 5,
  key: (_request, tenant) => tenant,
  initial,
  evolve,
  decide: (request, state, context) => {
    const facts = decided(request, state, context);
    if (facts.length === 0) return [];
    const after = facts.reduce(evolve, state);
    const pages: TenantFact[] = changedPages(state.form, after.form, context.tenant);
    return [...facts, ...pages, stateOf(pages.reduce(evolve, after), context.tenant)];
  },
  partOf: (fact) => (fact.type === 'tenant.page' ? partOfPage(fact) : undefined),
};
