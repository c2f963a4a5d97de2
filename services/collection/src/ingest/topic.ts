import { idOf } from '#libs/model';
import { isSource, isTenant } from '#libs/terms';

/** Where an ingest message lies. The tenant and the source are the topic's, never the payload's. */
export interface IngestPlace {
  topic: string;
  partition: number;
  /** Decimal digits. */
  offset: string;
  /** Record timestamp, epoch ms. */
  timestamp: number;
}

interface TopicParts {
  tenant: string;
  source: string;
}

const read = (topic: string): TopicParts | undefined => {
  const [, tenant = '', source = ''] = /^ingest\.([^.]+)\.([^.]+)$/.exec(topic) ?? [];
  return isTenant(tenant) && isSource(source) ? { tenant, source } : undefined;
};

/** The topic that was asked for last: thousands of messages of one follow each other. */
let last: { topic: string; parts: TopicParts | undefined } = { topic: '', parts: undefined };

/** Tenant and source of an ingest topic; undefined for any other topic. */
export const partsOfTopic = (topic: string): TopicParts | undefined => {
  if (topic !== last.topic) last = { topic, parts: read(topic) };
  return last.parts;
};

/** Id of the event at an index of a message: the same on redelivery, another after the topic was made anew. */
export const eventIdOf = ({ topic, partition, offset, timestamp }: IngestPlace, index: number): string =>
  idOf(topic, partition, offset, index, timestamp);

/** The shard of an entity, the same everywhere (FNV-1a). */
export const shardOf = (entity: string, shards: number): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < entity.length; at += 1) hash = Math.imul(hash ^ entity.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % shards;
};
