import { randomBytes } from 'node:crypto';
import { ensureAcls, ensureTopics, ingestTopic, ingestTopicSpec, type AclRule } from '#libs/events';
import { Refused } from '#libs/model';
import { isSource, isTenant, SOURCE_NAME_RULE, TENANT_NAME_RULE } from '#libs/terms';
import { putClientQuota, type ClientQuota, type Principal, type Stack } from '#stack';
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
 * What a partner's user is called, may do and take, wherever it is made.
 * @throws Refused on names that would leave the tenant's space, and on quotas that are none.
 */
export const partnerPlan = (tenant: string, source: string, quota: PartnerQuota) => {
  const { rateMbPerSecond, keepGb } = checked(quota);
  if (!isTenant(tenant)) throw new Refused(`a tenant is named with ${TENANT_NAME_RULE}`, 'BAD_NAME');
  if (!isSource(source)) throw new Refused(`a source is named with ${SOURCE_NAME_RULE}`, 'BAD_NAME');
  const topic = ingestTopic(tenant, source);
  const username = `partner.${tenant}.${source}`;
  const acls = (['WRITE', 'DESCRIBE'] as const).map(
    (operation): AclRule => ({ principal: username, operation, resource: 'TOPIC', name: topic, pattern: 'LITERAL' }),
  );
  const limits: ClientQuota = {
    producerBytesPerSecond: rateMbPerSecond * MB,
    requestPercentage: REQUEST_PERCENTAGE,
  };
  return { username, topic, retentionBytes: keepGb * GB, acls, limits };
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
  const { username, topic, retentionBytes, acls, limits } = partnerPlan(tenant, source, quota);
  const principal = { username, password: randomBytes(18).toString('base64url') };
  const broker = await adminBroker(stack);
  try {
    await ensureTopics(broker, [ingestTopicSpec(tenant, source, { retentionBytes })]);
    await stack.addUser(principal);
    await putClientQuota(stack.brokers, stack.admin, username, limits);
    await ensureAcls(broker, acls);
  } finally {
    await broker.close();
  }
  return { ...principal, topic, brokers: stack.partnerBrokers, mechanism: 'SCRAM-SHA-512' };
};
