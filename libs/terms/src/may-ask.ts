import type { Role } from '#contracts';
import { ASKERS, type Askers } from './askers.js';

/** Whoever asks: people of one side, or a service. */
export type Side = 'SYSTEM' | 'PROVIDER' | 'CUSTOMER';
/** What a request concerns: one tenant, or none in particular. */
export type RequestLevel = 'TENANT' | 'OPERATOR';

const NOBODY: Askers = {};
const askersOf = (type: string): Askers => (Object.hasOwn(ASKERS, type) ? (ASKERS[type] ?? NOBODY) : NOBODY);

/** Roles of people of a side of which one is needed to ask this; none: such people may not. */
export const rolesThatAsk = (type: string, side: Side, level: RequestLevel): readonly Role[] => {
  const { provider = [], customer = [], operator = [] } = askersOf(type);
  if (level === 'OPERATOR') return side === 'PROVIDER' ? operator : [];
  return { PROVIDER: provider, CUSTOMER: customer, SYSTEM: [] }[side];
};

/** A role that somebody holds for this tenant, as it is signed where the request itself concerns no single one. */
export const roleFor = (role: Role, tenant: string): string => `${role}@${tenant}`;

/**
 * Whether a role that concerns all tenants, or this one, is among the signed ones. `*` is a tenant that stands for all.
 */
export const holdsFor = (roles: readonly string[], role: Role, tenant: string): boolean =>
  roles.includes(role) || roles.includes(roleFor(role, tenant));

/**
 * Whether somebody of this side with these signed roles may ask this. A type that stands nowhere may be asked by
 * nobody.
 */
export const mayAsk = (type: string, side: Side, roles: readonly string[], level: RequestLevel): boolean => {
  if (side === 'SYSTEM') return askersOf(type).services === true;
  const named = level === 'OPERATOR' && askersOf(type).namesTenants === true;
  return rolesThatAsk(type, side, level).some(
    (role) => roles.includes(role) || (named && roles.some((one) => one.startsWith(`${role}@`))),
  );
};

const types = (asks: (askers: Askers) => unknown): string[] =>
  Object.keys(ASKERS)
    .filter((type) => asks(askersOf(type)))
    .sort();

/** Types that people of either side ask, sorted: what the gateway's page lets its key sign for them. */
export const ASKED_BY_PEOPLE: readonly string[] = types(
  ({ provider, customer, operator }) => provider ?? customer ?? operator,
);
/** Types that a customer's people ask, sorted. */
export const ASKED_BY_CUSTOMERS: readonly string[] = types(({ customer }) => customer);
