import {
  connectBroker,
  ensureAcls,
  ensureTopics,
  INGEST_COMPRESSION,
  listTopics,
  topicSpecs,
  type AclRule,
  type Broker,
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

/** Creates every topic and right of the installation; what is there already stays, as this release wants it. */
export const provision = async (stack: Pick<Stack, 'brokers' | 'admin'>, partitions = 2): Promise<void> => {
  await withBroker(stack, async (broker) => {
    await ensureTopics(broker, [...topicSpecs({ partitions }), ...(await keptTopics(broker))]);
    await ensureAcls(broker, definitions.flatMap(rightsOf));
  });
};
