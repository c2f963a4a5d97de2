/**
 * Everything said and heard between the services: messages to bytes and back, envelopes to headers and back,
 * publishing, consuming, dead letters, topics and their rights. The only home of kafkajs and avsc, and none of their
 * types leaves it: what the rooms see stands in `port.ts`.
 */
export * from './port.js';
export { decode, encode, reader, schemaIdOf } from './codec.js';
export { schemaById } from './schemas.js';
export {
  envelopeOf,
  framedRecord,
  fromRecord,
  headersOf,
  keyOf,
  tenantOfKey,
  toRecord,
  withActor,
} from './envelope.js';
export { connectBroker } from './broker.js';
export { blamesRecord } from './delivery.js';
export { whyTooLarge } from './queue.js';
export { retriably } from './retriable.js';
export { announceSchemas, learnSchemas } from './schema-learning.js';
export {
  deadLetterOf,
  deadLetters,
  eachReadable,
  isOfPartner,
  noted,
  noteOn,
  readDeadLetter,
  recordToRetry,
  tenantOfRecord,
  toRetry,
  type LetterDetails,
  type DeadLetter,
  type DeadLetters,
  type LostRange,
} from './dead-letters.js';
export {
  deadLetterTopic,
  INGEST_COMPRESSION,
  ingestTopic,
  ingestTopicSpec,
  receiptsTopic,
  receiptsTopicSpec,
  retryTopic,
  SCHEMAS_TOPIC,
  topicsOf,
  topicSpecs,
  type TopicSpec,
} from './topics.js';
export {
  deleteTopics,
  endOffsets,
  ensureTopics,
  groupLag,
  groupPositions,
  listGroups,
  listTopics,
  rewindGroup,
  type GroupPosition,
} from './admin.js';
export { groupCommits, groupsBehind, type GroupCommit } from './group-commits.js';
export { shardOfKey, SHARDS, SIZES, whyNotGrown, type Size } from './shards.js';
export { addPartitions, groupMembers, partitionsOf } from './growing.js';
export { dropAcls, ensureAcls, listAcls, type AclRule } from './acls.js';
export { KafkaEvents } from './kafka-events.js';
