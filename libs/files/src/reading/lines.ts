import { MOST_ROW_BYTES } from '../table/table.js';
import type { PartReader, ReadPart } from './part.js';

const [NEWLINE, RETURN] = [0x0a, 0x0d];

const isBlank = (line: Buffer): boolean => {
  for (const byte of line) if (byte !== 0x20 && byte !== 0x09 && byte !== RETURN && byte !== 0) return false;
  return true;
};

/** Lines as they are, without their breaks. One of more than 1 MiB is cut there: no event is longer. */
export class Lines implements PartReader {
  private held = Buffer.alloc(0);

  constructor(private readonly eventOf: (line: Buffer) => Buffer | undefined = (line) => line) {}

  take(bytes: Buffer, isLast: boolean): ReadPart[] {
    const block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const isLong = block.length > MOST_ROW_BYTES && !block.includes(NEWLINE);
    const end = isLast || isLong ? block.length : block.lastIndexOf(NEWLINE) + 1;
    this.held = Buffer.from(block.subarray(end));
    const parts: ReadPart[] = [];
    for (let from = 0; from < end; ) {
      const next = block.indexOf(NEWLINE, from);
      const to = next === -1 || next >= end ? end : next;
      const line = block.subarray(from, block[to - 1] === RETURN && to > from ? to - 1 : to);
      const event = isBlank(line) ? undefined : this.eventOf(line);
      if (event) parts.push({ event });
      from = to + 1;
    }
    return parts;
  }
}
