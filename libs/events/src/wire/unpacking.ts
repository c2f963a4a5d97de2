/**
 * Bytes that a producer packed, unpacked within a bound: how Kafka's compressions are framed, whoever wrote them. What
 * unpacks them is loaded when the first comes: 17 MB and two threads, and most services never meet one.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ByteWalk, Malformed } from './varints.js';

/** It would be more than there is room for. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** @param room bytes at most. @throws TooMuch, or any other error when the bytes are not what they should be. */
export type Unpacking = (packed: Buffer, room: number) => Promise<Buffer>;

const within = (bytes: number, room: number): void => {
  if (bytes > room) throw new TooMuch();
};

const gzip: Unpacking = async (packed, room) => {
  try {
    return await promisify<Buffer, object, Buffer>(gunzip)(packed, { maxOutputLength: room });
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? new TooMuch() : error;
  }
};

/** Java's clients frame blocks as snappy-java does; librdkafka and others write one block. */
const XERIAL = Buffer.from('\x82SNAPPY\0', 'latin1');
const XERIAL_HEAD_BYTES = 16;

const xerialBlocks = (packed: Buffer): Buffer[] => {
  const blocks: Buffer[] = [];
  for (let here = XERIAL_HEAD_BYTES; here < packed.length; ) {
    const [from, length] = [here + 4, packed.length - here < 4 ? -1 : packed.readInt32BE(here)];
    if (length <= 0 || length > packed.length - from) throw new Malformed('a block goes beyond the end');
    blocks.push(packed.subarray(from, from + length));
    here = from + length;
  }
  return blocks;
};

/** How many blocks of one batch are unpacked, each by a thread: snappy-java cuts at 32 KiB. */
const MOST_BLOCKS = 4_096;

const snappy: Unpacking = async (packed, room) => {
  const blocks = packed.subarray(0, XERIAL.length).equals(XERIAL) ? xerialBlocks(packed) : [packed];
  within(blocks.length, MOST_BLOCKS);
  within(
    blocks.reduce((sum, block) => sum + new ByteWalk(block).varint(), 0),
    room,
  );
  const { uncompress: unsnappy } = await import('snappy');
  const unpacked: Buffer[] = [];
  for (const block of blocks) unpacked.push((await unsnappy(block, { asBuffer: true })) as Buffer);
  return Buffer.concat(unpacked);
};

const LZ4_MAGIC = 0x184d2204;
const [DICTIONARY, CONTENT_SUM, CONTENT_SIZE, BLOCK_SUM] = [0x01, 0x04, 0x08, 0x10];
const STORED = 0x80000000;

/**
 * The most that a frame of lz4 unpacks to: all its blocks but the last are full, as every writer leaves them.
 * @throws Malformed when the frame does not end where the bytes do.
 */
const lz4Bound = (frame: Buffer): number => {
  if (frame.length < 11 || frame.readUInt32LE(0) !== LZ4_MAGIC) throw new Malformed('it is no frame of lz4');
  const [flags, size] = [frame.readUInt8(4), (frame.readUInt8(5) >> 4) & 7];
  const blockBytes = 2 ** (8 + 2 * size);
  let here = 7 + (flags & CONTENT_SIZE ? 8 : 0) + (flags & DICTIONARY ? 4 : 0);
  for (let bound = 0; ; ) {
    if (here + 4 > frame.length) throw new Malformed('the frame is cut off');
    const block = frame.readUInt32LE(here);
    here += 4;
    if (block === 0) {
      if (here + (flags & CONTENT_SUM ? 4 : 0) !== frame.length) throw new Malformed('the frame ends elsewhere');
      return bound;
    }
    here += (block & ~STORED) + (flags & BLOCK_SUM ? 4 : 0);
    bound += block & STORED ? block & ~STORED : blockBytes;
  }
};

const lz4: Unpacking = async (packed, room) => {
  within(lz4Bound(packed), room);
  const { decompressFrame } = await import('lz4-napi');
  return decompressFrame(packed);
};

/** A frame says how much it holds, or does not: that it was too much and that it is broken look the same then. */
const zstd: Unpacking = async (packed, room) => {
  const { decompress, isLoaded } = await import('@foxglove/wasm-zstd');
  await isLoaded;
  try {
    return decompress(packed, room);
  } catch {
    throw new Malformed(`it is no zstd, or unpacks to more than ${room} bytes`);
  }
};

/** By Kafka's names. */
export const unpackings = { gzip, snappy, lz4, zstd };
export type PackedBy = keyof typeof unpackings;
