import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectBroker,
  type Broker,
  type Consumption,
  type InRecord,
  type KafkaLog,
  type OutRecord,
} from '#libs/events';
import { startStack, type Stack } from '#stack';

const say =
  (level: string) =>
  (fields: object, message: string): void => {
    if (process.env['VIGIE_TEST_LOG'])
      process.stderr.write(`${new Date().toISOString().slice(14)} ${level} ${message} ${JSON.stringify(fields)}\n`);
  };
export const log: KafkaLog = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };

export interface TestStack {
  stack: Stack;
  dir: string;
  connect(clientId: string): Broker;
  stop(): Promise<void>;
}

export const startTestStack = async (users: string[] = []): Promise<TestStack> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-events-'));
  const stack = await startStack({ dir, users });
  const brokers: Broker[] = [];
  return {
    stack,
    dir,
    connect: (clientId) => {
      const broker = connectBroker({ brokers: stack.brokers, ...stack.admin, clientId, log });
      brokers.push(broker);
      return broker;
    },
    stop: async () => {
      await Promise.all(brokers.map((broker) => broker.close()));
      await stack.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

export { until } from '#stack';

/** A record of plain text. */
export const line = (topic: string, key: string, text: string): OutRecord => ({
  topic,
  key,
  value: Buffer.from(text),
  headers: {},
});

/** Everything of some topics, as it comes. */
export const listen = (
  broker: Broker,
  topics: string[],
): { heard: InRecord[]; texts(): string[]; consumption: Consumption } => {
  const heard: InRecord[] = [];
  const consumption = broker.consume({ topics, handle: async ({ records }) => void heard.push(...records) });
  return { heard, texts: () => heard.map(({ value }) => value.toString()), consumption };
};
