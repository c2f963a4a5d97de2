import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { Fault } from '#libs/model';
import { int32, KafkaConnection } from './sasl-connection.js';
import type { Principal } from './stack.js';
import { until, WHILE_STARTING } from './until.js';
import { askBroker, compact, compactArray, firstOf, NO_TAGS, type KafkaAnswer } from './wire.js';

/* AlterUserScramCredentials, version 0. */
const ALTER_USER_SCRAM_CREDENTIALS = 51;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 4096;
const RESOURCE_NOT_FOUND = 91;
const WITHIN_MS = 120_000;

/**
 * Makes users or changes their passwords. Only a salted hash leaves this process. The answer comes before a broker has
 * applied it: resolves once each of `brokers` lets every one of them in.
 * @throws Fault with the broker's reason, or when one of them is not let in within two minutes.
 */
export async function putScramUsers(
  brokers: readonly string[],
  admin: Principal,
  users: readonly Principal[],
): Promise<void> {
  const upserts = users.map(({ username, password }) => {
    const salt = randomBytes(24);
    const salted = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512');
    return Buffer.concat([
      compact(Buffer.from(username)),
      Buffer.of(SCRAM_SHA_512),
      int32(ITERATIONS),
      compact(salt),
      compact(salted),
      NO_TAGS,
    ]);
  });
  await alter(brokers, admin, [], upserts);
  for (const broker of brokers)
    for (const user of users)
      await until(`${broker} to let ${user.username} in`, () => letsIn(broker, user), WITHIN_MS, WHILE_STARTING);
}

/**
 * Takes a user away; resolves once each of `brokers` refuses it with the password it had. A user that is not there is
 * no error.
 */
export async function dropScramUser(brokers: readonly string[], admin: Principal, user: Principal): Promise<void> {
  const deletion = Buffer.concat([compact(Buffer.from(user.username)), Buffer.of(SCRAM_SHA_512), NO_TAGS]);
  await alter(brokers, admin, [deletion], []);
  const refuses = (broker: string): Promise<boolean> => letsIn(broker, user).then(() => false, isRefusal);
  for (const broker of brokers) await until(`${broker} to refuse ${user.username}`, () => refuses(broker), WITHIN_MS);
}

/** @returns true; throws when the user is refused, or the broker is away. */
async function letsIn(broker: string, user: Principal): Promise<true> {
  (await KafkaConnection.open(broker, user)).close();
  return true;
}

const isRefusal = (error: unknown): boolean => /authentication failed/i.test(String(error));

async function alter(
  brokers: readonly string[],
  admin: Principal,
  deletions: Buffer[],
  upserts: Buffer[],
): Promise<void> {
  // The first empty tag section still belongs to the header (version 2).
  const body = Buffer.concat([NO_TAGS, compactArray(deletions), compactArray(upserts), NO_TAGS]);
  readAnswer(await askBroker(firstOf(brokers), admin, ALTER_USER_SCRAM_CREDENTIALS, 0, body, 'change its users'));
}

function readAnswer(answer: KafkaAnswer): void {
  answer.int32(); // throttle time
  for (let left = answer.count(); left > 0; left--) {
    const user = answer.text();
    const code = answer.int16();
    const reason = answer.text();
    answer.tags();
    if (code !== 0 && code !== RESOURCE_NOT_FOUND) throw new Fault(`user ${user}: ${reason || `Kafka error ${code}`}`);
  }
}
