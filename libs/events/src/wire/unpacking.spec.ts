import { deflateRawSync, gzipSync } from 'node:zlib';
import { compress as zstd, isLoaded } from '@foxglove/wasm-zstd';
import { compressFrame } from 'lz4-napi';
import { compress as snappy } from 'snappy';
import { TooMuch, unpackings, type PackedBy } from './unpacking.js';

const ROOM = 1_000_000;
const TEXT = Buffer.from('{"host":"web1","message":"Accepted publickey for ada"}\n'.repeat(3_000));

/** As snappy-java frames it: version 1, compatible with 1, then blocks with their lengths. */
const xerial = async (...blocks: Buffer[]): Promise<Buffer> => {
  const packed = await Promise.all(blocks.map((block) => snappy(block)));
  const int = (value: number): Buffer => Buffer.from(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  return Buffer.concat([
    Buffer.from('\x82SNAPPY\0', 'latin1'),
    int(1),
    int(1),
    ...packed.flatMap((block) => [int(block.length), block]),
  ]);
};

const packers: [name: string, by: PackedBy, pack: (bytes: Buffer) => Promise<Buffer>][] = [
  ['gzip', 'gzip', async (bytes) => gzipSync(bytes)],
  ['snappy as librdkafka writes it', 'snappy', (bytes) => snappy(bytes)],
  ['snappy as Java writes it', 'snappy', (bytes) => xerial(bytes.subarray(0, 32_768), bytes.subarray(32_768))],
  ['lz4', 'lz4', (bytes) => compressFrame(bytes)],
  ['lz4 with checksums', 'lz4', (bytes) => compressFrame(bytes, { blockChecksums: true, contentChecksum: true })],
  ['zstd', 'zstd', async (bytes) => isLoaded.then(() => zstd(bytes))],
];

/** The same for the same seed. */
const randoms = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

describe.each(packers)('%s', (_name, by, pack) => {
  it('is unpacked', async () => {
    expect((await unpackings[by](await pack(TEXT), ROOM)).equals(TEXT)).toBe(true);
  });

  it('is left packed when it holds more than there is room for', async () => {
    const bomb = await pack(Buffer.alloc(4 * ROOM));
    await expect(unpackings[by](bomb, ROOM)).rejects.toThrow(by === 'zstd' ? 'or unpacks to more than' : TooMuch);
  });

  it('is an error, and within the room, whatever becomes of its bytes', async () => {
    const whole = await pack(TEXT);
    const next = randoms(7);
    for (let round = 0; round < 300; round += 1) {
      const broken = Buffer.from(whole.subarray(0, round % 3 === 0 ? Math.floor(next() * whole.length) : whole.length));
      for (let flips = 0; flips < 4 && broken.length > 0; flips += 1)
        broken[Math.floor(next() ** 3 * broken.length)] = Math.floor(next() * 256);
      const read = await unpackings[by](broken, ROOM).catch((error: Error) => error);
      if (Buffer.isBuffer(read)) expect(read.length).toBeLessThanOrEqual(ROOM);
    }
  });
});

describe('bytes that are not what they are said to be', () => {
  it.each<[string, Buffer]>([
    ['text', Buffer.from('no such thing at all')],
    ['deflate without a header', deflateRawSync(TEXT)],
    ['a length of 4 GB', Buffer.from('ffffffff0f', 'hex')],
    ['a block of lz4 that is longer than the frame', Buffer.from('04224d1860700000000070', 'hex')],
    ['a window of 2 GB in zstd', Buffer.from('28b52ffd00a8010000', 'hex')],
  ])('are an error: %s', async (_name, bytes) => {
    for (const by of Object.keys(unpackings) as PackedBy[]) await expect(unpackings[by](bytes, ROOM)).rejects.toThrow();
  });
});
