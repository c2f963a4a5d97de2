import type { GrantFact, GrantGive, GrantRequest, GrantRevoke, Role, TenantState } from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { holdsFor, isTenant, OPERATOR } from '#libs/terms';
import { must, requiredText } from '../tenant/checks.js';

/** Every tenant, also those to come. */
const ALL = '*';

/** Tenants by subject and role. */
export type Grants = Record<string, Partial<Record<Role, string[]>>>;

const tenantsOf = (grants: Grants, subject: string, role: Role): string[] =>
  Object.hasOwn(grants, subject) ? (grants[subject]?.[role] ?? []) : [];
const admins = (grants: Grants): number =>
  Object.values(grants).filter((roles) => roles.OPERATOR_ADMIN?.includes(ALL)).length;

const evolve = (grants: Grants, fact: GrantFact): Grants => {
  const before = tenantsOf(grants, fact.subject, fact.role);
  const tenants =
    fact.type === 'grant.given'
      ? [...before, ...fact.tenants]
      : before.filter((tenant) => !fact.tenants.includes(tenant));
  return { ...grants, [fact.subject]: { ...grants[fact.subject], [fact.role]: tenants } };
};

const checked = (
  { subject, role, tenants }: GrantRequest,
  { tenant, actor, roles }: DecisionContext,
): { subject: string; tenants: string[] } => {
  if (tenant !== OPERATOR) throw new Refused(`grants are given in the scope ${OPERATOR}`, 'OPERATOR_SCOPE_ONLY');
  if (actor.side === 'CUSTOMER') throw new Refused('only the provider gives and revokes grants', 'PROVIDER_ONLY');
  if (role === 'PARTNER' || role === 'SERVICE')
    throw new Refused('partners and services have credentials of their own, not grants', 'ROLE_NOT_GRANTED');
  must(tenants.length > 0 && tenants.length <= 1_000, 'tenants', 'a grant names 1 to 1,000 tenants');
  if (tenants.includes(ALL) && role !== 'OPERATOR_ADMIN')
    throw new Refused('only an operator-admin is granted all tenants at once', 'ALL_FOR_ADMINS_ONLY');
  const foreign = tenants.find((one) => !holdsFor(roles, 'OPERATOR_ADMIN', one));
  if (foreign) throw new Refused(`grants for ${foreign} are given by those who administer it`, 'FORBIDDEN');
  return { subject: requiredText(subject, 'subject'), tenants: [...new Set(tenants)] };
};

type GrantDecision<Request> = (request: Request, grants: Grants, context: DecisionContext) => GrantFact[];

const give: GrantDecision<GrantGive> = (request, grants, context) => {
  const { subject, tenants } = checked(request, context);
  for (const one of tenants) must(one === ALL || isTenant(one), 'tenants', `'${one.slice(0, 60)}' is no tenant id`);
  const { role } = request;
  const had = tenantsOf(grants, subject, role);
  const fresh = tenants.filter((tenant) => !had.includes(tenant));
  if (fresh.length === 0) return []; // Nothing new: answered UNCHANGED.
  return [{ type: 'grant.given', subject, role, tenants: fresh, by: context.actor, at: context.now }];
};

/** Whatever was given is revoked, also for what an earlier release took for a tenant's name. */
const revoke: GrantDecision<GrantRevoke> = (request, grants, context) => {
  const { subject, tenants } = checked(request, context);
  const { role } = request;
  const had = tenantsOf(grants, subject, role);
  const gone = tenants.filter((tenant) => had.includes(tenant));
  if (gone.length === 0) return [];
  const fact: GrantFact = { type: 'grant.revoked', subject, role, tenants: gone, by: context.actor, at: context.now };
  if (admins(grants) > 0 && admins(evolve(grants, fact)) === 0)
    throw new Refused('the last operator-admin stays', 'LAST_ADMIN');
  return [fact];
};

const decisions: { [Type in GrantRequest['type']]: GrantDecision<Extract<GrantRequest, { type: Type }>> } = {
  'grant.give': give,
  'grant.revoke': revoke,
};

/** Who may see and do what, where. One stream for the installation; tokens identify, these facts grant. */
export const grantStream: Decider<Grants, GrantRequest, GrantFact, TenantState> = {
  subject: 'grant',
  version: 1,
  key: () => OPERATOR,
  initial: () => ({}),
  evolve,
  decide: (request, grants, context) =>
    (decisions[request.type] as GrantDecision<GrantRequest>)(request, grants, context),
};
