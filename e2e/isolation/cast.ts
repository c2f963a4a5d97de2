import {
  addPartner,
  customer,
  DEV_ADMIN,
  grant,
  onboard,
  provider,
  signToken,
  type GraphqlClient,
  type Partner,
  type TenantPlan,
} from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';
import type { MarkedTenant } from './surface.js';

/** Those who ask for a tenant, and what they wrote with. */
export interface Cast {
  marked: MarkedTenant;
  lead: GraphqlClient;
  leadToken: string;
  admin: GraphqlClient;
  adminToken: string;
  partner: Partner;
  partnerToken: string;
}

export const SOURCE = 'edr';
const planOf = ({ tenant, mark }: MarkedTenant): TenantPlan => ({
  name: mark,
  prefix: tenant.toUpperCase(),
  language: 'EN',
  timeZone: 'UTC',
  policy: { mode: 'AUTHORIZE', exclusions: [{ entity: `host:never-${mark}`, reason: mark }] },
  contacts: [
    {
      name: mark,
      subject: `admin-${tenant}`,
      kind: 'INCIDENT',
      channel: 'mail',
      address: `${mark}@example.test`,
      language: 'EN',
    },
  ],
  assets: [
    {
      assetId: `asset-${mark}`,
      hostnames: [`srv-${mark}.example.test`],
      criticality: 'HIGH',
      owner: mark,
      unit: mark,
      groups: [`group-${mark}`],
    },
  ],
  identities: [{ identityId: `id-${mark}`, names: [`${mark}-user`], criticality: 'HIGH', unit: mark }],
  sources: [{ name: SOURCE, kind: 'WINDOWS' }],
  connectors: [{ vendor: 'defender', baseUrl: 'standin:defender', secretRef: 'standin-defender', account: mark }],
});

/** Onboards a tenant, with somebody of the provider and of the customer who may do everything there, and a tool. */
export const takeOn = async ({ up }: TestInstallation, marked: MarkedTenant): Promise<Cast> => {
  const { tenant } = marked;
  const root = await provider(up, DEV_ADMIN);
  await onboard(root, tenant, planOf(marked), up.installation);
  for (const role of ['LEAD', 'HUNTER', 'OPERATOR_ADMIN']) await grant(root, `lead-${tenant}`, role, [tenant]);
  await grant(root, `admin-${tenant}`, 'CUSTOMER_ADMIN', [tenant]);
  const { secret } = up.installation.issuer;
  const partner = await addPartner(up.stack, tenant, SOURCE);
  return {
    marked,
    partner,
    lead: await provider(up, `lead-${tenant}`),
    leadToken: await signToken(secret, { kind: 'operator', subject: `lead-${tenant}` }),
    admin: await customer(up, tenant, `admin-${tenant}`),
    adminToken: await signToken(secret, { kind: 'customer', tenant, subject: `admin-${tenant}` }),
    partnerToken: await signToken(secret, { kind: 'partner', subject: partner.username, tenant, sources: [SOURCE] }),
  };
};
