import { randomBytes } from 'node:crypto';
import { ensureAcls, ensureTopics, ingestTopic, ingestTopicSpec } from '#libs/events';
import { Refused } from '#libs/model';
import type { Principal, Stack } from '#stack';
import { adminBroker } from './provision.js';

const NAME = /^[a-z0-9-]{1,40}$/;

export interface Partner extends Principal {
  topic: string;
  brokers: string[];
  mechanism: 'SCRAM-SHA-512';
}

/**
 * Creates the ingest topic of a tenant's source and a Kafka user that may write it and nothing else.
 * @throws Refused on names that would leave the tenant's space.
 */
export const addPartner = async (stack: Stack, tenant: string, source: string): Promise<Partner> => {
  if (!NAME.test(tenant) || !NAME.test(source)) throw new Refused('tenant and source are [a-z0-9-]{1,40}', 'BAD_NAME');
  const topic = ingestTopic(tenant, source);
  const principal = { username: `partner.${tenant}.${source}`, password: randomBytes(18).toString('base64url') };
  const broker = await adminBroker(stack);
  try {
    await ensureTopics(broker, [ingestTopicSpec(tenant, source)]);
    await stack.addUser(principal);
    await ensureAcls(broker, ['WRITE', 'DESCRIBE'].map((operation) => ({
      principal: principal.username, operation: operation as 'WRITE' | 'DESCRIBE', resource: 'TOPIC' as const, name: topic, pattern: 'LITERAL' as const,
    })));
  } finally {
    await broker.close();
  }
  return { ...principal, topic, brokers: stack.partnerBrokers, mechanism: 'SCRAM-SHA-512' };
};
