import { crc32 } from 'node:zlib';

const CHUNK = 65_536;
const u16 = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const utf16 = (text: string): Buffer => Buffer.concat([u16(text.length), Buffer.from(text, 'utf16le')]);

/** Writes binary XML without templates; names stand where they are used. */
class Writer {
  private readonly parts: Buffer[] = [];
  constructor(private at: number) {}

  put(...parts: Buffer[]): void {
    for (const part of parts) {
      this.parts.push(part);
      this.at += part.length;
    }
  }

  private name(name: string): void {
    this.put(u32(this.at + 4), u32(0), u16(0), utf16(name), u16(0));
  }

  element(name: string, content: string | [string, string][]): void {
    this.put(Buffer.from([0x01]), u16(0), u32(0));
    this.name(name);
    this.put(Buffer.from([0x02]));
    if (typeof content === 'string') this.put(Buffer.from([0x05, 0x01]), utf16(content));
    else for (const [child, text] of content) this.element(child, text);
    this.put(Buffer.from([0x04]));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

const recordOf = (number: number, at: number): Buffer => {
  const writer = new Writer(at + 24);
  writer.put(Buffer.from([0x0f, 1, 1, 0]));
  writer.element('Event', [
    ['EventID', '4625'],
    ['EventRecordID', String(number)],
  ]);
  writer.put(Buffer.from([0x00]));
  const xml = writer.bytes;
  const padding = Buffer.alloc((8 - ((xml.length + 28) % 8)) % 8);
  const size = u32(xml.length + padding.length + 28);
  return Buffer.concat([
    Buffer.from([0x2a, 0x2a, 0, 0]),
    size,
    u32(number),
    u32(0),
    Buffer.alloc(8),
    xml,
    padding,
    size,
  ]);
};

/** A chunk of events of these numbers. */
const chunkOf = (numbers: readonly number[]): Buffer => {
  const chunk = Buffer.alloc(CHUNK);
  chunk.write('ElfChnk\0', 'latin1');
  let at = 0x200;
  for (const number of numbers) at += recordOf(number, at).copy(chunk, at);
  chunk.writeUInt32LE(numbers.at(0) ?? 0, 0x18);
  chunk.writeUInt32LE(numbers.at(-1) ?? 0, 0x20);
  chunk.writeUInt32LE(at, 0x30);
  chunk.writeUInt32LE(crc32(chunk.subarray(0x200, at)), 0x34);
  return chunk;
};

/** A log of Windows whose chunks hold events of these numbers. */
export const evtxOf = (...chunks: (readonly number[])[]): Buffer => {
  const header = Buffer.alloc(4_096);
  header.write('ElfFile\0', 'latin1');
  return Buffer.concat([header, ...chunks.map(chunkOf)]);
};
