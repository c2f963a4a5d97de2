import { randomBytes } from 'node:crypto';
import { mustBeOk, type GraphqlClient } from '../../../cli/src/index.js';

const ONBOARD = 'mutation($id: ID!, $input: OnboardInput!) { onboardTenant(tenantId: $id, input: $input) OUTCOME }';
const REGISTER = 'mutation($id: ID!, $source: SourceInput!) { registerSource(tenantId: $id, source: $source) OUTCOME }';

/** Case numbers of no other tenant begin so. */
const someLetters = (): string =>
  String.fromCharCode(...[...randomBytes(8)].map((byte) => 'A'.charCodeAt(0) + (byte % 26)));

/** A tenant of a measurement alone, and its sources. */
export const onboardMeasured = async (
  admin: GraphqlClient,
  tenant: string,
  sources: readonly { name: string; kind: string }[],
): Promise<void> => {
  const input = { name: tenant, prefix: someLetters(), language: 'EN', timeZone: 'UTC', policy: { mode: 'NOTIFY' } };
  mustBeOk(await admin.change(ONBOARD, { id: tenant, input }), tenant);
  for (const source of sources) mustBeOk(await admin.change(REGISTER, { id: tenant, source }), source.name);
};
