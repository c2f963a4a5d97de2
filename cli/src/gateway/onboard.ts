import { Refused } from '#libs/model';
import { mustBeOk, type GraphqlClient } from './graphql-client.js';
import type { Installation } from '../installation/saved-installation.js';
import { putSecret, secretsFileOf } from '../installation/secrets.js';
import { standins } from '../../../tools/standins/src/index.js';

/** All that is agreed with a customer, as the GraphQL inputs have it. */
export interface TenantPlan {
  name: string;
  prefix: string;
  language: string;
  timeZone: string;
  policy: { mode: string } & Record<string, unknown>;
  contacts: Record<string, unknown>[];
  assets: Record<string, unknown>[];
  identities: Record<string, unknown>[];
  sources: { name: string; kind: string }[];
  /**
   * `standin:defender` and the like as base URL stand for those of this installation, whose credential is kept for the
   * tenant.
   */
  connectors: { vendor: string; baseUrl: string; secretRef: string; account: string }[];
}

const ONBOARD =
  'mutation($id: ID!, $input: OnboardInput!, $m: String) { onboardTenant(tenantId: $id, input: $input, mutationId: $m) OUTCOME }';
const POLICY =
  'mutation($id: ID!, $policy: PolicyInput!, $m: String) { setPolicy(tenantId: $id, policy: $policy, mutationId: $m) OUTCOME }';
const CONTACTS =
  'mutation($id: ID!, $contacts: [ContactInput!]!, $m: String) { setContacts(tenantId: $id, contacts: $contacts, mutationId: $m) OUTCOME }';
const ASSETS =
  'mutation($id: ID!, $assets: [AssetInput!], $identities: [IdentityInput!], $m: String) { registerAssets(tenantId: $id, assets: $assets, identities: $identities, mutationId: $m) OUTCOME }';
const SOURCE =
  'mutation($id: ID!, $source: SourceInput!, $m: String) { registerSource(tenantId: $id, source: $source, mutationId: $m) OUTCOME }';
const CONNECTOR =
  'mutation($id: ID!, $connector: ConnectorInput!, $m: String) { setConnector(tenantId: $id, connector: $connector, mutationId: $m) OUTCOME }';

/**
 * The address a base URL stands for. A stand-in's credential is kept for the tenant under the reference it is given, as
 * a vendor's would be.
 */
const addressOf = (
  { urls, dir }: Pick<Installation, 'urls' | 'dir'>,
  tenant: string,
  { baseUrl, secretRef }: TenantPlan['connectors'][number],
): string => {
  if (!baseUrl.startsWith('standin:')) return baseUrl;
  const name = baseUrl.slice('standin:'.length);
  const [url, secret] = [urls[name], standins.find(({ vendor }) => vendor === name)?.secret];
  if (!url || !secret)
    throw new Refused(
      `there is no stand-in ${name}: ${standins.map(({ vendor }) => vendor).join(' and ')}`,
      'NO_STANDIN',
    );
  putSecret(secretsFileOf(dir), { tenant, ref: secretRef, origins: [new URL(url).origin], secret });
  return url;
};

/** Of assets and identities, in one request. */
const AT_ONCE = 2_000;

/** Parts of both lists. */
const inPieces = <One, Other>(some: readonly One[], others: readonly Other[]): { some: One[]; others: Other[] }[] =>
  Array.from({ length: Math.ceil(Math.max(some.length, others.length) / AT_ONCE) }, (_, piece) => {
    const [from, to] = [piece * AT_ONCE, (piece + 1) * AT_ONCE];
    return { some: some.slice(from, to), others: others.slice(from, to) };
  });

/**
 * Takes a customer on through GraphQL. Its policy, assets and identities come with the onboarding, as agreed with the
 * customer; of more than two thousand the first, the rest in parts that a second person or the customer agrees to
 * where they let more happen.
 * Doing so again changes nothing; where the plan has changed since and lets more happen, that is proposed, and told.
 */
export const onboard = async (
  admin: GraphqlClient,
  id: string,
  plan: TenantPlan,
  installation: Pick<Installation, 'urls' | 'dir'>,
  say: (line: string) => void = () => undefined,
): Promise<void> => {
  const change = async (what: string, mutation: string, variables: Record<string, unknown>): Promise<void> => {
    const outcome = await admin.change(mutation, { id, ...variables });
    if (['PROPOSED', 'PROPOSED_ALREADY'].includes(outcome.code)) return say(`${what}: ${outcome.message}`);
    mustBeOk(outcome, what);
  };
  const { name, prefix, language, timeZone, policy, assets, identities } = plan;
  const pieces = inPieces(assets, identities);
  const agreed = { assets: assets.slice(0, AT_ONCE), identities: identities.slice(0, AT_ONCE) };
  await change('onboarding', ONBOARD, { input: { name, prefix, language, timeZone, policy, ...agreed } });
  await change('policy', POLICY, { policy });
  if (plan.contacts.length) await change('contacts', CONTACTS, { contacts: plan.contacts });
  for (const [index, { some, others }] of pieces.entries()) {
    await change('assets', ASSETS, { assets: some, identities: others });
    if (pieces.length > 1) say(`assets and identities: part ${index + 1} of ${pieces.length}`);
  }
  for (const source of plan.sources) await change(`source ${source.name}`, SOURCE, { source });
  for (const connector of plan.connectors) {
    await change(`connector ${connector.vendor}`, CONNECTOR, {
      connector: { ...connector, baseUrl: addressOf(installation, id, connector) },
    });
  }
};
