import { Fault } from '#libs/model';
import { KafkaConnection } from './sasl-connection.js';
import type { Principal } from './stack.js';

/*
 * kafkajs has no call for users and quotas, and Kafka's own tools need Java, which the image of the services has not:
 * so the few requests are spoken here, in the protocol's "flexible" form.
 */

/** An empty section of tagged fields. */
export const NO_TAGS = Buffer.of(0);

/** Lengths are unsigned varints, one more than the length. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.of(...bytes, value);
}
export const compact = (bytes: Buffer): Buffer => Buffer.concat([varint(bytes.length + 1), bytes]);
export const compactText = (text: string): Buffer => compact(Buffer.from(text));
export const compactArray = (items: Buffer[]): Buffer => Buffer.concat([varint(items.length + 1), ...items]);
export function float64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleBE(value);
  return buffer;
}

/** Reads an answer from its front to its end. */
export class KafkaAnswer {
  private at = 1; // the header's tags

  constructor(private readonly bytes: Buffer) {}

  int16(): number {
    return this.bytes.readInt16BE((this.at += 2) - 2);
  }
  int32(): number {
    return this.bytes.readInt32BE((this.at += 4) - 4);
  }
  float64(): number {
    return this.bytes.readDoubleBE((this.at += 8) - 8);
  }
  /** Entries of an array; none when it is null. */
  count(): number {
    return Math.max(this.length() - 1, 0);
  }
  text(): string {
    const length = this.count();
    return this.bytes.toString('utf8', this.at, (this.at += length));
  }
  /** Tagged fields, of which the answers read here have none. */
  tags(): void {
    this.at += 1;
  }

  private length(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes.readUInt8(this.at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
}

/** Any broker takes a change for all. @throws Fault when none is known. */
export function firstOf(brokers: readonly string[]): string {
  if (!brokers[0]) throw new Fault('no broker is known');
  return brokers[0];
}

/**
 * One request on a connection of its own. The body begins with the header's empty tags.
 * @throws Fault with the broker's reason.
 */
export async function askBroker(
  broker: string,
  admin: Principal,
  key: number,
  version: number,
  body: Buffer,
  doing: string,
): Promise<KafkaAnswer> {
  let connection: KafkaConnection | undefined;
  try {
    connection = await KafkaConnection.open(broker, admin);
    return new KafkaAnswer(await connection.request(key, version, body));
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(`the broker did not ${doing}: ${(error as Error).message}`);
  } finally {
    connection?.close();
  }
}
