import type { InRecord, TopicPartition, UnreadableRecord } from '../port.js';

/** The batch of a record, as far as the client asks for it: what belongs to a broken off transaction it leaves out. */
export interface RecordBatchContext {
  /** Decimal digits. */
  producerId: string;
  inTransaction: boolean;
  /** It holds notes of the broker, which the client leaves out. */
  isControl: boolean;
}

/** A record as it was read: at once ours, and what the client hands over. Its own properties are those of InRecord. */
export class ReadRecord implements InRecord {
  readonly topic: string;
  readonly partition: number;
  readonly #batch: RecordBatchContext;

  constructor(
    { topic, partition }: TopicPartition,
    batch: RecordBatchContext,
    readonly offset: string,
    readonly timestamp: number,
    readonly key: string | null,
    readonly value: Buffer,
    readonly headers: Record<string, string>,
  ) {
    this.topic = topic;
    this.partition = partition;
    this.#batch = batch;
  }

  get batchContext(): RecordBatchContext {
    return this.#batch;
  }

  get isControlRecord(): boolean {
    return this.#batch.isControl;
  }
}

const NO_BATCH: RecordBatchContext = { producerId: '-1', inTransaction: false, isControl: false };

/** What stands in the place of a batch that this client does not read. */
export class UnreadBatch extends ReadRecord implements UnreadableRecord {
  constructor(
    place: TopicPartition,
    said: { lastOffset: string; timestamp: number },
    bytes: Buffer,
    readonly unreadable: UnreadableRecord['unreadable'],
  ) {
    super(place, NO_BATCH, said.lastOffset, said.timestamp, null, bytes, {});
  }
}
