import { randomBytes } from 'node:crypto';
import {
  dropAcls,
  ensureAcls,
  ensureTopics,
  ingestTopic,
  ingestTopicSpec,
  listAcls,
  receiptsTopic,
  receiptsTopicSpec,
  type AclRule,
  type Broker,
} from '#libs/events';
import { Refused } from '#libs/model';
import { isSource, isTenant, SOURCE_NAME_RULE, TENANT_NAME_RULE } from '#libs/terms';
import { putClientQuota, type ClientQuota, type Principal, type Stack } from '#stack';
import { adminBroker } from './provision.js';

export interface Partner extends Principal {
  topic: string;
  brokers: string[];
  mechanism: 'SCRAM-SHA-512';
  /** Where it is told what became of what it sent, when that was asked. */
  receipts?: PartnerReceipts;
}

export interface PartnerReceipts {
  topic: string;
  /** Consumer groups of its own begin so. */
  group: string;
}

const USER = 'partner.';
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
  /** Of its topic, where it is made: who sends chooses among them. */
  partitions?: number;
}
export const PARTNER_QUOTA: Required<PartnerQuota> = { rateMbPerSecond: 64, keepGb: 50, partitions: 2 };

const checked = ({
  rateMbPerSecond,
  keepGb,
  partitions = PARTNER_QUOTA.partitions,
}: PartnerQuota): Required<PartnerQuota> => {
  const good = [rateMbPerSecond, keepGb].every((one) => Number.isFinite(one) && one > 0);
  if (!good) throw new Refused('rate and keep are numbers above 0', 'BAD_QUOTA');
  return { rateMbPerSecond, keepGb, partitions };
};

type PartnerRight = Pick<AclRule, 'operation' | 'resource' | 'name' | 'pattern'>;

const onTopic = (name: string, ...operations: ('READ' | 'WRITE' | 'DESCRIBE')[]): PartnerRight[] =>
  operations.map((operation) => ({ operation, resource: 'TOPIC', name, pattern: 'LITERAL' }));

/** Its topic of receipts, read with groups of its own. */
const readingReceipts = ({ topic, group }: PartnerReceipts): PartnerRight[] => [
  ...onTopic(topic, 'READ', 'DESCRIBE'),
  { operation: 'READ', resource: 'GROUP', name: group, pattern: 'PREFIXED' },
];

/**
 * What a partner's user is called, may do and take, wherever it is made.
 * @param hasReceipts it is told what became of what it sent.
 * @throws Refused on names that would leave the tenant's space, and on quotas that are none.
 */
export const partnerPlan = (tenant: string, source: string, quota: PartnerQuota, hasReceipts = false) => {
  const { rateMbPerSecond, keepGb, partitions } = checked(quota);
  if (!isTenant(tenant)) throw new Refused(`a tenant is named with ${TENANT_NAME_RULE}`, 'BAD_NAME');
  if (!isSource(source)) throw new Refused(`a source is named with ${SOURCE_NAME_RULE}`, 'BAD_NAME');
  const topic = ingestTopic(tenant, source);
  const username = `${USER}${tenant}.${source}`;
  const receipts: PartnerReceipts = { topic: receiptsTopic(tenant, source), group: `${username}.` };
  const rights = [...onTopic(topic, 'WRITE', 'DESCRIBE'), ...(hasReceipts ? readingReceipts(receipts) : [])];
  const acls = rights.map((right): AclRule => ({ principal: username, ...right }));
  const topics = [
    ingestTopicSpec(tenant, source, { retentionBytes: keepGb * GB, partitions }),
    ...(hasReceipts ? [receiptsTopicSpec(tenant, source)] : []),
  ];
  const limits: ClientQuota = {
    producerBytesPerSecond: rateMbPerSecond * MB,
    requestPercentage: REQUEST_PERCENTAGE,
  };
  return { username, topic, topics, acls, limits, ...(hasReceipts ? { receipts } : {}) };
};

const newPassword = (): string => randomBytes(18).toString('base64url');

/**
 * Creates the ingest topic of a tenant's source and a Kafka user that may write it and nothing else, at its rate; with
 * receipts, also their topic, which it may read.
 * @throws Refused on names that would leave the tenant's space.
 */
export const addPartner = async (
  stack: Stack,
  tenant: string,
  source: string,
  quota: PartnerQuota = PARTNER_QUOTA,
  hasReceipts = false,
): Promise<Partner> => {
  const { username, topic, topics, acls, limits, receipts } = partnerPlan(tenant, source, quota, hasReceipts);
  const principal = { username, password: newPassword() };
  const broker = await adminBroker(stack);
  try {
    await ensureTopics(broker, topics);
    await stack.addUser(principal);
    await putClientQuota(stack.brokers, stack.admin, username, limits);
    await ensureAcls(broker, acls);
  } finally {
    await broker.close();
  }
  return {
    ...principal,
    topic,
    brokers: stack.partnerBrokers,
    mechanism: 'SCRAM-SHA-512',
    ...(receipts ? { receipts } : {}),
  };
};

/** A partner's user as the broker knows it. */
export interface KnownPartner {
  tenant: string;
  source: string;
  username: string;
  topic: string;
}

/** Users that may write an ingest topic, by name; of one tenant when it is named. */
export const partnersOn = async (broker: Broker, tenant?: string): Promise<KnownPartner[]> => {
  const rules = (await listAcls(broker)).filter(
    ({ principal, operation, resource }) => principal.startsWith(USER) && operation === 'WRITE' && resource === 'TOPIC',
  );
  return rules
    .map(({ principal: username, name: topic }) => {
      const [, of = '', source = ''] = username.split('.');
      return { tenant: of, source, username, topic };
    })
    .filter((one) => tenant === undefined || one.tenant === tenant)
    .sort((a, b) => (a.username < b.username ? -1 : 1));
};

/** @throws Refused when no such user may write. */
const mustBePartner = async (broker: Broker, tenant: string, source: string): Promise<KnownPartner> => {
  const { username } = partnerPlan(tenant, source, PARTNER_QUOTA);
  const found = (await partnersOn(broker, tenant)).find((one) => one.username === username);
  if (!found)
    throw new Refused(`no Kafka user may write for ${tenant}/${source}: npm run vigie -- partner add`, 'NO_PARTNER');
  return found;
};

/**
 * Gives a partner's user another password. The old one lets nobody in from then on; connections that are open stay.
 * @throws Refused when there is no such user.
 */
export const rotatePartner = async (stack: Stack, tenant: string, source: string): Promise<Partner> => {
  const broker = adminBroker(stack);
  try {
    const { username, topic } = await mustBePartner(broker, tenant, source);
    const principal = { username, password: newPassword() };
    await stack.addUser(principal);
    return { ...principal, topic, brokers: stack.partnerBrokers, mechanism: 'SCRAM-SHA-512' };
  } finally {
    await broker.close();
  }
};

/**
 * Takes a partner's rights, those of open connections too, and its user. What it sent stays, and so does the source.
 * @throws Refused when there is no such user.
 */
export const removePartner = async (stack: Stack, tenant: string, source: string): Promise<KnownPartner> => {
  const broker = adminBroker(stack);
  try {
    const partner = await mustBePartner(broker, tenant, source);
    await dropAcls(broker, partner.username);
    await stack.removeUser(partner.username);
    return partner;
  } finally {
    await broker.close();
  }
};
