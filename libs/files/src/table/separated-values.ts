/**
 * Separated values with a header (CSV): every row is an event whose members are called what the header calls its
 * columns. Values are text; an empty one is no member.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { RowCutter, type CutRow } from './cut-rows.js';
import {
  areNames,
  MOST_ROW_BYTES,
  NAMES,
  RowRoom,
  TOO_MANY,
  withoutBom,
  withUnnamed,
  type PartProblem,
  type TableReader,
  type TableRow,
} from './table.js';

const NEWLINE = 0x0a;
const DELIMITERS = [',', ';', '\t', '|'];
/** Excel says so what stands between values. */
const SEPARATOR = /^sep=(.)\r?\n/;

const QUOTE = 0x22;

const countOutside = (line: string, delimiter: string): number => {
  let [count, isQuoted] = [0, false];
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === delimiter.charCodeAt(0) && !isQuoted) count += 1;
  }
  return count;
};

/** What separates the values of a header: of the usual ones the most frequent; the comma where there is none. */
export const delimiterOf = (header: string): string =>
  DELIMITERS.map((delimiter) => ({ delimiter, count: countOutside(header, delimiter) })).reduce((best, one) =>
    one.count > best.count ? one : best,
  ).delimiter;

/** Names of columns, each once: `name`, `name_2`; a column without a name is called by its place. */
const uniqueNames = (cells: readonly string[]): string[] => {
  const taken = new Set<string>();
  return cells.map((cell, at) => {
    const name = cell.trim() === '' ? `column_${at + 1}` : cell.trim();
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
};

const ofUtf8 = (cell: string): string => Buffer.from(cell, 'latin1').toString('utf8');
const cellsOf = ({ bytes, cells = [] }: CutRow): string[] => {
  const read = isAscii(bytes) ? cells : cells.map(ofUtf8);
  return read.map((cell, at) => (at === read.length - 1 ? cell.replace(/\r$/, '') : cell));
};

const withoutBreak = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === NEWLINE || bytes[end - 1] === 0x0d)) end -= 1;
  return bytes.subarray(0, end);
};

const QUOTES: PartProblem = {
  code: 'BAD_QUOTES',
  sentence: 'The row has a quote that does not close, or text behind one that does.',
};
const TOO_LARGE: PartProblem = { code: 'TOO_LARGE', sentence: `The row has more than ${MOST_ROW_BYTES} bytes.` };
const WRONG_ENCODING: PartProblem = { code: 'WRONG_ENCODING', sentence: 'The row is not valid UTF-8.' };
const NO_HEADER: PartProblem = {
  code: 'NO_HEADER',
  sentence: `The first row, which names the columns, cannot be read or is more than ${NAMES}.`,
};

const problemOf = ({ bytes, cells, isRest }: CutRow): PartProblem | undefined => {
  if (isRest) return TOO_MANY;
  if (bytes.length > MOST_ROW_BYTES) return TOO_LARGE;
  if (!cells) return QUOTES;
  return isUtf8(bytes) ? undefined : WRONG_ENCODING;
};

const raggedness = (has: number, names: number): PartProblem => ({
  code: 'RAGGED_ROW',
  sentence: `The row has ${has} values where the header names ${names}.`,
});

/** Reads separated values from their header on. */
export class SeparatedValues implements TableReader {
  private beginning: Buffer | undefined = Buffer.alloc(0);
  private cutter: RowCutter | undefined;
  /** Names as JSON, with the colon; null when the header is none. */
  private keys: string[] | null | undefined;

  take(bytes: Buffer, isLast: boolean): TableRow[] {
    if (!this.beginning) return this.rows(bytes, isLast);
    const beginning = Buffer.concat([this.beginning, bytes]);
    if (!isLast && !beginning.includes(NEWLINE) && beginning.length <= MOST_ROW_BYTES) {
      this.beginning = beginning;
      return [];
    }
    this.beginning = undefined;
    return this.begin(withoutBom(beginning), isLast);
  }

  private begin(bytes: Buffer, isLast: boolean): TableRow[] {
    const end = bytes.indexOf(NEWLINE);
    const line = bytes.toString('latin1', 0, end === -1 ? bytes.length : end + 1);
    const [said, delimiter] = SEPARATOR.exec(line) ?? [];
    this.cutter = new RowCutter(delimiter ?? delimiterOf(line));
    return this.rows(said === undefined ? bytes : bytes.subarray(said.length), isLast);
  }

  private rows(bytes: Buffer, isLast: boolean): TableRow[] {
    const [found, room]: [TableRow[], RowRoom] = [[], new RowRoom()];
    for (const row of this.cutter?.take(bytes, isLast) ?? []) {
      const bytes = withoutBreak(row.bytes);
      const made = bytes.length > 0 ? room.made(() => this.read(row)) : undefined;
      if (made) found.push({ bytes, ...made });
    }
    return found;
  }

  private read(row: CutRow): { json: Buffer } | { problem: PartProblem } | undefined {
    const problem = problemOf(row);
    const cells = problem ? [] : cellsOf(row);
    if (!problem && cells.every((cell) => cell === '')) return undefined;
    if (this.keys === undefined) {
      const isNone = problem !== undefined || !areNames(cells);
      this.keys = isNone
        ? null
        : uniqueNames(withUnnamed(cells.map((cell) => cell.trim()))).map((name) => `${JSON.stringify(name)}:`);
      if (this.keys) return undefined;
    }
    if (!this.keys) return { problem: NO_HEADER };
    return problem ? { problem } : this.event(this.keys, cells);
  }

  private event(keys: readonly string[], cells: readonly string[]): { json: Buffer } | { problem: PartProblem } {
    // Values beyond the header that are empty say nothing that could be lost.
    if (cells.length < keys.length || cells.slice(keys.length).some((cell) => cell !== ''))
      return { problem: raggedness(cells.length, keys.length) };
    const members = keys.map((key, at) => [key, cells[at] ?? ''] as const).filter(([, cell]) => cell !== '');
    return { json: Buffer.from(`{${members.map(([key, cell]) => `${key}${JSON.stringify(cell)}`).join()}}`) };
  }
}
