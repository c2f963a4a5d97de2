import kafkajs, { type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import { RETRY } from './client.js';
import { Fault, reasonOf } from './errors.js';
import { KnownTopics } from './known-topics.js';
import type { KafkaLog } from './port.js';
import type { WaitingRecord } from './queue.js';
import { backoffMs, pause, within } from './delays.js';
import { shardPartitioner } from './shards.js';
import { OutMessage } from './wire/produce-request.js';

const NO_SUCH_TOPIC = 'UNKNOWN_TOPIC_OR_PARTITION';

/** The broker blames what was sent: sending it again is no use, sending its neighbours alone is. */
const BLAMES_RECORDS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  NO_SUCH_TOPIC,
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'POLICY_VIOLATION',
]);

/** Kafka's name of an error, found at the root of what the client wrapped around it. */
export const kafkaCode = (error: unknown): string | undefined => {
  const { type, cause } = (error ?? {}) as { type?: unknown; cause?: unknown };
  return typeof type === 'string' ? type : cause ? kafkaCode(cause) : undefined;
};

const OF_ONE_RECORD = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

/** Whether a send failed by one of its records alone, whatever the state of broker and rights. */
export const blamesRecord = (error: unknown): boolean => OF_ONE_RECORD.has(kafkaCode(error) ?? '');

/** Passing, as Kafka calls it: a broker that was just told of a topic may not know it yet. */
const noSuchTopic = (): Error =>
  Object.assign(new Error('there is no such topic'), { type: NO_SUCH_TOPIC, retriable: true });

const topicsOf = (items: WaitingRecord[]): string[] => [...new Set(items.map(({ record }) => record.topic))];

const byTopic = (items: WaitingRecord[]): WaitingRecord[][] => {
  const groups = new Map<string, WaitingRecord[]>();
  for (const item of items) groups.set(item.record.topic, [...(groups.get(item.record.topic) ?? []), item]);
  return [...groups.values()];
};

/** Parts to send apart, so that the blameless get through: topics first, then halves. */
export const parts = (items: WaitingRecord[]): WaitingRecord[][] => {
  const topics = byTopic(items);
  if (topics.length > 1) return topics;
  const half = Math.ceil(items.length / 2);
  return [items.slice(0, half), items.slice(half)];
};

const messagesOf = (items: WaitingRecord[]): TopicMessages[] => {
  const topics = new Map<string, TopicMessages>();
  for (const {
    record: { topic, key, value, headers },
  } of items) {
    const entry = topics.get(topic) ?? { topic, messages: [] };
    topics.set(topic, entry);
    entry.messages.push(new OutMessage(key, value, headers));
  }
  return [...topics.values()];
};

/**
 * Sends, with an idempotent producer that is replaced after every failed send: once the broker has refused a sequence
 * number, it refuses all later ones. What was not acknowledged is sent again by the new one; a record may thus be
 * there twice, never in another order relative to those acknowledged before.
 */
export class KafkaDelivery {
  private producer: Producer | undefined;
  private readonly topics: KnownTopics;

  constructor(
    private readonly kafka: Kafka,
    private readonly log: KafkaLog,
    private readonly options: { gzip: boolean; patienceMs: number },
  ) {
    this.topics = new KnownTopics(kafka);
  }

  /** Settles every item. Never throws. @returns why, when it gave up: the broker took nothing for too long. */
  async deliver(all: WaitingRecord[]): Promise<Fault | undefined> {
    const missing = await this.topics.missing(topicsOf(all));
    for (const item of all) if (missing.has(item.record.topic)) item.done(refusal(item, noSuchTopic()));
    const items = all.filter(({ record }) => !missing.has(record.topic));
    return items.length > 0 ? this.repeat(items) : undefined;
  }

  async close(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    if (producer) await within(5_000, producer.disconnect());
  }

  private async repeat(items: WaitingRecord[]): Promise<Fault | undefined> {
    const deadline = Date.now() + this.options.patienceMs;
    for (let attempt = 0; ; attempt++) {
      const isNew = this.producer === undefined;
      const error = await this.attempt(items);
      if (error === undefined) {
        for (const item of items) item.done();
        return undefined;
      }
      const code = kafkaCode(error);
      this.log.warn(
        { reason: reasonOf(error), code, records: items.length },
        'a send failed, its producer is replaced',
      );
      // One that sent to a topic which is gone since is told of that one, whatever it sends now.
      if (code === NO_SUCH_TOPIC && !isNew) continue;
      if (code !== undefined && BLAMES_RECORDS.has(code)) return this.isolate(items, error);
      if (Date.now() >= deadline) return refuse(items, error);
      await pause(backoffMs(attempt));
    }
  }

  private async isolate(items: WaitingRecord[], error: unknown): Promise<Fault | undefined> {
    if (items.length === 1) {
      refuse(items, error);
      return undefined;
    }
    this.topics.forget(topicsOf(items));
    let gaveUp: Fault | undefined;
    for (const part of parts(items)) gaveUp = gaveUp ? refuse(part, gaveUp) : await this.deliver(part);
    return gaveUp;
  }

  private async attempt(items: WaitingRecord[]): Promise<unknown> {
    try {
      this.producer ??= await this.open();
      const compression = this.options.gzip ? kafkajs.CompressionTypes.GZIP : kafkajs.CompressionTypes.None;
      await this.producer.sendBatch({ topicMessages: messagesOf(items), acks: -1, compression });
      return undefined;
    } catch (error) {
      await this.close();
      return error;
    }
  }

  private async open(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: shardPartitioner,
      retry: RETRY,
    });
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      void within(5_000, producer.disconnect());
      throw error;
    }
  }
}

const refusal = ({ record: { topic, key } }: WaitingRecord, error: unknown): Fault =>
  new Fault(`the broker did not take a record of ${topic} (key ${key ?? 'none'}): ${reasonOf(error)}`, {
    cause: error,
  });

/** @returns what the first was refused with. */
const refuse = (items: WaitingRecord[], error: unknown): Fault | undefined => {
  const refusals = items.map((item) => refusal(item, error));
  for (const [index, item] of items.entries()) item.done(refusals[index]);
  return refusals[0];
};
