import clientsOwn from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
import { crc32c } from './crc32c.js';

/** RFC 3720, B.4, and the check value of its polynomial. */
describe.each<[string, Buffer, number]>([
  ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 bytes that count up', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ['32 bytes that count down', Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
  ['123456789', Buffer.from('123456789'), 0xe3069283],
  ['nothing', Buffer.alloc(0), 0],
])('the sum of %s', (_name, bytes, sum) => {
  it("is the RFC's, by the processor and by the client", async () => {
    await import('@node-rs/crc32');
    expect(crc32c(bytes)).toBe(sum);
    expect(clientsOwn(bytes)).toBe(sum);
  });
});
