import type { TenantState } from '#contracts';

/** What the numbers of a tenant's cases begin with. */
export const prefixOf = ({ tenantId, prefix }: Pick<TenantState, 'tenantId' | 'prefix'>): string =>
  prefix || tenantId.toUpperCase();

/** Whether another tenant's case numbers begin so, or are asked for so: a number names one case of the installation. */
export const isPrefixTaken = (
  prefix: string,
  tenant: string,
  all: readonly Pick<TenantState, 'tenantId' | 'prefix'>[],
): boolean =>
  all.some((one) => one.tenantId !== tenant && (prefixOf(one) === prefix || one.tenantId.toUpperCase() === prefix));
