import type { AclRule, TopicSpec } from '#libs/events';
import { partnerPlan, type PartnerQuota } from './partner.js';

/** A rule of a Strimzi KafkaUser: what `kafka.strimzi.io/v1` takes. */
export interface KafkaUserAcl {
  resource: { type: string; name: string; patternType: string };
  operations: string[];
}

const capitalized = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

/** The rules of one principal as its KafkaUser says them: one entry for each resource, operations sorted. */
export const userAcls = (rules: readonly AclRule[]): KafkaUserAcl[] => {
  const found = new Map<string, KafkaUserAcl>();
  for (const { operation, resource, name, pattern } of rules) {
    const key = `${resource} ${pattern} ${name}`;
    const entry = found.get(key) ?? {
      resource: { type: resource.toLowerCase(), name, patternType: pattern === 'PREFIXED' ? 'prefix' : 'literal' },
      operations: [],
    };
    entry.operations = [...new Set([...entry.operations, capitalized(operation)])].sort();
    found.set(key, entry);
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
};

const API = 'kafka.strimzi.io/v1';
const inCluster = (name: string, cluster: string) => ({ name, labels: { 'strimzi.io/cluster': cluster } });

const kafkaTopic = ({ topic, partitions, config }: TopicSpec, cluster: string): object => ({
  apiVersion: API,
  kind: 'KafkaTopic',
  metadata: inCluster(topic, cluster),
  spec: { partitions, config },
});

/** A partner's topics and user, for a cluster that Strimzi runs: it makes the password, in a Secret of the user's name. */
export const partnerManifests = (
  tenant: string,
  source: string,
  quota: PartnerQuota,
  cluster: string,
  hasReceipts = false,
): object[] => {
  const { username, topics, acls, limits } = partnerPlan(tenant, source, quota, hasReceipts);
  return [
    ...topics.map((topic) => kafkaTopic(topic, cluster)),
    {
      apiVersion: API,
      kind: 'KafkaUser',
      metadata: inCluster(username, cluster),
      spec: {
        authentication: { type: 'scram-sha-512' },
        authorization: { type: 'simple', acls: userAcls(acls) },
        quotas: { producerByteRate: limits.producerBytesPerSecond, requestPercentage: limits.requestPercentage },
      },
    },
  ];
};
