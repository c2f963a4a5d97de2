import type { Kafka } from 'kafkajs';
import type { Broker, Log } from './port.js';

/** What only this folder knows of a broker. */
export interface Inside {
  kafka: Kafka;
  log: Log;
}

const insides = new WeakMap<Broker, Inside>();

export const keepInside = (broker: Broker, inside: Inside): void => void insides.set(broker, inside);

/** @returns the client of a broker made by connectBroker(). */
export const insideOf = (broker: Broker): Inside => insides.get(broker) as Inside;
