import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Principal } from './stack.js';

const TIMEOUT_MS = 10_000;

/** One Kafka connection, one request at a time. Requests and answers are whole, without their length. */
export class KafkaConnection {
  private buffered = Buffer.alloc(0);
  private waiting: { answered: (answer: Buffer) => void; failed: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    socket.on('data', (chunk: Buffer) => this.collect(chunk));
    socket.on('error', (error) => this.waiting?.failed(error));
    socket.on('close', () => this.waiting?.failed(new Error('the broker closed the connection')));
  }

  /** Connects and authenticates. Throws when the broker is away or refuses the password. */
  static async open(broker: string, principal: Principal): Promise<KafkaConnection> {
    const colon = broker.lastIndexOf(':');
    const socket = connect({ host: broker.slice(0, colon), port: Number(broker.slice(colon + 1)) });
    const connection = new KafkaConnection(socket);
    try {
      await connection.authenticate(principal);
    } catch (error) {
      connection.close();
      throw new Error(`${broker} does not let ${principal.username} in: ${(error as Error).message}`);
    }
    return connection;
  }

  /** Sends a request body behind its header; the answer begins after the correlation id. */
  async request(key: number, version: number, body: Buffer): Promise<Buffer> {
    const header = Buffer.alloc(14);
    header.writeInt32BE(10 + body.length, 0);
    header.writeInt16BE(key, 4);
    header.writeInt16BE(version, 6);
    header.writeInt16BE(-1, 12); // no client id
    const answer = new Promise<Buffer>((answered, failed) => {
      this.waiting = { answered, failed };
    });
    this.socket.write(Buffer.concat([header, body]));
    return (await answer).subarray(4);
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private collect(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk]);
    if (this.buffered.length < 4) return;
    const length = this.buffered.readInt32BE(0);
    if (this.buffered.length < 4 + length) return;
    this.waiting?.answered(this.buffered.subarray(4, 4 + length));
    this.buffered = this.buffered.subarray(4 + length);
  }

  private async authenticate({ username, password }: Principal): Promise<void> {
    const mechanism = Buffer.from('SCRAM-SHA-512');
    const handshake = await this.request(17, 1, Buffer.concat([int16(mechanism.length), mechanism]));
    if (handshake.readInt16BE(0) !== 0) throw new Error('SCRAM-SHA-512 is not offered');
    const first = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${randomBytes(18).toString('base64')}`;
    const challenge = await this.token(`n,,${first}`);
    await this.token(scramProof(first, challenge, password));
  }

  private async token(text: string): Promise<string> {
    const bytes = Buffer.from(text);
    const answer = await this.request(36, 0, Buffer.concat([int32(bytes.length), bytes]));
    const messageLength = Math.max(answer.readInt16BE(2), 0);
    if (answer.readInt16BE(0) !== 0) throw new Error(answer.toString('utf8', 4, 4 + messageLength));
    return answer.toString('utf8', 4 + messageLength + 4);
  }
}

/** The client's last word of RFC 5802, for SHA-512. */
export function scramProof(clientFirst: string, serverFirst: string, password: string): string {
  const [, nonce = '', salt = '', iterations = '0'] = /^r=([^,]*),s=([^,]*),i=(\d+)/.exec(serverFirst) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 64, 'sha512');
  const clientKey = createHmac('sha512', salted).update('Client Key').digest();
  const storedKey = createHash('sha512').update(clientKey).digest();
  const withoutProof = `c=biws,r=${nonce}`;
  const signature = createHmac('sha512', storedKey).update(`${clientFirst},${serverFirst},${withoutProof}`).digest();
  return `${withoutProof},p=${Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0))).toString('base64')}`;
}

export function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

export function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}
