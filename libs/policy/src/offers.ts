import type { TenantState } from '#contracts';

/** What each vendor's connector offers; the connectors' own spec proves it to be the same. Sorted, as those are. */
export const OFFERED: Readonly<Record<string, readonly string[]>> = {
  defender: ['isolate-host', 'release-host'],
  okta: ['suspend-user', 'unsuspend-user'],
};

/** Whether the tenant has a connector that can do it. */
export const isOffered = ({ connectors }: Pick<TenantState, 'connectors'>, actionClass: string): boolean =>
  connectors.some(({ vendor }) => Object.hasOwn(OFFERED, vendor) && OFFERED[vendor]?.includes(actionClass));
