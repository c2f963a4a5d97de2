import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom, isObservable } from 'rxjs';
import type { Batch, Broker, ConsumeOptions, Consumption, ConsumptionHealth } from './port.js';
import type { Fault } from './errors.js';

/** How the handlers of one strategy read; a handler's own `extras` (of `@EventPattern`) win. */
export type ConsumeDefaults = Omit<ConsumeOptions, 'topics' | 'handle'>;

/** Waits for whatever a handler gives back: Nest wraps it into promises of streams. */
const settled = async (result: unknown): Promise<void> => {
  const value: unknown = await result;
  if (isObservable(value)) await lastValueFrom(value, { defaultValue: undefined });
};

type Events = { fault: (error: Fault) => void };

/**
 * Kafka for Nest, on batches: `@EventPattern('vigie.case.events')` names a topic, and its handler gets a Batch as
 * payload.
 * (Nest's own server handles one message at a time, at 35 us each, and corrupts binary values.) A batch counts as done
 * when all handlers of its topic have resolved; what they throw is repeated, then ends in a fault.
 */
export class KafkaEvents extends Server<Events> implements CustomTransportStrategy {
  /** Failures come back to us instead of only being logged. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumptions: Consumption[] = [];
  private readonly listeners: Events['fault'][] = [];

  constructor(
    private readonly broker: Broker,
    private readonly defaults: ConsumeDefaults = {},
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    for (const [topic, handler] of this.messageHandlers)
      this.consumptions.push(this.broker.consume(this.optionsOf(topic, handler)));
    Promise.all(this.consumptions.map((one) => one.ready())).then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await Promise.all(this.consumptions.splice(0).map((one) => one.stop()));
  }

  on<Event extends keyof Events>(_event: Event, listener: Events[Event]): void {
    this.listeners.push(listener);
  }

  unwrap<T>(): T {
    return this.broker as T;
  }

  health(): ConsumptionHealth[] {
    return this.consumptions.map((one) => one.health());
  }

  private optionsOf(topic: string, first: MessageHandler): ConsumeOptions {
    const { onFault, ...rest } = { ...this.defaults, ...(first.extras as Partial<ConsumeDefaults> | undefined) };
    const groupId = rest.groupId === undefined ? {} : { groupId: `${rest.groupId}.${topic}` };
    return {
      ...rest,
      ...groupId,
      topics: [topic],
      // Nest calls the other handlers of a topic from the first one.
      handle: (batch: Batch) => settled(first(batch, batch)),
      onFault: (error) => {
        onFault?.(error);
        for (const listener of this.listeners) listener(error);
      },
    };
  }
}
