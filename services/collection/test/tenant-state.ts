import type { TelemetrySource, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';

/** The current form of a tenant with these sources, as its service would say it. */
export const tenantState = (
  tenantId: string,
  ...sources: [name: string, kind: TelemetrySource['kind']][]
): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: tenantId,
  prefix: 'AC',
  language: 'EN',
  timeZone: 'UTC',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'NOTIFY',
    overrides: [],
    exclusions: [],
    approvalMinutes: 60,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
  },
  contacts: [],
  calendar: { days: [], holidays: [] },
  sla: [],
  assets: [],
  identities: [],
  connectors: [],
  sources: sources.map(([name, kind]) => ({ name, kind, silentAfterMinutes: 60, receipts: false })),
});
