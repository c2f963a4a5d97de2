import type { Envelope, Typed } from '#libs/model';
import type { Fault } from './errors.js';

/** What the rooms see of Kafka. No type of the client library appears here, so that it can be exchanged. */

/** A record to send. The record's own timestamp is never set: all topics stamp on append. */
export interface OutRecord {
  topic: string;
  key: string | null;
  value: Buffer;
  headers: Record<string, string>;
}

/** A record as read. */
export interface InRecord {
  topic: string;
  partition: number;
  /** Decimal digits. */
  offset: string;
  /** Epoch ms, by the broker's clock. */
  timestamp: number;
  key: string | null;
  /** Empty for a tombstone. */
  value: Buffer;
  headers: Record<string, string>;
}

/**
 * What stands in the place of a batch of records that this client could not unpack: their bytes, compressed, at the
 * last of their offsets.
 */
export interface UnreadableRecord extends InRecord {
  /** `count`: how many records the batch says it has; `from`: the first of their offsets, in decimal digits. */
  unreadable: { code: string; sentence: string; count: number; from: string };
}

/** Consecutive records of one partition. */
export interface Batch {
  topic: string;
  partition: number;
  records: InRecord[];
  /** Tells the group that work goes on. Also done every few seconds on its own; never throws. */
  heartbeat(): Promise<void>;
  /**
   * Says, inside long work, that the first records are done for good: they do not come again when the rest does.
   * (Nothing where offsets are committed by hand.) @param offset the last one that is done.
   */
  done?(offset: string): void;
  /**
   * Says that all this batch sends stands in the publisher's queue, and that only the broker's word is waited for: the
   * next batch of the partition begins meanwhile. This one is done when `handle` resolves, never before those ahead.
   */
  goOn?(): void;
}

/** What accompanies a request beyond its envelope. */
export interface RequestHeaders {
  /** Compact JWS; opaque here. */
  actor?: string;
  /** Epoch ms. */
  expiresAt?: number;
  /** Version the stream must have. */
  basedOn?: number;
}

/** A record of a contract, read. */
export interface ParsedRecord<M extends Typed = Typed> {
  envelope: Envelope;
  message: M;
  /** Only for requests. */
  request?: RequestHeaders;
}

export interface TopicPartition {
  topic: string;
  partition: number;
}

/** `next` is the first offset that is not done. */
export interface PartitionProgress extends TopicPartition {
  next: string;
}

/** Pino's loggers fit. */
export interface KafkaLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface BrokerOptions {
  /** `host:port`. */
  brokers: string[];
  /** SASL SCRAM-SHA-512 when both are given. */
  username?: string;
  password?: string;
  /** Name of the service: groups that read alone are called `vigie.<clientId>.alone.<uuid>`. */
  clientId: string;
  log: KafkaLog;
}

export interface PublisherOptions {
  /** How long the first record of a send waits for company. Default 2 ms, at most 5. */
  lingerMs?: number;
  /** Default false. */
  gzip?: boolean;
  /** How long a send is repeated while the broker is away, before its promises reject. Default 120 000. */
  patienceMs?: number;
}

export interface Publisher {
  /**
   * Sends in the order given; per key, also in the order of the calls.
   * Resolves when the broker has all of them. Rejects with a Fault naming the first record that it does not have (too
   * large, no such topic, not allowed, broker away for too long); its neighbours are sent all the same.
   */
  send(records: OutRecord[]): Promise<void>;
  /** What waits or is under way: for those who must refuse work when the broker is away. */
  queued(): { records: number; bytes: number };
  /** Sends what is queued, then disconnects. */
  close(): Promise<void>;
}

export interface ConsumeOptions {
  /** Absent: reads alone, in a group of its own, from `fromBeginning`, commits nothing. */
  groupId?: string;
  /** Explicit names. A function is asked again every `refreshMs`; another answer re-subscribes. */
  topics: string[] | (() => Promise<string[]>);
  /** Default 5 000. */
  refreshMs?: number;
  /** Where to begin without a committed offset, and after offsets expired. Default true. */
  fromBeginning?: boolean;
  /**
   * Done with a batch when it resolves. Partitions come concurrently and in turns: each gets a batch handled, then the
   * next does, partners' topics tenant by tenant. The batches of one partition come in order, each when the one before
   * is done or goes on (`goOn`).
   */
  handle(batch: Batch): Promise<void>;
  /** Sets aside what could not be unpacked; the reading then goes on behind it. Absent: it is logged and left out. */
  unreadable?(record: UnreadableRecord): Promise<void>;
  /** Before the first batch of an assignment: from which offset to read (none named: the committed one). */
  onAssigned?(partitions: TopicPartition[]): Promise<(TopicPartition & { offset: string })[]>;
  /** `timed`: what is done is committed within a second; `manual`: only by commit(). Default `timed`. */
  commits?: 'timed' | 'manual';
  /** What must be kept before the offsets of what is done move. While it rejects, nothing is committed. */
  beforeCommit?(): Promise<void>;
  /** Called once: reading has ended and will not go on by itself. */
  onFault?(error: Fault): void;
  /**
   * How long a throwing handler is repeated, and, in the process's own time, a failing consumer replaced, before
   * onFault. Default 120 000.
   */
  patienceMs?: number;
  /** Records in a batch at most. Default 500. */
  maxRecords?: number;
  /** Bytes of values in a batch at most, unless one record has more. Default 2 MiB. */
  maxBytes?: number;
  /** Partitions handled at once. Default 4. */
  concurrency?: number;
}

export interface ConsumptionHealth {
  /** No fault, and a sign of life within the last minute of the process's own time. */
  ok: boolean;
  /** Epoch ms of the last fetch or finished batch. */
  lastPollAt: number;
  /** Why the consumer is down, or the handler is being repeated, at this moment. */
  crashed?: string;
  /** Records behind the end, as of the last batch of each partition. */
  lag: number;
}

export interface Consumption {
  /** Partitions are assigned; without a group: also, what stood in the topics at the start has been handled. */
  ready(): Promise<void>;
  /**
   * Commits at once; what the broker does not take is committed with the next. For partitions held no longer: nothing.
   */
  commit(offsets: PartitionProgress[]): Promise<void>;
  health(): ConsumptionHealth;
  /** Finishes the batches in hand, commits, leaves the group. */
  stop(): Promise<void>;
}

export interface Broker {
  readonly clientId: string;
  publisher(options?: PublisherOptions): Publisher;
  consume(options: ConsumeOptions): Consumption;
  /** Stops whatever still runs. */
  close(): Promise<void>;
}
