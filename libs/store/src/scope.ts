import { Fault } from '#libs/model';
import { isScope, OPERATOR } from '#libs/terms';
import type { EveryTenant } from './port.js';

declare const scoped: unique symbol;
/** A tenant id that was looked at: what every query within the store asks for instead of a string. */
export type TenantScope = string & { readonly [scoped]: true };

export const everyTenant: EveryTenant = Object.freeze({ every: 'tenant' });

/** @throws Fault when there is no tenant: forgetting it must never mean "all of them". */
export const scopeOf = (tenant: unknown): TenantScope => {
  if (typeof tenant !== 'string' || !isScope(tenant)) {
    throw new Fault(`store: not a tenant: ${JSON.stringify(tenant) ?? 'undefined'}`);
  }
  return tenant as TenantScope;
};

/** Whose list of parked things a fact belongs in: the operator's, when its scope is none of today's. */
export const parkedFor = (tenant: string): TenantScope => scopeOf(isScope(tenant) ? tenant : OPERATOR);

/** @throws Fault for an empty list too: no tenants is no scope. */
export const scopesOf = (tenants: string | readonly string[]): TenantScope[] => {
  const all = (Array.isArray(tenants) ? tenants : [tenants]).map(scopeOf);
  if (all.length === 0) throw new Fault('store: no tenant given');
  return all;
};

/**
 * `<subject>/<tenant>/<key>`, or `<subject>/<tenant>` where a tenant has one stream: the key is then '' or the tenant.
 */
export const streamIdOf = (subject: string, tenant: TenantScope, key: string): string =>
  key === '' || key === tenant ? `${subject}/${tenant}` : `${subject}/${tenant}/${key}`;

/** Key of a stream's records: what follows the subject. */
export const recordKeyOf = (streamId: string): string => streamId.slice(streamId.indexOf('/') + 1);

/** @throws Fault when the stream is another tenant's. */
export const streamOf = (tenant: TenantScope, streamId: string): string => {
  if (streamId.split('/', 2)[1] !== tenant) throw new Fault(`store: stream ${streamId} is not of tenant ${tenant}`);
  return streamId;
};
