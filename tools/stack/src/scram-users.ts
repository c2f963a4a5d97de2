import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { Fault } from '#libs/model';
import { int32, KafkaConnection } from './sasl-connection.js';
import type { Principal } from './stack.js';

/*
 * kafkajs has no call for SCRAM users, and Kafka's own tool needs Java, which the image of the services has not:
 * so the one request is spoken here (AlterUserScramCredentials, key 51, version 0).
 */
const ALTER_USER_SCRAM_CREDENTIALS = 51;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 4096;
const RESOURCE_NOT_FOUND = 91;

/** Makes users or changes their passwords. Only a salted hash leaves this process. Throws Fault with the broker's reason. */
export async function putScramUsers(broker: string, admin: Principal, users: Principal[]): Promise<void> {
  const upserts = users.map(({ username, password }) => {
    const salt = randomBytes(24);
    const salted = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512');
    return Buffer.concat([compact(Buffer.from(username)), Buffer.of(SCRAM_SHA_512), int32(ITERATIONS), compact(salt), compact(salted), NO_TAGS]);
  });
  await alter(broker, admin, [], upserts);
}

/** A user that is not there is no error. */
export async function dropScramUser(broker: string, admin: Principal, name: string): Promise<void> {
  await alter(broker, admin, [Buffer.concat([compact(Buffer.from(name)), Buffer.of(SCRAM_SHA_512), NO_TAGS])], []);
}

async function alter(broker: string, admin: Principal, deletions: Buffer[], upserts: Buffer[]): Promise<void> {
  let connection: KafkaConnection | undefined;
  try {
    connection = await KafkaConnection.open(broker, admin);
    // The first empty tag section still belongs to the header (version 2).
    const body = Buffer.concat([NO_TAGS, compactArray(deletions), compactArray(upserts), NO_TAGS]);
    readAnswer(await connection.request(ALTER_USER_SCRAM_CREDENTIALS, 0, body));
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(`the broker did not change its users: ${(error as Error).message}`);
  } finally {
    connection?.close();
  }
}

function readAnswer(answer: Buffer): void {
  let at = 1 + 4; // header's tags, throttle time
  const count = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = answer.readUInt8(at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const text = (): string => {
    const length = Math.max(count() - 1, 0);
    at += length;
    return answer.toString('utf8', at - length, at);
  };
  for (let left = count() - 1; left > 0; left--) {
    const user = text();
    const code = answer.readInt16BE(at);
    at += 2;
    const reason = text();
    at += 1;
    if (code !== 0 && code !== RESOURCE_NOT_FOUND) throw new Fault(`user ${user}: ${reason || `Kafka error ${code}`}`);
  }
}

const NO_TAGS = Buffer.of(0);

/** Lengths are unsigned varints, one more than the length. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.of(...bytes, value);
}
const compact = (bytes: Buffer): Buffer => Buffer.concat([varint(bytes.length + 1), bytes]);
const compactArray = (items: Buffer[]): Buffer => Buffer.concat([varint(items.length + 1), ...items]);

