/**
 * Flow logs of AWS with their header: names with blanks between them, and records in columns. Known by names that
 * nothing else has; every value is text, and what a record does not say (`-`) is no member.
 */
import { isUtf8 } from 'node:buffer';
import {
  areNames,
  MOST_ROW_BYTES,
  MOST_ROWS,
  RowRoom,
  TOO_MANY,
  withoutBom,
  type TableReader,
  type TableRow,
} from './table.js';

const NEWLINE = 0x0a;
const LONGEST_HEADER = 16 * 1024;
const NAMES = /^[a-z][a-z0-9-]{0,63}(?: [a-z][a-z0-9-]{0,63}){1,255}\s*$/;
/** Of each format at least one stands in its header. */
const OF_FLOWS = new Set([
  ...['account-id', 'interface-id', 'log-status', 'srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction'],
  ...['tcp-flags', 'vpc-id', 'tgw-id', 'tgw-attachment-id'],
]);

const headerOf = (text: Buffer): string => {
  const end = text.subarray(0, LONGEST_HEADER).indexOf(NEWLINE);
  return end === -1 ? '' : withoutBom(text.subarray(0, end)).toString('latin1');
};

/** Whether a text begins with the header of a flow log: two names of it or more. */
export const isFlowLog = (text: Buffer): boolean => {
  const header = headerOf(text);
  return NAMES.test(header) && header.split(' ').filter((name) => OF_FLOWS.has(name.trim())).length >= 2;
};

/** Reads a flow log from its header on. */
export class FlowLog implements TableReader {
  private held = Buffer.alloc(0);
  private keys: string[] | undefined;

  take(bytes: Buffer, isLast: boolean): TableRow[] {
    const [text, found, room]: [Buffer, TableRow[], RowRoom] = [Buffer.concat([this.held, bytes]), [], new RowRoom()];
    let from = 0;
    for (let end = text.indexOf(NEWLINE); from < text.length; end = text.indexOf(NEWLINE, from)) {
      if (end === -1 && !isLast && text.length - from <= MOST_ROW_BYTES) break;
      const line = text.subarray(from, end === -1 ? text.length : end);
      from = end === -1 ? text.length : end + 1;
      if (found.length >= MOST_ROWS) found.push({ bytes: line, problem: TOO_MANY });
      const made = found.length > MOST_ROWS ? undefined : room.made(() => this.row(line));
      if (made) found.push({ bytes: line, ...made });
      if (found.length > MOST_ROWS) break;
    }
    this.held = Buffer.from(text.subarray(from));
    return found;
  }

  private row(line: Buffer): { json: Buffer } | { problem: { code: string; sentence: string } } | undefined {
    if (line.length > MOST_ROW_BYTES)
      return { problem: { code: 'TOO_LARGE', sentence: `The row has more than ${MOST_ROW_BYTES} bytes.` } };
    if (!isUtf8(line)) return { problem: { code: 'WRONG_ENCODING', sentence: 'The row is not valid UTF-8.' } };
    const values = (this.keys ? line : withoutBom(line)).toString('utf8').trim().split(' ');
    if (values.length === 1 && values[0] === '') return undefined;
    if (!this.keys && areNames(values)) {
      this.keys = values.map((name) => `${JSON.stringify(name)}:`);
      return undefined;
    }
    const keys = this.keys ?? [];
    if (values.length !== keys.length)
      return {
        problem: {
          code: 'RAGGED_ROW',
          sentence: `The row has ${values.length} values where the header names ${keys.length}.`,
        },
      };
    const members = keys.map((key, at) => [key, values[at] ?? '-'] as const).filter(([, value]) => value !== '-');
    return { json: Buffer.from(`{${members.map(([key, value]) => `${key}${JSON.stringify(value)}`).join()}}`) };
  }
}
