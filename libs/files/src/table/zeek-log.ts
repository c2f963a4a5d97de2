/**
 * Zeek's logs as its ASCII writer writes them (`#separator`, `#fields`, `#types`): each line is the object that Zeek's
 * JSON writer would have made of it, with the log's name (`#path`) as `_path`. Numbers keep their digits.
 */
import { isUtf8 } from 'node:buffer';
import {
  areNames,
  MOST_ROW_BYTES,
  MOST_ROWS,
  RowRoom,
  TOO_MANY,
  withoutBom,
  type PartProblem,
  type TableReader,
  type TableRow,
} from './table.js';

const NEWLINE = 0x0a;
const NUMBERS = new Set(['time', 'interval', 'double', 'count', 'int', 'counter', 'port']);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LISTED = /^(?:set|vector|table)\[(.+)\]$/;

interface ZeekHeader {
  separator: string;
  listSeparator: string;
  empty: string;
  unset: string;
  path: string;
  fields: string[];
  types: string[];
}

const FRESH: ZeekHeader = {
  separator: '\t',
  listSeparator: ',',
  empty: '(empty)',
  unset: '-',
  path: '',
  fields: [],
  types: [],
};

/** `\x09` is a byte, `\\` a backslash; bytes that are no UTF-8 and unprintable ones stay as Zeek's JSON writes them. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\\\|(?:\\x[0-9a-fA-F]{2})+/g, (found) => {
        if (found === '\\\\') return '\\';
        const bytes = Buffer.from(found.replaceAll('\\x', ''), 'hex');
        // Control characters stay escaped in JSON too, but for line breaks and tabs.
        const said = bytes.toString('utf8');
        return isUtf8(bytes) && !/[\u0000-\u0007\u000b\u000e-\u001f\u007f]/.test(said) ? said : found;
      })
    : text;

const scalar = (text: string, type: string): string => {
  if (type === 'bool' && (text === 'T' || text === 'F')) return text === 'T' ? 'true' : 'false';
  return NUMBERS.has(type) && NUMBER.test(text) ? text : JSON.stringify(unescaped(text));
};

const valueOf = (text: string, type: string, { listSeparator, empty, unset }: ZeekHeader): string => {
  const [, listed] = LISTED.exec(type) ?? [];
  if (listed === undefined) return text === empty ? '""' : scalar(text, type);
  if (text === empty) return '[]';
  const values = text.split(listSeparator).map((one) => (one === unset ? 'null' : scalar(one, listed)));
  return `[${values.join()}]`;
};

const UNHEADED: PartProblem = {
  code: 'NO_HEADER',
  sentence: 'The line stands under no #fields and #types of the same length, by which a Zeek log is read.',
};

/** Reads a log of Zeek's from its header on; another header may follow. */
export class ZeekLog implements TableReader {
  private held = Buffer.alloc(0);
  private header = FRESH;
  private isBegun = false;

  take(bytes: Buffer, isLast: boolean): TableRow[] {
    const block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const text = this.isBegun ? block : withoutBom(block);
    this.isBegun = true;
    const isOver = isLast || (text.length > MOST_ROW_BYTES && !text.includes(NEWLINE));
    const end = isOver ? text.length : text.lastIndexOf(NEWLINE) + 1;
    this.held = Buffer.from(text.subarray(end));
    const [rows, room]: [TableRow[], RowRoom] = [[], new RowRoom()];
    for (let from = 0; from < end; ) {
      if (rows.length >= MOST_ROWS) return [...rows, { bytes: text.subarray(from, end), problem: TOO_MANY }];
      const next = text.indexOf(NEWLINE, from);
      const to = next === -1 || next >= end ? end : next;
      const row = this.line(text.subarray(from, text[to - 1] === 0x0d ? to - 1 : to), room);
      if (row) rows.push(row);
      from = to + 1;
    }
    return rows;
  }

  private line(bytes: Buffer, room: RowRoom): TableRow | undefined {
    if (bytes.length === 0) return undefined;
    if (bytes.length > MOST_ROW_BYTES)
      return { bytes, problem: { code: 'TOO_LARGE', sentence: `The line has more than ${MOST_ROW_BYTES} bytes.` } };
    if (!isUtf8(bytes)) return { bytes, problem: { code: 'WRONG_ENCODING', sentence: 'The line is not valid UTF-8.' } };
    const line = bytes.toString('utf8');
    if (line.startsWith('#')) this.directive(line);
    else return { bytes, ...room.made(() => this.event(line)) };
    return undefined;
  }

  private directive(line: string): void {
    const [, name = '', rest = ''] = /^#(\w+)(.*)$/s.exec(line) ?? [];
    if (name === 'separator') {
      this.header = { ...FRESH, separator: unescaped(rest.trim()) || '\t' };
      return;
    }
    const said = rest.startsWith(this.header.separator) ? rest.slice(this.header.separator.length) : rest.trimStart();
    const values = said.split(this.header.separator);
    if (name === 'set_separator') this.header = { ...this.header, listSeparator: unescaped(said) };
    else if (name === 'empty_field') this.header = { ...this.header, empty: said };
    else if (name === 'unset_field') this.header = { ...this.header, unset: said };
    else if (name === 'path') this.header = { ...this.header, path: areNames([said]) ? said : '' };
    // Lines under more than can be told with each stand under none.
    else if (name === 'fields') this.header = { ...this.header, fields: areNames(values) ? values : [] };
    else if (name === 'types') this.header = { ...this.header, types: values };
  }

  private event(line: string): { json: Buffer } | { problem: PartProblem } {
    const { header } = this;
    const { fields, types, path, unset } = header;
    if (fields.length === 0 || fields.length !== types.length) return { problem: UNHEADED };
    const values = line.split(header.separator);
    if (values.length !== fields.length)
      return {
        problem: {
          code: 'RAGGED_ROW',
          sentence: `The line has ${values.length} values where #fields names ${fields.length}.`,
        },
      };
    const members = path === '' ? [] : [`"_path":${JSON.stringify(path)}`];
    for (const [at, value] of values.entries())
      if (value !== unset)
        members.push(`${JSON.stringify(fields[at])}:${valueOf(value, types[at] ?? 'string', header)}`);
    return { json: Buffer.from(`{${members.join()}}`) };
  }
}
