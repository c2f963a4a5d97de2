/** Policies that are agreed, proposed and changed, in short. */
import type { Asset, TenantFact, TenantPolicy, TenantRequest } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import type { DecisionContext } from '#libs/model';
import { scenario } from '#libs/testing';
import { tenantStream } from '../src/domain/tenant/decider.js';

export const { given } = scenario(tenantStream);
export const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 0,
  mode: 'NOTIFY',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  guards: STANDARD_GUARDS,
  ...special,
});
export const set = (special: Partial<TenantPolicy> = {}): TenantRequest => ({
  type: 'tenant.set-policy',
  policy: policy(special),
});
export const person = (
  subject: string,
  side: 'PROVIDER' | 'CUSTOMER' | 'SYSTEM' = 'PROVIDER',
  requestId = subject,
): Partial<DecisionContext> => ({ actor: { subject, side }, requestId });
export const [ada, grace, carol] = [person('ada'), person('grace'), person('carol', 'CUSTOMER')];
export const exclusions = [{ entity: 'host:dc01', reason: 'domain controller' }];
export const workstations = {
  id: 'ws',
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: ['workstations'],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
} as const;
export const confirm = (proposalId: string): TenantRequest => ({ type: 'tenant.confirm-policy', proposalId });
export const onboard = (agreed: Partial<TenantPolicy>, assets: Asset[] = []): TenantRequest => ({
  type: 'tenant.onboard',
  tenantId: 'acme',
  name: 'Acme',
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'UTC',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: policy(agreed),
  assets,
  identities: [],
});
export const begun = (agreed: Partial<TenantPolicy> = {}, assets: Asset[] = []): TenantFact[] =>
  given().when(onboard(agreed, assets), ada).facts();
export const also = (past: TenantFact[], request: TenantRequest, context: Partial<DecisionContext>): TenantFact[] => [
  ...past,
  ...given(...past)
    .when(request, context)
    .facts(),
];
export const types = (facts: TenantFact[]): string[] => facts.map(({ type }) => type);
