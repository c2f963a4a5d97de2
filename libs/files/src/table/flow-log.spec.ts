import { FlowLog, isFlowLog } from './flow-log.js';
import type { TableRow } from './table.js';

const HEADER = 'version account-id srcaddr dstaddr flow-direction';
const told = (rows: TableRow[]): string[] =>
  rows.map((row) => ('json' in row ? String(row.json) : `${row.problem.code}: ${String(row.bytes)}`));
const LOG = `\ufeff${HEADER}\r\n5 1 10.0.0.1 10.0.0.2 ingress\n\n5 - - - -\n5 1\n5 1 10.0.0.3 10.0.0.4 egress`;
const ROWS = [
  '{"version":"5","account-id":"1","srcaddr":"10.0.0.1","dstaddr":"10.0.0.2","flow-direction":"ingress"}',
  '{"version":"5"}',
  'RAGGED_ROW: 5 1',
  '{"version":"5","account-id":"1","srcaddr":"10.0.0.3","dstaddr":"10.0.0.4","flow-direction":"egress"}',
];

describe('a flow log of AWS with its header', () => {
  it('gives each record under the names, and loses one alone', () =>
    expect(told(new FlowLog().take(Buffer.from(LOG), true))).toEqual(ROWS));

  it.each([1, 7, 40])('is read in parts of %i bytes', (size) => {
    const [reader, bytes, rows]: [FlowLog, Buffer, TableRow[]] = [new FlowLog(), Buffer.from(LOG), []];
    for (let at = 0; at < bytes.length; at += size)
      rows.push(...reader.take(bytes.subarray(at, at + size), at + size >= bytes.length));
    expect(told(rows)).toEqual(ROWS);
  });

  it('holds no more than a row, and says when one is longer', () => {
    const [reader, part] = [new FlowLog(), Buffer.alloc(700_000, 'a')];
    reader.take(Buffer.from(`${HEADER}\n`), false);
    expect(
      [...reader.take(part, false), ...reader.take(part, false)].map((row) => 'problem' in row && row.problem.code),
    ).toEqual(['TOO_LARGE']);
  });

  it.each<[boolean, string]>([
    [true, `${HEADER}\n1`],
    [true, 'pkt-srcaddr pkt-dstaddr\n1 2'],
    [false, HEADER],
    [false, 'srcaddr of nothing\n1 2 3'],
    [false, 'type=AVC srcaddr dstaddr\n'],
    [false, 'a line of words\nof a log\n'],
  ])('is known by its names: %s for %s', (expected, text) => expect(isFlowLog(Buffer.from(text))).toBe(expected));
});
