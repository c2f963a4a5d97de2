import type { TenantPolicyProposed, TenantPolicySet, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { THEN, idsOf, markOf, provider } from './ids.js';

export const stateOf = (tenantId: string, mark = markOf(tenantId)): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: mark,
  prefix: tenantId.toUpperCase(),
  language: 'FR',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'COLLABORATE',
    overrides: [],
    exclusions: [{ entity: 'host:x', reason: mark }],
    approvalMinutes: 60,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
  },
  contacts: [
    {
      name: mark,
      subject: `carol@${tenantId}`,
      kind: 'INCIDENT',
      channel: 'mail',
      address: mark,
      callWindow: '',
      language: 'EN',
    },
  ],
  calendar: { days: [], holidays: [] },
  sla: [],
  identities: [],
  assets: [
    {
      assetId: mark,
      hostnames: ['ws6'],
      criticality: 'HIGH',
      owner: mark,
      unit: '',
      exposure: '',
      groups: ['servers'],
    },
  ],
  sources: [{ name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false }],
  connectors: [{ vendor: 'v', baseUrl: `https://${mark}.example`, secretRef: 'never', account: mark }],
});

export const policyFacts = (tenant: string) => {
  const [{ policy }, mark] = [stateOf(tenant), markOf(tenant)];
  return [
    {
      type: 'tenant.policy-set',
      policy,
      looser: [mark],
      tighter: [mark],
      by: provider,
      at: THEN,
    } satisfies TenantPolicySet,
    {
      type: 'tenant.policy-proposed',
      proposalId: idsOf(tenant).proposal,
      policy: { ...policy, mode: 'AUTHORIZE' },
      assets: [],
      identities: [],
      looser: [mark],
      tighter: [],
      policyVersion: 1,
      expiresAt: Date.UTC(2099, 0, 1),
      by: provider,
      at: THEN,
    } satisfies TenantPolicyProposed,
  ];
};
