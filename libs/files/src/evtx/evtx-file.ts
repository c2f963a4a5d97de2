/**
 * Logs of Windows (EVTX), chunk by chunk: a chunk of 64 KiB holds its records, names and templates, and needs no other.
 * A record that is damaged spoils no other, nor does a chunk.
 */
import { crc32 } from 'node:zlib';
import type { PartReader, ReadPart } from '../reading/part.js';
import { BinaryXml } from './binary-xml.js';
import { Damaged } from './chunk-cursor.js';
import { eventJson } from './event-json.js';

const HEADER_BYTES = 4_096;
const CHUNK_BYTES = 65_536;
const FIRST_RECORD = 0x200;
const RECORD_HEADER = 24;
const CHUNK_MAGIC = Buffer.from('ElfChnk\0');
const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0, 0]);
const FILE_MAGIC = '456c6646696c6500';

export const isEvtx = (beginning: Buffer): boolean => beginning.toString('hex', 0, 8) === FILE_MAGIC;

const lost = (code: string, sentence: string, bytes?: Buffer): ReadPart => ({
  lost: { code, sentence, ...(bytes ? { bytes: Buffer.from(bytes.toString('hex')) } : {}) },
});

/** Damage, and reads that it leads to beyond the end of a value. */
const whyDamaged = (error: unknown): string => {
  if (error instanceof Damaged || error instanceof RangeError) return error.message;
  throw error;
};

export class EvtxFile implements PartReader {
  private held = Buffer.alloc(0);
  private isBegun = false;
  private chunks = 0;

  take(bytes: Buffer, isLast: boolean): ReadPart[] {
    let block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const parts: ReadPart[] = [];
    if (!this.isBegun && block.length >= HEADER_BYTES) {
      this.isBegun = true;
      block = block.subarray(HEADER_BYTES);
    }
    while (this.isBegun && block.length >= CHUNK_BYTES) {
      parts.push(...this.chunk(block.subarray(0, CHUNK_BYTES)));
      block = block.subarray(CHUNK_BYTES);
    }
    if (isLast && block.length > 0) {
      if (this.isBegun) parts.push(...this.chunk(block));
      parts.push(lost('BROKEN_FILE', 'The file breaks off in the middle of a chunk.'));
    }
    this.held = Buffer.from(isLast ? Buffer.alloc(0) : block);
    return parts;
  }

  private chunk(chunk: Buffer): ReadPart[] {
    const place = `chunk ${++this.chunks}`;
    if (!chunk.subarray(0, CHUNK_MAGIC.length).equals(CHUNK_MAGIC)) {
      // Windows makes files longer than what is in them.
      return chunk.every((byte) => byte === 0) ? [] : [lost('BAD_CHUNK', `The ${place} does not begin as one.`)];
    }
    if (chunk.length < FIRST_RECORD) return [];
    const end = Math.min(Math.max(chunk.readUInt32LE(0x30), FIRST_RECORD), chunk.length);
    const parts = recordsOf(chunk, end, place);
    const isWhole =
      chunk.length === CHUNK_BYTES && crc32(chunk.subarray(FIRST_RECORD, end)) === chunk.readUInt32LE(0x34);
    if (isWhole || chunk.length < CHUNK_BYTES) return parts;
    const numbers = `${chunk.readBigUInt64LE(0x18)} to ${chunk.readBigUInt64LE(0x20)}`;
    const sentence = `The ${place} (records ${numbers}) is not as it was written, by its checksum: what could be read of it was.`;
    return [...parts, lost('BAD_CHECKSUM', sentence)];
  }
}

const recordsOf = (chunk: Buffer, end: number, place: string): ReadPart[] => {
  const parts: ReadPart[] = [];
  const xml = new BinaryXml(chunk);
  let gap = -1;
  const tellGap = (to: number): void => {
    if (gap !== -1)
      parts.push(lost('BAD_RECORD', `Bytes ${gap} to ${to} of the ${place} are no record.`, chunk.subarray(gap, to)));
    gap = -1;
  };
  for (let at = FIRST_RECORD; at + RECORD_HEADER < end; ) {
    const size = sizeAt(chunk, at);
    if (size === 0) {
      // Records begin at multiples of eight.
      gap = gap === -1 ? at : gap;
      at += 8;
      continue;
    }
    tellGap(at);
    parts.push(recordAt(chunk, at, size, xml, place));
    at += size;
  }
  tellGap(end);
  return parts;
};

/** The size of the record that begins here, as its beginning and its end say; 0 where none does. */
const sizeAt = (chunk: Buffer, at: number): number => {
  if (!chunk.subarray(at, at + 4).equals(RECORD_MAGIC)) return 0;
  const size = chunk.readUInt32LE(at + 4);
  const isOne = size > RECORD_HEADER + 4 && at + size <= chunk.length && chunk.readUInt32LE(at + size - 4) === size;
  return isOne ? size : 0;
};

const recordAt = (chunk: Buffer, at: number, size: number, xml: BinaryXml, place: string): ReadPart => {
  try {
    return { event: eventJson(xml.read(at + RECORD_HEADER, at + size - 4)) };
  } catch (error) {
    const number = chunk.readBigUInt64LE(at + 8);
    return lost(
      'BAD_RECORD',
      `Record ${number} in ${place} is damaged: ${whyDamaged(error)}.`,
      chunk.subarray(at, at + size),
    );
  }
};
