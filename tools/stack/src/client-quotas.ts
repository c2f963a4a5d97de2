import { isDeepStrictEqual } from 'node:util';
import { Fault } from '#libs/model';
import type { Principal } from './stack.js';
import { until } from './until.js';
import { askBroker, compactArray, compactText, firstOf, float64, NO_TAGS, type KafkaAnswer } from './wire.js';

const DESCRIBE_CLIENT_QUOTAS = 48;
const ALTER_CLIENT_QUOTAS = 49;
const VERSION = 1;
const EXACT = 0;

/** What a user may take of each broker; above it the broker lets the user wait, and nobody else. */
export interface ClientQuota {
  producerBytesPerSecond: number;
  /** Of one thread of the broker's, in percent. */
  requestPercentage: number;
}

const KEYS: Record<keyof ClientQuota, string> = {
  producerBytesPerSecond: 'producer_byte_rate',
  requestPercentage: 'request_percentage',
};

const must = (code: number, reason: string, user: string): void => {
  if (code !== 0) throw new Fault(`quota of ${user}: ${reason || `Kafka error ${code}`}`);
};

const entity = (user: string): Buffer => Buffer.concat([compactText('user'), compactText(user), NO_TAGS]);

/**
 * Sets a user's quota. The answer comes before a broker has applied it: resolves once each of `brokers` shows it.
 * @throws Fault with the broker's reason, or when one of them does not show it within 30 s.
 */
export async function putClientQuota(
  brokers: readonly string[],
  admin: Principal,
  user: string,
  quota: ClientQuota,
): Promise<void> {
  const operations = Object.entries(KEYS).map(([field, key]) =>
    Buffer.concat([compactText(key), float64(quota[field as keyof ClientQuota]), Buffer.of(0), NO_TAGS]),
  );
  const entry = Buffer.concat([compactArray([entity(user)]), compactArray(operations), NO_TAGS]);
  const body = Buffer.concat([NO_TAGS, compactArray([entry]), Buffer.of(0), NO_TAGS]);
  const answer = await askBroker(firstOf(brokers), admin, ALTER_CLIENT_QUOTAS, VERSION, body, 'set the quota');
  answer.int32(); // throttle time
  for (let left = answer.count(); left > 0; left -= 1) {
    must(answer.int16(), answer.text(), user);
    skipEntity(answer);
    answer.tags();
  }
  const shows = async (broker: string): Promise<boolean> =>
    isDeepStrictEqual(await clientQuotaOf(broker, admin, user), quota);
  for (const broker of brokers) await until(`${broker} to show the quota of ${user}`, () => shows(broker));
}

const skipEntity = (answer: KafkaAnswer): void => {
  for (let left = answer.count(); left > 0; left -= 1) {
    answer.text();
    answer.text();
    answer.tags();
  }
};

/** A user's quota as the broker has it; fields that are not set are left out. */
export async function clientQuotaOf(broker: string, admin: Principal, user: string): Promise<Partial<ClientQuota>> {
  const component = Buffer.concat([compactText('user'), Buffer.of(EXACT), compactText(user), NO_TAGS]);
  const body = Buffer.concat([NO_TAGS, compactArray([component]), Buffer.of(1), NO_TAGS]);
  const answer = await askBroker(broker, admin, DESCRIBE_CLIENT_QUOTAS, VERSION, body, 'tell the quota');
  answer.int32(); // throttle time
  must(answer.int16(), answer.text(), user);
  const values: Record<string, number> = {};
  for (let entries = answer.count(); entries > 0; entries -= 1) {
    skipEntity(answer);
    for (let left = answer.count(); left > 0; left -= 1) {
      const key = answer.text();
      values[key] = answer.float64();
      answer.tags();
    }
    answer.tags();
  }
  return Object.fromEntries(
    Object.entries(KEYS).flatMap(([field, key]) => (values[key] === undefined ? [] : [[field, values[key]]])),
  );
}
