import type { Socket } from 'node:net';
import kafkajs, { type ISocketFactoryArgs, type Kafka, type logCreator } from 'kafkajs';
import type { BrokerOptions, KafkaLog } from './port.js';
import { letQueuesRest } from './quiet-queues.js';
import { connectForAnswers } from './wire/answers.js';
import { takeOver } from './wire/takeover.js';

/** About 20 s in all: a broker's restart (15 to 20 s) is bridged without losing the producer's sequence. */
export const RETRY = { initialRetryTime: 100, multiplier: 2, factor: 0.2, maxRetryTime: 2_000, retries: 12 };

/** Without Nagle's delay: small requests and answers alternate. */
const openSocket = ({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket => {
  const socket = connectForAnswers({ host, port, ssl }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
};

/** The client speaks of each lost connection as an error; what matters of it is said by this library. */
const quiet =
  (log: KafkaLog): logCreator =>
  () =>
  ({ namespace, log: { message, error, groupId } }) =>
    log.debug(
      {
        kafka: namespace,
        ...(error ? { reason: String(error) } : {}),
        ...(groupId ? { groupId: String(groupId) } : {}),
      },
      message,
    );

/** The client library, set up for our broker. Only this folder sees it. */
export const openClient = ({ brokers, username, password, clientId, log }: BrokerOptions): Kafka => {
  const { Kafka: Client, logLevel } = kafkajs;
  letQueuesRest();
  takeOver();
  return new Client({
    brokers,
    clientId,
    ...(username && password ? { sasl: { mechanism: 'scram-sha-512' as const, username, password } } : {}),
    socketFactory: openSocket,
    connectionTimeout: 5_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: quiet(log),
  });
};
