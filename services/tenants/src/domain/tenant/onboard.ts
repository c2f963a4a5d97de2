import type { TenantFact, TenantOnboard, TenantPolicy } from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { isTenant, TENANT_NAME_RULE } from '#libs/terms';
import { calendarOf, defaultCalendar, defaultSla } from './calendar.js';
import { matches, same, requiredText, zone } from './checks.js';
import { defaultPolicy, policyOf } from './policy.js';
import { assetsOf, identitiesOf } from './registrations.js';
import type { TenantForm } from './state.js';

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

/** A new customer, and all that was agreed with it. Asked again in the same words it is the same customer. */
export const onboard = (
  request: TenantOnboard,
  { known: exists, form }: TenantForm,
  { tenant, actor: by, now: at }: DecisionContext,
): TenantFact[] => {
  matches(tenant, isTenant, 'tenant id', TENANT_NAME_RULE);
  if (request.tenantId !== tenant)
    throw new Refused(`the request is for tenant ${tenant} and names another`, 'TENANT_DIFFERS');
  const { language, tier, providerType } = request;
  const profile = {
    name: requiredText(request.name, 'name'),
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
