import Papa from 'papaparse';
import { MOST_ROW_BYTES, MOST_ROWS } from './table.js';

const NEWLINE = 0x0a;
/** What is read in vain behind quotes that do not close, for each byte: then lines are read one by one. */
const MOST_IN_VAIN = 4;

/** A row, with its line break; without cells where its quotes are wrong. */
export interface CutRow {
  bytes: Buffer;
  /** One character a byte, as Latin-1. */
  cells?: string[];
  /** No row: all that stands behind as many rows as are cut at once. */
  isRest?: true;
}

/** Adds the rows that part of a text holds, until one whose quotes are wrong, or there are `most`. */
const wellFormed = (
  part: Buffer,
  delimiter: string,
  rows: CutRow[],
  most: number,
): { end: number; isOpen: boolean } => {
  let [end, isOpen, isBroken] = [0, false, false];
  Papa.parse<string[]>(part.toString('latin1'), {
    delimiter,
    newline: '\n',
    step: ({ data, errors, meta: { cursor } }, parser) => {
      if (isBroken) return;
      if (errors.some(({ type }) => type === 'Quotes')) {
        [isOpen, isBroken] = [errors.some(({ code }) => code === 'MissingQuotes'), true];
        return parser.abort();
      }
      const to = Math.min(cursor, part.length);
      rows.push({ bytes: part.subarray(end, to), cells: data });
      end = to;
      if (rows.length < most || end === part.length) return;
      isBroken = true;
      parser.abort();
    },
  });
  return { end: isBroken ? end : part.length, isOpen };
};

/**
 * Cuts separated values into rows (RFC 4180): a row ends at a line break outside of quotes. A line whose quotes are
 * wrong spoils no other: reading goes on behind it. Linear in its bytes.
 */
export class RowCutter {
  private held = Buffer.alloc(0);

  /** @param most rows that are cut at once. */
  constructor(
    private readonly delimiter: string,
    private readonly most = MOST_ROWS,
  ) {}

  take(bytes: Buffer, isLast: boolean): CutRow[] {
    const block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const isLong = block.length > MOST_ROW_BYTES;
    const lines = isLast ? block.length : block.lastIndexOf(NEWLINE) + 1;
    const rows: CutRow[] = [];
    const end = this.cut(lines === 0 && isLong ? block.length : lines, block, rows, isLast);
    this.held = Buffer.from(block.subarray(end));
    return rows;
  }

  /** Rows up to `stop`. @returns where what must wait for more begins. */
  private cut(stop: number, block: Buffer, rows: CutRow[], isLast: boolean): number {
    let vain = MOST_IN_VAIN * block.length;
    for (let from = 0; from < stop; ) {
      const newline = block.indexOf(NEWLINE, from);
      const line = newline === -1 || newline >= stop ? stop : newline + 1;
      const to = vain > 0 ? stop : line;
      const { end, isOpen } = wellFormed(block.subarray(from, to), this.delimiter, rows, this.most);
      from += end;
      if (rows.length >= this.most && from < stop) {
        rows.push({ bytes: block.subarray(from, stop), isRest: true });
        return stop;
      }
      if (from >= to) continue;
      if (isOpen && !isLast && to === stop && block.length - from <= MOST_ROW_BYTES) return from;
      vain -= to - from;
      const next = block.indexOf(NEWLINE, from);
      const broken = next === -1 || next >= stop ? stop : next + 1;
      rows.push({ bytes: block.subarray(from, broken) });
      from = broken;
    }
    return stop;
  }
}
