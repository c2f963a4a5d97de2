import { catalogue } from '#contracts';
import { SERVICES, DAY_MS } from '#libs/terms';
import { SIZES, type Size } from './shards.js';

const MIB = 1024 * 1024;

export const SCHEMAS_TOPIC = 'vigie.schemas';
export const MATCHES_TOPIC = 'vigie.detection.matches';

export const deadLetterTopic = (service: string): string => `vigie.${service}.dead-letter`;
export const retryTopic = (service: string): string => `vigie.${service}.retry`;
/** Where a partner is told what became of what it sent. */
export const receiptsTopic = (tenant: string, source: string): string => `receipts.${tenant}.${source}`;
export const ingestTopic = (tenant: string, source: string): string => `ingest.${tenant}.${source}`;

/** What partners submit lies on topics of their own. */
const ours = catalogue.filter(({ topic }) => topic.startsWith('vigie.'));
const contractTopics = new Map(ours.map(({ topic, kind }) => [topic, kind]));

/** Whether the contracts name the topic: then only their messages belong there. */
export const isContractTopic = (topic: string): boolean => contractTopics.has(topic);

/** Topics of the contracts of these subjects and kinds; all when not said. Sorted. */
export const topicsOf = (wanted: { subjects?: string[]; kind?: 'events' | 'requests' } = {}): string[] => {
  const found = ours.filter(
    ({ subject, kind }) => (wanted.subjects?.includes(subject) ?? true) && (wanted.kind ?? kind) === kind,
  );
  return [...new Set(found.map(({ topic }) => topic))].sort();
};

/**
 * Largest record a topic takes, in bytes. Ours take a telemetry batch; partners' less, so that what came in still fits
 * into the batch it becomes; dead letters more, for the headers around the original.
 */
export const maxMessageBytes = (topic: string): number => {
  if (topic.startsWith('ingest.') || topic.startsWith('receipts.')) return MIB;
  // What a letter holds is sent again whole, with what its record has around it.
  if (topic.endsWith('.dead-letter') || topic.endsWith('.retry')) return 5 * MIB;
  return 4 * MIB;
};

/** A topic as it should be. */
export interface TopicSpec {
  topic: string;
  partitions: number;
  /** Copies of each partition; the broker's default when absent. */
  replicas?: number;
  config: Record<string, string>;
}

export interface TopicOptions extends Partial<Size> {
  /** Of single topics, by name. */
  partitionsOf?: Record<string, number>;
  /** Of a partner's topic: the most a partition keeps, so that one partner does not fill the disk of all. */
  retentionBytes?: number;
  /** Default: SERVICES. */
  services?: readonly string[];
}

const config = (topic: string, rest: Record<string, string>): Record<string, string> => ({
  'message.timestamp.type': 'LogAppendTime',
  'max.message.bytes': String(maxMessageBytes(topic)),
  ...rest,
});
const kept = (days: number): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(days * DAY_MS),
});
const compacted = { 'cleanup.policy': 'compact', 'retention.ms': '-1' };

const RAW_TELEMETRY = ['vigie.telemetry.normalized', 'vigie.telemetry.enriched', MATCHES_TOPIC];
const COMPACTED = ['vigie.tenant.state', SCHEMAS_TOPIC];
/** Read from the beginning by each replica for itself, in one order: more partitions would give nothing and take that. */
const FOLLOWED = ['vigie.ruleset.events', 'vigie.indicator.events'];

/** Stores remember, Kafka carries: days by kind of topic. */
const retention = (topic: string): Record<string, string> => {
  if (COMPACTED.includes(topic)) return compacted;
  if (topic.startsWith('ingest.')) return kept(3);
  if (topic.startsWith('receipts.')) return kept(7);
  if (RAW_TELEMETRY.includes(topic)) return kept(1);
  if (topic.endsWith('.dead-letter') || topic.endsWith('.retry')) return kept(14);
  return kept(30);
};

const single = (topic: string): boolean =>
  COMPACTED.includes(topic) || FOLLOWED.includes(topic) || topic.endsWith('.retry');

const specOf = (topic: string, options: TopicOptions): TopicSpec => {
  const { partitions = SIZES.small.partitions, partitionsOf = {}, replicas, minInsync } = options;
  const acknowledged: Record<string, string> =
    minInsync === undefined ? {} : { 'min.insync.replicas': String(minInsync) };
  return {
    topic,
    partitions: partitionsOf[topic] ?? (single(topic) ? 1 : partitions),
    ...(replicas === undefined ? {} : { replicas }),
    config: config(topic, { ...retention(topic), ...acknowledged }),
  };
};

/** Every topic of an installation but the partners': from the catalogue, with its dead letters, retries and schemas. */
export const topicSpecs = (options: TopicOptions = {}): TopicSpec[] => {
  const services = options.services ?? SERVICES;
  const names = [...topicsOf(), SCHEMAS_TOPIC, ...services.map(deadLetterTopic), ...services.map(retryTopic)];
  return names.map((topic) => specOf(topic, options));
};

/**
 * Partners' topics are stored as they were packed. A broker that packs anew has all records of a batch in its memory at
 * once: 900 KB of gzip that hold 900 MB end it.
 */
export const INGEST_COMPRESSION = { 'compression.type': 'producer' };

/** A partner's own topic. */
export const ingestTopicSpec = (tenant: string, source: string, options: TopicOptions = {}): TopicSpec => {
  const spec = specOf(ingestTopic(tenant, source), { partitions: 2, ...options });
  const { retentionBytes } = options;
  const bounded: Record<string, string> =
    retentionBytes === undefined ? {} : { 'retention.bytes': String(Math.trunc(retentionBytes)) };
  return { ...spec, config: { ...spec.config, ...INGEST_COMPRESSION, ...bounded } };
};

/** Kept of a topic of receipts at most. */
const RECEIPTS_BYTES = 1_000_000_000;

/** A partner's topic of receipts: one partition, so that they come in order. */
export const receiptsTopicSpec = (tenant: string, source: string): TopicSpec => {
  const spec = specOf(receiptsTopic(tenant, source), { partitions: 1 });
  return { ...spec, config: { ...spec.config, 'retention.bytes': String(RECEIPTS_BYTES) } };
};
