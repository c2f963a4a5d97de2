import type { TenantOnboard, TenantRequest, TenantFact, TenantPolicy, TenantState } from '#contracts';
import { Refused, type Decider, type Known } from '#libs/model';
import { ask, confirm, noChange, reject } from './agreement.js';
import { calendarOf, defaultCalendar, defaultSla, slaOf } from './calendar.js';
import { matches, text, zone } from './checks.js';
import { setContacts } from './contacts.js';
import { assetsOf, connectorOf, identitiesOf, sourceOf } from './registrations.js';
import { defaultPolicy, policyOf } from './policy.js';
import { evolve, initial, stateOf, type TenantForm } from './state.js';

type TenantDecision<Request> = (request: Request, state: TenantForm, known: Known) => TenantFact[];
type TenantDecisions = {
  [Type in Exclude<TenantRequest['type'], 'tenant.onboard'>]: TenantDecision<Extract<TenantRequest, { type: Type }>>;
};

/** What a customer may say itself; the gateway asks which of its people may. */
const BY_CUSTOMER: TenantRequest['type'][] = [
  'tenant.set-contacts',
  'tenant.set-calendar',
  'tenant.register-assets',
  'tenant.set-policy',
  'tenant.confirm-policy',
  'tenant.reject-policy',
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was agreed with the customer comes with it. */
const agreedOn = ({ policy, calendar, assets, identities }: TenantOnboard) => ({
  policy: policy ? policyOf(policy, 1) : defaultPolicy(),
  calendar: calendar ? calendarOf(calendar) : defaultCalendar(),
  assets: assetsOf([], assets),
  identities: identitiesOf([], identities),
});

/** A policy that is named again must be the one that holds: it is changed by asking to change it. */
const isAsNow = (policy: TenantPolicy | null | undefined, now: TenantPolicy): boolean =>
  !policy || same({ ...policyOf(policy, 0) }, { ...now, version: 0 });

const onboard = (
  request: TenantOnboard,
  { known: exists, form }: TenantForm,
  { tenant, actor: by, now: at }: Known,
): TenantFact[] => {
  matches(tenant, /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/, 'tenant id', '2 to 32 of a-z, 0-9 and -, not - first or last');
  if (request.tenantId !== tenant)
    throw new Refused(`the request is for tenant ${tenant} and names another`, 'TENANT_DIFFERS');
  const { language, tier, providerType } = request;
  const profile = {
    name: text(request.name, 'name'),
    prefix: matches(request.prefix, /^[A-Z]{2,8}$/, 'prefix', '2 to 8 capital letters'),
    language,
    timeZone: zone(request.timeZone),
    tier,
    providerType,
  };
  if (exists) {
    if (
      form.active &&
      (Object.keys(profile) as (keyof typeof profile)[]).every((key) => profile[key] === form[key]) &&
      isAsNow(request.policy, form.policy)
    )
      return [];
    throw new Refused(`tenant ${tenant} exists already`, 'TENANT_EXISTS');
  }
  const { policy, calendar, assets, identities } = agreedOn(request);
  const things: TenantFact[] =
    assets.length + identities.length ? [{ type: 'tenant.assets-registered', assets, identities, by, at }] : [];
  return [
    { type: 'tenant.onboarded', ...profile, by, at },
    { type: 'tenant.policy-set', policy, looser: [], tighter: [], proposalId: null, proposedBy: null, by, at },
    { type: 'tenant.calendar-set', calendar, by, at },
    { type: 'tenant.sla-set', targets: defaultSla(), by, at },
    ...things,
  ];
};

const stampOf = ({ actor: by, now: at }: Known) => ({ by, at });

const decisions: TenantDecisions = {
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
  if (request.type === 'tenant.onboard') return onboard(request, state, known);
  if (!state.known) throw new Refused(`there is no tenant ${known.tenant}`, 'NO_SUCH_TENANT');
  if (!state.form.active) {
    if (request.type === 'tenant.offboard') return [];
    throw new Refused(`the service for tenant ${known.tenant} has ended`, 'TENANT_OFFBOARDED');
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
