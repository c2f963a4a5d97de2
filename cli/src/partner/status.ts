import type { FlagCount } from '#contracts';
import { endOffsets, listTopics, type Broker } from '#libs/events';
import { ENVELOPED } from '../../../services/collection/src/envelope/line.js';
import { everyNode } from '../gateway/every-node.js';
import type { GraphqlClient } from '../gateway/graphql-client.js';
import { eachLetter } from '../kafka/dead-letters.js';
import { partnersOn, type KnownPartner } from '../kafka/partner.js';

interface SourceIntake {
  source: string;
  accepted: number;
  /** Of these, those that say nothing their source knows. */
  unrecognised: number;
  dead: number;
  messages: number;
  bytes: number;
  lastOccurredAt: string | null;
}

/** A source of a tenant, or a partner without one: who may send, and what came. */
export interface PartnerStatus {
  tenant: string;
  source: string;
  /** As GraphQL names it; null when the source is not registered, and nothing of it is read. */
  kind: string | null;
  /** The Kafka user that may write; null when none may. */
  username: string | null;
  /** null when nothing came. */
  intake: Omit<SourceIntake, 'source'> | null;
  /** Events of the last week by flag, the most frequent first. */
  flagged: FlagCount[];
}

/** What of a source was flagged. */
type SourceFlags = { source: string; flagged: FlagCount[] };

interface TenantSources {
  tenantId: string;
  sources: { name: string; kind: string }[];
}

const SOURCES = `query($after: String) { tenants(first: 50, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { tenantId sources { name kind } } } } }`;
const INTAKE = `query($tenant: ID!) {
  intake(tenant: $tenant) { source accepted unrecognised dead messages bytes lastOccurredAt }
  receipts(tenant: $tenant, hours: 168) { source flagged { flag count } } }`;

/** Sources of a tenant by name, those that are only a partner's among them. */
export const statusesOf = (
  { tenantId: tenant, sources }: TenantSources,
  intakes: readonly SourceIntake[],
  partners: readonly KnownPartner[],
  receipts: readonly SourceFlags[] = [],
): PartnerStatus[] => {
  const own = partners.filter((one) => one.tenant === tenant);
  const names = new Set([...sources.map(({ name }) => name), ...own.map(({ source }) => source)]);
  return [...names].sort().map((source): PartnerStatus => {
    const came = intakes.find((one) => one.source === source);
    return {
      tenant,
      source,
      kind: sources.find(({ name }) => name === source)?.kind ?? null,
      username: own.find((one) => one.source === source)?.username ?? null,
      intake: came
        ? {
            accepted: came.accepted,
            unrecognised: came.unrecognised,
            dead: came.dead,
            messages: came.messages,
            bytes: came.bytes,
            lastOccurredAt: came.lastOccurredAt,
          }
        : null,
      flagged: receipts.find((one) => one.source === source)?.flagged ?? [],
    };
  });
};

/** Of one tenant, or of all that one may see. */
export const partnerStatuses = async (
  admin: GraphqlClient,
  broker: Broker,
  only?: string,
): Promise<PartnerStatus[]> => {
  const tenants = await everyNode<TenantSources>(admin, SOURCES, {}, 'tenants');
  const partners = await partnersOn(broker, only);
  const statuses: PartnerStatus[] = [];
  for (const tenant of tenants.filter(({ tenantId }) => only === undefined || tenantId === only)) {
    const told = await admin.ask<{ intake: SourceIntake[]; receipts: SourceFlags[] }>(INTAKE, {
      tenant: tenant.tenantId,
    });
    statuses.push(...statusesOf(tenant, told.intake, partners, told.receipts));
  }
  return statuses;
};

/** Why something of a topic cannot be read, the most frequent first. */
export interface LossReason {
  code: string;
  sentence: string;
  count: number;
  /** Epoch ms of the last. */
  lastAt: number;
}

export const lossesOf = async (broker: Broker, tenant: string, topic: string): Promise<LossReason[]> => {
  const reasons = new Map<string, LossReason>();
  await eachLetter(broker, { tenant, service: 'collection' }, ({ letter, setAsideAt }) => {
    const { code, sentence, count, original } = letter;
    if (original.topic !== topic) return;
    const known = reasons.get(code) ?? { code, sentence, count: 0, lastAt: setAsideAt };
    reasons.set(code, { ...known, count: known.count + count, lastAt: Math.max(known.lastAt, setAsideAt) });
  });
  return [...reasons.values()].sort((a, b) => b.count - a.count);
};

/** Messages a topic has had, those that expired too; null when there is no such topic. */
export const messagesOn = async (broker: Broker, topic: string): Promise<number | null> => {
  if (!(await listTopics(broker)).includes(topic)) return null;
  return Object.values(await endOffsets(broker, topic)).reduce((sum, end) => sum + Number(end), 0);
};

const SAMPLE_MESSAGES = 5;
const SAMPLE_BYTES = 256 * 1024;

/** Some of the latest messages of a topic, a line or more each; those that a listener wrapped are left out. */
export const sampleOn = async (broker: Broker, topic: string): Promise<Buffer> => {
  const ends = await endOffsets(broker, topic);
  const found: Buffer[] = [];
  const consumption = broker.consume({
    topics: [topic],
    fromBeginning: true,
    onAssigned: async (partitions) =>
      partitions.map(({ partition }) => {
        const offset = String(Math.max(0, Number(ends[partition] ?? 0) - SAMPLE_MESSAGES));
        return { topic, partition, offset };
      }),
    handle: async ({ records }) =>
      void found.push(...records.filter(({ headers }) => headers[ENVELOPED] === undefined).map(({ value }) => value)),
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
  const lines = found.slice(-SAMPLE_MESSAGES).flatMap((value) => [value, Buffer.from('\n')]);
  return Buffer.concat(lines).subarray(0, SAMPLE_BYTES);
};
