import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { Fault } from '#libs/model';
import { int32 } from './sasl-connection.js';
import type { Principal } from './stack.js';
import { askBroker, compact, compactArray, NO_TAGS, type KafkaAnswer } from './wire.js';

/* AlterUserScramCredentials, version 0. */
const ALTER_USER_SCRAM_CREDENTIALS = 51;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 4096;
const RESOURCE_NOT_FOUND = 91;

/**
 * Makes users or changes their passwords. Only a salted hash leaves this process. Throws Fault with the broker's
 * reason.
 */
export async function putScramUsers(broker: string, admin: Principal, users: Principal[]): Promise<void> {
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
  await alter(broker, admin, [], upserts);
}

/** A user that is not there is no error. */
export async function dropScramUser(broker: string, admin: Principal, name: string): Promise<void> {
  await alter(broker, admin, [Buffer.concat([compact(Buffer.from(name)), Buffer.of(SCRAM_SHA_512), NO_TAGS])], []);
}

async function alter(broker: string, admin: Principal, deletions: Buffer[], upserts: Buffer[]): Promise<void> {
  // The first empty tag section still belongs to the header (version 2).
  const body = Buffer.concat([NO_TAGS, compactArray(deletions), compactArray(upserts), NO_TAGS]);
  readAnswer(await askBroker(broker, admin, ALTER_USER_SCRAM_CREDENTIALS, 0, body, 'change its users'));
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
