import type { Kafka } from 'kafkajs';
import type { Broker, KafkaLog } from './port.js';

/** What only this folder knows of a broker. */
export interface BrokerInternals {
  kafka: Kafka;
  log: KafkaLog;
}

const insides = new WeakMap<Broker, BrokerInternals>();

export const keepInternals = (broker: Broker, inside: BrokerInternals): void => void insides.set(broker, inside);

/** @returns the client of a broker made by connectBroker(). */
export const internalsOf = (broker: Broker): BrokerInternals => insides.get(broker) as BrokerInternals;
