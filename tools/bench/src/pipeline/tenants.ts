import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { DEV_ADMIN, graphqlClient, signToken } from '../../../../cli/src/index.js';
import { onboardMeasured } from '../onboarding.js';
import { KINDS, type KindName } from './kinds.js';
import type { BenchSource } from './load.js';
import type { BenchWorld } from './world.js';

const AT_ONCE = 8;
const tenantOf = (nth: number): string => `bench-${nth}`;

/**
 * Takes tenants on, each with a source of each kind, whose topics are there then: those from one number to another.
 * @returns where their events may be sent.
 */
export const takeOnTenants = async (
  { broker, up: { installation } }: BenchWorld,
  { from = 0, to }: { from?: number; to: number },
  kinds: readonly KindName[],
): Promise<BenchSource[]> => {
  const token = await signToken(installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  const admin = graphqlClient(installation.urls.analyst ?? '', token);
  const tenants = Array.from({ length: to - from }, (_, nth) => tenantOf(from + nth));
  const targets = tenants.flatMap((tenant) => kinds.map((kind) => ({ tenant, kind })));
  await ensureTopics(
    broker,
    targets.map(({ tenant, kind }) => ingestTopicSpec(tenant, kind)),
  );
  const sources = kinds.map((name) => ({ name, kind: KINDS[name].kind }));
  for (let first = 0; first < tenants.length; first += AT_ONCE)
    await Promise.all(tenants.slice(first, first + AT_ONCE).map((tenant) => onboardMeasured(admin, tenant, sources)));
  return targets;
};
