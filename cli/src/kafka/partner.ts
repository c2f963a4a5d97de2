import { randomBytes } from 'node:crypto';
import { ensureAcls, ensureTopics, ingestTopic, ingestTopicSpec } from '#libs/events';
import { Refused } from '#libs/model';
import { isSource, isTenant, SOURCE_NAME_RULE, TENANT_NAME_RULE } from '#libs/terms';
import { putClientQuota, type Principal, type Stack } from '#stack';
import { adminBroker } from './provision.js';

export interface Partner extends Principal {
  topic: string;
  brokers: string[];
  mechanism: 'SCRAM-SHA-512';
}

const MB = 1_000_000;
const GB = 1_000 * MB;
/** Of one thread of a broker: authentication and small requests count too, not only bytes. */
const REQUEST_PERCENTAGE = 200;

/** What a partner may send and have kept. */
export interface PartnerQuota {
  /** Of each broker; what is faster waits. */
  rateMbPerSecond: number;
  /** Of each partition; older records go first. */
  keepGb: number;
}
export const PARTNER_QUOTA: PartnerQuota = { rateMbPerSecond: 64, keepGb: 50 };

const checked = ({ rateMbPerSecond, keepGb }: PartnerQuota): PartnerQuota => {
  const good = [rateMbPerSecond, keepGb].every((one) => Number.isFinite(one) && one > 0);
  if (!good) throw new Refused('rate and keep are numbers above 0', 'BAD_QUOTA');
  return { rateMbPerSecond, keepGb };
};

/**
 * Creates the ingest topic of a tenant's source and a Kafka user that may write it and nothing else, at its rate.
 * @throws Refused on names that would leave the tenant's space.
 */
export const addPartner = async (
  stack: Stack,
  tenant: string,
  source: string,
  quota: PartnerQuota = PARTNER_QUOTA,
): Promise<Partner> => {
  const { rateMbPerSecond, keepGb } = checked(quota);
  if (!isTenant(tenant)) throw new Refused(`a tenant is named with ${TENANT_NAME_RULE}`, 'BAD_NAME');
  if (!isSource(source)) throw new Refused(`a source is named with ${SOURCE_NAME_RULE}`, 'BAD_NAME');
  const topic = ingestTopic(tenant, source);
  const principal = { username: `partner.${tenant}.${source}`, password: randomBytes(18).toString('base64url') };
  const broker = await adminBroker(stack);
  try {
    await ensureTopics(broker, [ingestTopicSpec(tenant, source, { retentionBytes: keepGb * GB })]);
    await stack.addUser(principal);
    await putClientQuota(stack.brokers, stack.admin, principal.username, {
      producerBytesPerSecond: rateMbPerSecond * MB,
      requestPercentage: REQUEST_PERCENTAGE,
    });
    await ensureAcls(
      broker,
      ['WRITE', 'DESCRIBE'].map((operation) => ({
        principal: principal.username,
        operation: operation as 'WRITE' | 'DESCRIBE',
        resource: 'TOPIC' as const,
        name: topic,
        pattern: 'LITERAL' as const,
      })),
    );
  } finally {
    await broker.close();
  }
  return { ...principal, topic, brokers: stack.partnerBrokers, mechanism: 'SCRAM-SHA-512' };
};
