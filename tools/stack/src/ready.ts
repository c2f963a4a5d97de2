import { Kafka, logLevel } from 'kafkajs';
import { mongo } from 'mongoose';
import type { Principal } from './stack.js';

/** Resolves true once a client with this principal is answered by a broker open for business; throws otherwise. */
export async function brokerAnswers(brokers: string[], { username, password }: Principal): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'vigie-stack',
    brokers,
    sasl: { mechanism: 'scram-sha-512', username, password },
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    // A broker still fenced is not yet in the cluster's list.
    return (await admin.describeCluster()).brokers.length > 0;
  } finally {
    await admin.disconnect();
  }
}

/** Resolves true once the store answers a ping; throws otherwise. */
export async function storeAnswers(mongoUrl: string): Promise<boolean> {
  const client = new mongo.MongoClient(mongoUrl, { serverSelectionTimeoutMS: 1_000 });
  try {
    return (await client.db('admin').command({ ping: 1 }))['ok'] === 1;
  } finally {
    await client.close();
  }
}
