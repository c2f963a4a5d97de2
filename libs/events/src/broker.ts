import { openClient } from './client.js';
import { KafkaConsumption } from './consumption.js';
import { keepInternals } from './broker-internals.js';
import { schemaLearner } from './schema-learning.js';
import type { Broker, BrokerOptions, ConsumeOptions, Consumption, Publisher, PublisherOptions } from './port.js';
import { openPublisher } from './publisher.js';

/**
 * A broker to publish to and consume from. Nothing is connected until then: a broker that is away shows as a failing
 * send, or as a consumption that is not ready.
 */
export const connectBroker = (options: BrokerOptions): Broker => {
  const kafka = openClient(options);
  const { log, clientId } = options;
  const open = new Set<{ close(): Promise<void> }>();
  const prepare = schemaLearner(() => broker);
  const broker: Broker = {
    clientId,
    publisher: (given?: PublisherOptions): Publisher => {
      const publisher = openPublisher(kafka, log, given);
      open.add(publisher);
      return publisher;
    },
    consume: (given: ConsumeOptions): Consumption => {
      const reading = new KafkaConsumption({ kafka, clientId, log, prepare }, given);
      const handle = { close: () => reading.stop() };
      open.add(handle);
      void reading.over.then(() => open.delete(handle));
      return reading;
    },
    close: async () => {
      const all = [...open].reverse();
      open.clear();
      await Promise.all(all.map((one) => one.close()));
    },
  };
  keepInternals(broker, { kafka, log });
  return broker;
};
