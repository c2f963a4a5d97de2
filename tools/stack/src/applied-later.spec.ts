import { createServer, type AddressInfo, type Server } from 'node:net';
import { clientQuotaOf, putClientQuota } from './client-quotas.js';
import { int16, int32 } from './sasl-connection.js';
import { dropScramUser, putScramUsers } from './scram-users.js';
import { compactArray, compactText, float64, NO_TAGS } from './wire.js';

const admin = { username: 'admin', password: 'hush' };
const acme = { username: 'acme', password: 'secret' };
const quota = { producerBytesPerSecond: 200_000, requestPercentage: 150 };
const LOOKS_BEFORE_IT_SHOWS = 2;

const HANDSHAKE = 17;
const AUTHENTICATE = 36;
const DESCRIBE_QUOTAS = 48;
const ALTER_QUOTAS = 49;
const ALTER_USERS = 51;

const NO_THROTTLE = int32(0);
const DONE = Buffer.concat([NO_TAGS, NO_THROTTLE, compactArray([]), NO_TAGS]);
const entity = Buffer.concat([compactText('user'), compactText('acme'), NO_TAGS]);
const value = (key: string, amount: number): Buffer => Buffer.concat([compactText(key), float64(amount), NO_TAGS]);
const QUOTA = Buffer.concat([
  compactArray([entity]),
  compactArray([value('producer_byte_rate', 200_000), value('request_percentage', 150)]),
  NO_TAGS,
]);
const quotas = (entries: Buffer[]): Buffer =>
  Buffer.concat([NO_TAGS, NO_THROTTLE, int16(0), Buffer.of(0), compactArray(entries), NO_TAGS]);
const token = (text: string): Buffer =>
  Buffer.concat([int16(0), int16(-1), int32(text.length), Buffer.from(text), Buffer.alloc(8)]);
const refusal = (text: string): Buffer =>
  Buffer.concat([int16(58), int16(text.length), Buffer.from(text), int32(0), Buffer.alloc(8)]);

/** A broker that answers every change at once, and shows it at the third look from then on. */
class LateBroker {
  looks = 0;
  private user = false;
  private quota = false;
  private apply: (() => void) | undefined;
  readonly server: Server = createServer((socket) => {
    socket.on('data', (request) => {
      const key = request.readInt16BE(4);
      const answer = Buffer.concat([request.subarray(8, 12), this.answer(key, request.subarray(14))]);
      socket.write(Buffer.concat([int32(answer.length), answer]));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private later(apply: () => void): Buffer {
    this.looks = 0;
    this.apply = apply;
    return DONE;
  }
  private look(): void {
    if (this.looks++ === LOOKS_BEFORE_IT_SHOWS) this.apply?.();
  }
  private answer(key: number, body: Buffer): Buffer {
    if (key === HANDSHAKE) return int16(0);
    if (key === AUTHENTICATE) return this.authenticate(body.subarray(4).toString());
    if (key === ALTER_QUOTAS) return this.later(() => void (this.quota = true));
    if (key === ALTER_USERS) return this.later(() => void (this.user = !this.user));
    if (key !== DESCRIBE_QUOTAS) throw new Error(`unexpected request ${key}`);
    this.look();
    return quotas(this.quota ? [QUOTA] : []);
  }
  private authenticate(said: string): Buffer {
    const nonce = /r=([^,]*)/.exec(said)?.[1];
    if (!said.includes('n=')) return token('v=');
    if (said.includes('n=acme')) {
      this.look();
      if (!this.user) return refusal('Authentication failed during authentication due to invalid credentials');
    }
    return token(`r=${nonce}server,s=c2FsdA==,i=1`);
  }
}

const late = [new LateBroker(), new LateBroker()];
let brokers: string[] = [];
beforeAll(async () => void (brokers = await Promise.all(late.map((one) => one.listen()))));
afterAll(() => late.forEach(({ server }) => server.close()));

it('a quota is set when the broker shows it, not when it has answered', async () => {
  const [first = ''] = brokers;
  expect(await clientQuotaOf(first, admin, 'acme')).toEqual({});
  await putClientQuota([first], admin, 'acme', quota);
  expect(await clientQuotaOf(first, admin, 'acme')).toEqual(quota);
});

it('a user is there when it is let in, and gone when it is refused', async () => {
  const [, second = ''] = brokers;
  await putScramUsers([second], admin, [acme]);
  expect(late[1]?.looks).toBe(LOOKS_BEFORE_IT_SHOWS + 1);
  await dropScramUser([second], admin, acme);
  expect(late[1]?.looks).toBe(LOOKS_BEFORE_IT_SHOWS + 1);
});

it('a broker that is away is named, and so is a list without any', async () => {
  await expect(putClientQuota([], admin, 'acme', quota)).rejects.toThrow('no broker is known');
  await expect(putScramUsers(['127.0.0.1:1'], admin, [acme])).rejects.toThrow('127.0.0.1:1');
});
