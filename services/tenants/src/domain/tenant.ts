import type { OnboardTenant, TenantAsk, TenantFact, TenantState } from '#contracts';
import { Refused, type Decider, type Known } from '#libs/model';
import { calendarOf, defaultCalendar, defaultSla, slaOf } from './tenant/calendar.js';
import { matches, text, zone } from './tenant/checks.js';
import { assetsOf, connectorOf, contactsOf, identitiesOf, sourceOf } from './tenant/people-and-things.js';
import { defaultPolicy, policyOf } from './tenant/policy.js';
import { evolve, initial, stateOf, type TenantForm } from './tenant/state.js';

type Decide<Request> = (request: Request, form: TenantForm['form'], stamp: Pick<Extract<TenantFact, { by: unknown }>, 'by' | 'at'>) => TenantFact[];
type Deciders = { [Type in Exclude<TenantAsk['type'], 'tenant.onboard'>]: Decide<Extract<TenantAsk, { type: Type }>> };

/** What a customer may say itself; the gateway asks which of its people may. */
const BY_CUSTOMER: TenantAsk['type'][] = ['tenant.set-contacts', 'tenant.set-calendar', 'tenant.register-assets', 'tenant.set-policy'];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const onboard = (request: OnboardTenant, { known: exists, form }: TenantForm, { tenant, actor: by, now: at }: Known): TenantFact[] => {
  matches(tenant, /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/, 'tenant id', '2 to 32 of a-z, 0-9 and -, not - first or last');
  if (request.tenantId !== tenant) throw new Refused(`the request is for tenant ${tenant} and names another`, 'TENANT_DIFFERS');
  const { language, tier, providerType } = request;
  const profile = {
    name: text(request.name, 'name'),
    prefix: matches(request.prefix, /^[A-Z]{2,8}$/, 'prefix', '2 to 8 capital letters'),
    language, timeZone: zone(request.timeZone), tier, providerType,
  };
  if (exists) {
    if (form.active && (Object.keys(profile) as (keyof typeof profile)[]).every((key) => profile[key] === form[key])) return [];
    throw new Refused(`tenant ${tenant} exists already`, 'TENANT_EXISTS');
  }
  return [
    { type: 'tenant.onboarded', ...profile, by, at },
    { type: 'tenant.policy-set', policy: defaultPolicy(), by, at },
    { type: 'tenant.calendar-set', calendar: defaultCalendar(), by, at },
    { type: 'tenant.sla-set', targets: defaultSla(), by, at },
  ];
};

const decisions: Deciders = {
  'tenant.set-policy': ({ policy }, form, stamp) => {
    const next = policyOf(policy, form.policy.version + 1);
    return same({ ...next, version: 0 }, { ...form.policy, version: 0 }) ? [] : [{ type: 'tenant.policy-set', policy: next, ...stamp }];
  },
  'tenant.set-contacts': (request, form, stamp) => {
    const contacts = contactsOf(request.contacts);
    return same(contacts, form.contacts) ? [] : [{ type: 'tenant.contacts-set', contacts, ...stamp }];
  },
  'tenant.set-calendar': (request, form, stamp) => {
    const calendar = calendarOf(request.calendar);
    return same(calendar, form.calendar) ? [] : [{ type: 'tenant.calendar-set', calendar, ...stamp }];
  },
  'tenant.set-sla': (request, form, stamp) => {
    const targets = slaOf(request.targets);
    return same(targets, form.sla) ? [] : [{ type: 'tenant.sla-set', targets, ...stamp }];
  },
  'tenant.register-assets': (request, form, stamp) => {
    const [assets, identities] = [assetsOf(form.assets, request.assets), identitiesOf(form.identities, request.identities)];
    return same([assets, identities], [form.assets, form.identities]) ? [] : [{ type: 'tenant.assets-registered', assets, identities, ...stamp }];
  },
  'tenant.register-source': (request, form, stamp) => {
    const source = sourceOf(form.sources, request.source);
    return form.sources.some((one) => same(one, source)) ? [] : [{ type: 'tenant.source-registered', source, ...stamp }];
  },
  'tenant.set-connector': (request, form, stamp) => {
    const connector = connectorOf(request.connector);
    return form.connectors.some((one) => same(one, connector)) ? [] : [{ type: 'tenant.connector-set', connector, ...stamp }];
  },
  'tenant.offboard': ({ reason }, _form, stamp) => [{ type: 'tenant.offboarded', reason: text(reason, 'reason', 1_000), ...stamp }],
};

const decided = (request: TenantAsk, state: TenantForm, known: Known): TenantFact[] => {
  if (known.actor.side === 'CUSTOMER' && !BY_CUSTOMER.includes(request.type)) throw new Refused('only the provider may do this', 'PROVIDER_ONLY');
  if (request.type === 'tenant.onboard') return onboard(request, state, known);
  if (!state.known) throw new Refused(`there is no tenant ${known.tenant}`, 'NO_SUCH_TENANT');
  if (!state.form.active) {
    if (request.type === 'tenant.offboard') return [];
    throw new Refused(`the service for tenant ${known.tenant} has ended`, 'TENANT_OFFBOARDED');
  }
  return (decisions[request.type] as Decide<TenantAsk>)(request, state.form, { by: known.actor, at: known.now });
};

/** A customer and all that is agreed with it. Every commit ends with its full current form, for the compacted topic. */
export const tenantStream: Decider<TenantForm, TenantAsk, TenantFact, TenantState> = {
  subject: 'tenant',
  version: 1,
  key: (_request, tenant) => tenant,
  initial,
  evolve,
  decide: (request, state, known) => {
    const facts = decided(request, state, known);
    return facts.length ? [...facts, stateOf(facts.reduce(evolve, state), known.tenant)] : [];
  },
};
