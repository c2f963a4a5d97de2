import {
  connectBroker,
  ensureAcls,
  ensureTopics,
  INGEST_COMPRESSION,
  listTopics,
  SIZES,
  topicSpecs,
  type AclRule,
  type Broker,
  type Size,
  type TopicSpec,
} from '#libs/events';
import { openLog, topologyOf, type ServiceDefinition } from '#libs/service';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';

/** The platform team's connection. Close it. */
export const adminBroker = (stack: Pick<Stack, 'brokers' | 'admin'>): Broker =>
  connectBroker({ brokers: stack.brokers, ...stack.admin, clientId: 'platform', log: openLog('vigie', 'silent') });

/** Does something as the platform team, and ends the connection. */
export const withBroker = async <T>(
  stack: Pick<Stack, 'brokers' | 'admin'>,
  work: (broker: Broker) => Promise<T>,
): Promise<T> => {
  const broker = adminBroker(stack);
  try {
    return await work(broker);
  } finally {
    await broker.close();
  }
};

const INGEST = 'ingest.';
/** What partners have of their own. */
const OF_PARTNERS = [INGEST, 'receipts.'];

/** What one service may do on Kafka, and nothing else: from its page, as docs/topology.md. */
export const rightsOf = (definition: ServiceDefinition): AclRule[] => {
  const { service: principal, hears, says } = topologyOf(definition);
  const rule = (operation: AclRule['operation'], name: string): AclRule => ({
    principal,
    operation,
    resource: 'TOPIC',
    name,
    pattern: OF_PARTNERS.includes(name) ? 'PREFIXED' : 'LITERAL',
  });
  return [
    ...hears.flatMap((topic) => [rule('READ', topic), rule('DESCRIBE', topic)]),
    ...says.flatMap((topic) => [rule('WRITE', topic), rule('DESCRIBE', topic)]),
    { principal, operation: 'READ', resource: 'GROUP', name: `vigie.${principal}.`, pattern: 'PREFIXED' },
    { principal, operation: 'DESCRIBE', resource: 'GROUP', name: `vigie.${principal}.`, pattern: 'PREFIXED' },
  ];
};

/** Partners' topics that an earlier release made: how they are stored, and nothing else of them. */
const keptTopics = async (broker: Broker): Promise<TopicSpec[]> =>
  (await listTopics(broker))
    .filter((topic) => topic.startsWith(INGEST))
    .map((topic) => ({ topic, partitions: 0, config: INGEST_COMPRESSION }));

/**
 * Creates every topic and right of the installation; what is there already stays, as this release wants it.
 * @returns topics of ours that are there with another number of partitions: they keep it.
 */
export const provision = async (
  stack: Pick<Stack, 'brokers' | 'admin'>,
  partitions: number = SIZES.small.partitions,
  copies: Partial<Omit<Size, 'partitions'>> = {},
): Promise<string[]> =>
  withBroker(stack, async (broker) => {
    const specs = topicSpecs({ partitions, ...copies });
    const { otherPartitions } = await ensureTopics(broker, [...specs, ...(await keptTopics(broker))]);
    await ensureAcls(broker, definitions.flatMap(rightsOf));
    return otherPartitions.filter((topic) => specs.some((spec) => spec.topic === topic));
  });
