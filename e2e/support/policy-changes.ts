import type { Asset, PolicyOverride, TenantRequest, TenantFact, TenantPolicy, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { Refused, type Actor } from '#libs/model';
import { tenantStream } from '../../services/tenants/src/domain/tenant/decider.js';

export const ada: Actor = { subject: 'ada', side: 'PROVIDER' };
export const grace: Actor = { subject: 'grace', side: 'PROVIDER' };
export const carol: Actor = { subject: 'carol', side: 'CUSTOMER' };

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
export const override = (special: Partial<PolicyOverride>): PolicyOverride => ({
  id: 'o',
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
  ...special,
});
export const asset = (assetId: string, groups: string[], hostnames = [assetId]): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups,
});

export const DC01 = { entity: 'host:dc01', reason: 'domain controller' };
export const setPolicy = (special: Partial<TenantPolicy>): TenantRequest => ({
  type: 'tenant.set-policy',
  policy: policy(special),
});
export const register = (...assets: Asset[]): TenantRequest => ({
  type: 'tenant.register-assets',
  assets,
  identities: [],
});
export const confirm = (proposalId: string): TenantRequest => ({ type: 'tenant.confirm-policy', proposalId });

/**
 * What holds for a customer taken on with this policy after these have asked, one after the other; who is refused is
 * passed over. Each request's id is its place, from 1.
 */
export const heldAfter = (
  agreed: Partial<TenantPolicy>,
  assets: Asset[],
  asks: [Actor, TenantRequest][],
): TenantState => {
  const onboard: TenantRequest = {
    type: 'tenant.onboard',
    tenantId: 'atk-terms',
    name: 'Atk',
    prefix: 'ATK',
    language: 'EN',
    timeZone: 'UTC',
    tier: 'MDR',
    providerType: 'MIXED',
    policy: policy(agreed),
    assets,
    identities: [],
  };
  const facts: TenantFact[] = [];
  for (const [index, [actor, request]] of [[ada, onboard] as [Actor, TenantRequest], ...asks].entries()) {
    const state = facts.reduce((seen, fact) => tenantStream.evolve(seen, fact), tenantStream.initial());
    try {
      facts.push(
        ...tenantStream.decide(request, state, {
          tenant: 'atk-terms',
          actor,
          roles: [],
          requestId: String(index),
          now: 1_000 + index,
          settings: undefined,
        }),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return facts.at(-1) as TenantState;
};
