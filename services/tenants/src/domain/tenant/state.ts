import type { TelemetrySource, TenantFact, TenantPolicyProposed, TenantState } from '#contracts';
import { defaultCalendar } from './calendar.js';
import { assetsWith, identitiesWith } from './in-place.js';
import { pagesWith } from './pages.js';
import { defaultPolicy } from './policy.js';

/** The tenant so far; `known` is false until it is onboarded. */
export interface TenantForm {
  known: boolean;
  form: Omit<TenantState, 'type'>;
  /** Changes that wait for a second person's word, or whose time has come. */
  proposals: TenantPolicyProposed[];
  /** Removed, and not registered again: their formats are for ever. */
  formerSources: TelemetrySource[];
}

export const initial = (): TenantForm => ({
  known: false,
  form: {
    tenantId: '',
    version: 0,
    active: false,
    name: '',
    prefix: '',
    language: 'EN',
    timeZone: 'UTC',
    tier: 'MDR',
    providerType: 'MIXED',
    policy: { ...defaultPolicy(), version: 0 },
    contacts: [],
    calendar: defaultCalendar(),
    sla: [],
    assets: [],
    identities: [],
    sources: [],
    connectors: [],
  },
  proposals: [],
  formerSources: [],
});

type Form = TenantForm['form'];

const changed = (form: Form, fact: TenantFact): Partial<Form> => {
  switch (fact.type) {
    case 'tenant.onboarded': {
      const { name, prefix, language, timeZone, tier, providerType } = fact;
      return { active: true, name, prefix, language, timeZone, tier, providerType };
    }
    case 'tenant.policy-set':
      return { policy: fact.policy };
    case 'tenant.contacts-set':
      return { contacts: fact.contacts };
    case 'tenant.calendar-set':
      return { calendar: fact.calendar };
    case 'tenant.sla-set':
      return { sla: fact.targets };
    case 'tenant.assets-registered':
      return { assets: fact.assets, identities: fact.identities };
    case 'tenant.assets-changed':
      return {
        assets: assetsWith(form.assets, fact.assets),
        identities: identitiesWith(form.identities, fact.identities),
      };
    case 'tenant.page':
      return { paged: pagesWith(form, fact) };
    case 'tenant.source-registered':
      return { sources: [...form.sources.filter(({ name }) => name !== fact.source.name), fact.source] };
    case 'tenant.source-removed':
      return { sources: form.sources.filter(({ name }) => name !== fact.source) };
    case 'tenant.connector-set':
      return {
        connectors: [...form.connectors.filter(({ vendor }) => vendor !== fact.connector.vendor), fact.connector],
      };
    // Its pages are emptied: what was registered ends with the service.
    case 'tenant.offboarded':
      return { active: false, ...(form.paged ? { assets: [], identities: [] } : {}) };
    // The full form follows from the facts before it; only its version is counted.
    case 'tenant.state':
      return { version: fact.version };
    default:
      return {};
  }
};

/** Those whose time had come are forgotten when something else is proposed. */
const waiting = (proposals: TenantPolicyProposed[], fact: TenantFact): TenantPolicyProposed[] => {
  if (fact.type === 'tenant.policy-proposed')
    return [...proposals.filter(({ expiresAt }) => expiresAt > fact.at), fact];
  return fact.type === 'tenant.policy-proposal-ended'
    ? proposals.filter(({ proposalId }) => proposalId !== fact.proposalId)
    : proposals;
};

const former = ({ form, formerSources }: TenantForm, fact: TenantFact): TelemetrySource[] => {
  if (fact.type === 'tenant.source-registered') return formerSources.filter(({ name }) => name !== fact.source.name);
  return fact.type === 'tenant.source-removed'
    ? [...formerSources, ...form.sources.filter(({ name }) => name === fact.source)]
    : formerSources;
};

/** Total: facts it does not know leave the form as it is. */
export const evolve = (state: TenantForm, fact: TenantFact): TenantForm => ({
  known: state.known || fact.type === 'tenant.onboarded',
  form: { ...state.form, ...changed(state.form, fact) },
  proposals: waiting(state.proposals, fact),
  formerSources: former(state, fact),
});

/** The current form of a tenant, as every service reads it: said last in each commit, after the pages it names. */
export const stateOf = ({ form }: TenantForm, tenantId: string): TenantState => ({
  type: 'tenant.state',
  ...form,
  ...(form.paged ? { assets: [], identities: [] } : {}),
  tenantId,
  version: form.version + 1,
});
