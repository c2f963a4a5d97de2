import type { Kafka } from 'kafkajs';
import { KafkaDelivery } from './delivery.js';
import { Fault } from './errors.js';
import type { KafkaLog, OutRecord, Publisher, PublisherOptions } from './port.js';
import { isTooLarge, SendQueue, sizeOf, whyTooLarge, type WaitingRecord } from './queue.js';
import { deferred, type Deferred } from './delays.js';

/** The records of one call: settled when all of them are. */
class PendingSend {
  private readonly promised: Deferred = deferred();
  private failure: Error | undefined;
  constructor(private left: number) {
    if (left === 0) this.promised.resolve();
  }

  get settled(): Promise<void> {
    return this.promised.promise;
  }

  done(error?: Error): void {
    this.failure ??= error;
    this.left -= 1;
    if (this.left > 0) return;
    if (this.failure) this.promised.reject(this.failure);
    else this.promised.resolve();
  }
}

/** Collects for a moment, then sends: one send under way at a time, so that order holds and batches grow under load. */
class CoalescingPublisher implements Publisher {
  private readonly queue = new SendQueue();
  private flying = { records: 0, bytes: 0 };
  private sending: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly delivery: KafkaDelivery,
    private readonly lingerMs: number,
  ) {}

  send(records: OutRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new Fault('the publisher is closed'));
    const ticket = new PendingSend(records.length);
    for (const record of records) this.add({ record, bytes: sizeOf(record), done: (error) => ticket.done(error) });
    return ticket.settled;
  }

  queued(): { records: number; bytes: number } {
    return { records: this.queue.length + this.flying.records, bytes: this.queue.bytes + this.flying.bytes };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.delivery.close();
  }

  private add(item: WaitingRecord): void {
    const refusal = isTooLarge(item) && whyTooLarge(item.record);
    if (refusal) return item.done(new Fault(refusal, { cause: { type: 'MESSAGE_TOO_LARGE' } }));
    this.queue.push(item);
    this.sending ??= this.drain();
  }

  private async drain(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.lingerMs));
    while (this.queue.length > 0) {
      const items = this.queue.take();
      this.flying = { records: items.length, bytes: items.reduce((sum, { bytes }) => sum + bytes, 0) };
      const gaveUp = await this.delivery.deliver(items);
      // What waits behind would overtake what was given up.
      if (gaveUp) for (const item of this.queue.takeAll()) item.done(gaveUp);
      this.flying = { records: 0, bytes: 0 };
    }
    this.sending = undefined;
  }
}

export const openPublisher = (
  kafka: Kafka,
  log: KafkaLog,
  { lingerMs = 2, gzip = false, patienceMs = 120_000 }: PublisherOptions = {},
): Publisher =>
  new CoalescingPublisher(new KafkaDelivery(kafka, log, { gzip, patienceMs }), Math.min(Math.max(lingerMs, 0), 5));
