/** A tenant that is onboarded, and what is asked of it, in short. */
import type { Asset, Contact, Identity, TenantFact, TenantPolicy, TenantRequest, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { scenario } from '#libs/testing';
import { tenantStream } from '../src/domain/tenant/decider.js';

export const { given } = scenario(tenantStream);
export const onboard: TenantRequest = {
  type: 'tenant.onboard',
  tenantId: 'acme',
  name: 'Acme',
  prefix: 'ACME',
  language: 'FR',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  assets: [],
  identities: [],
};
export const onboarded = given().when(onboard).facts();
export const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
/** What the customer may say, it says; the rest is the provider's. */
export const speaker = ({ type }: TenantRequest) => (type === 'tenant.set-policy' ? { actor: carol } : {});
export const after = (...requests: TenantRequest[]): TenantFact[] =>
  requests.reduce<TenantFact[]>(
    (past, request) => [
      ...past,
      ...given(...past)
        .when(request, speaker(request))
        .facts(),
    ],
    onboarded,
  );
export const lastState = (facts: TenantFact[]): TenantState => facts.at(-1) as TenantState;
export const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 0,
  mode: 'AUTHORIZE',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  guards: STANDARD_GUARDS,
  ...special,
});
export const setPolicy = (special: Partial<TenantPolicy> = {}): TenantRequest => ({
  type: 'tenant.set-policy',
  policy: policy(special),
});
export const contact = (special: Partial<Contact> = {}): Contact => ({
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'mail',
  address: 'carol@acme.example',
  callWindow: '',
  language: 'FR',
  ...special,
});
export const asset = (assetId: string, hostnames: string[], special: Partial<Asset> = {}): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: 'internal',
  groups: [],
  ...special,
});
export const identity = (identityId: string, names: string[]): Identity => ({
  identityId,
  names,
  criticality: 'LOW',
  unit: '',
  privileged: false,
});
