import type { Role } from '#contracts';
import { isTenant, roleFor, OPERATOR } from '#libs/terms';

/** Who a token identifies; what it may see and do are facts. */
export interface Caller {
  subject: string;
  side: 'PROVIDER' | 'CUSTOMER';
  /** Of a customer: the tenant its issuer speaks for. */
  tenant?: string;
  /** Epoch ms at which the token ends. */
  expiresAt: number;
}

/** Tenants by role; `*` stands for all. */
export type Granted = Partial<Record<Role, string[]>>;

/** What somebody may see and do at this moment. The only way to a tenant's documents goes through it. */
export interface CallerScope {
  caller: Caller;
  granted: Granted;
  /** Tenants whose documents one may see, sorted. */
  tenants: string[];
  /** Every tenant, also those to come. */
  everything: boolean;
}

export const ALL = '*';
const SEES: Record<Caller['side'], Role[]> = {
  PROVIDER: ['ANALYST', 'LEAD', 'HUNTER', 'OPERATOR_ADMIN'],
  CUSTOMER: ['CUSTOMER_VIEWER', 'CUSTOMER_APPROVER', 'CUSTOMER_ADMIN', 'PARTNER_MSP'],
};

/**
 * Grants that count for this caller: a customer's for its own tenant, a provider's own roles; `*` only for
 * operator-admins.
 */
const counting = ({ side, tenant: own }: Caller, granted: Granted): Granted =>
  Object.fromEntries(
    SEES[side].flatMap((role) => {
      const tenants = (granted[role] ?? []).filter((tenant) =>
        side === 'CUSTOMER' ? tenant === own : tenant !== ALL || role === 'OPERATOR_ADMIN',
      );
      return tenants.length ? [[role, tenants]] : [];
    }),
  );

/** @param known every tenant there is, for those who may see all. */
export const scopeOf = (caller: Caller, facts: Granted, known: readonly string[]): CallerScope => {
  const granted = counting(caller, facts);
  const named = Object.values(granted).flat();
  const everything = named.includes(ALL);
  // A grant may name what an earlier release took for a tenant: there is nothing to see, and the rest is seen.
  const tenants = [...new Set([...named.filter(isTenant), ...(everything ? known : [])])].sort();
  return { caller, granted, tenants, everything };
};

export const sees = ({ tenants }: CallerScope, tenant: string): boolean => tenants.includes(tenant);

/** Whether one of these roles holds for the tenant. */
export const may = ({ granted }: CallerScope, roles: readonly Role[], tenant: string): boolean =>
  roles.some((role) => granted[role]?.some((one) => one === tenant || one === ALL) ?? false);

/** Roles somebody has at a tenant, for the signed actor of a request. */
export const rolesAt = ({ granted }: CallerScope, tenant: string): Role[] =>
  (Object.keys(granted) as Role[]).filter((role) => granted[role]?.some((one) => one === tenant || one === ALL));

/**
 * Roles for the signed actor of a request. One that concerns no single tenant bears the role for all tenants, or else
 * for those of the named ones (`at`) where somebody holds it.
 */
export const signedRoles = (scope: CallerScope, tenant: string, at: readonly string[] = [tenant]): string[] => {
  const held = rolesAt(scope, tenant);
  if (tenant !== OPERATOR || held.length > 0) return held;
  return at.flatMap((one) =>
    rolesAt(scope, one)
      .filter((role) => role === 'OPERATOR_ADMIN')
      .map((role) => roleFor(role, one)),
  );
};

/** Of the tenants somebody asks for, those it may see; all of these when it names none. */
export const within = ({ tenants }: CallerScope, wanted?: readonly string[] | null): string[] =>
  wanted ? tenants.filter((tenant) => wanted.includes(tenant)) : tenants;
