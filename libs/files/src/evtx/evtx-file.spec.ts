import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { besideCheckout } from '#libs/testing';
import { evtxOf } from '../../test/evtx.js';
import type { ReadPart } from '../reading/part.js';
import { EvtxFile } from './evtx-file.js';

interface RecordJson {
  Event: { System?: { EventRecordID?: number }; EventRecordID?: string; EventID?: string };
}
const told = (parts: ReadPart[]): string[] =>
  parts.map((part) => {
    if ('lost' in part) return part.lost.sentence;
    const { Event: event } = JSON.parse(String(part.event)) as RecordJson;
    return String(event.EventRecordID ?? event.System?.EventRecordID);
  });
const read = (file: Buffer): string[] => told(new EvtxFile().take(file, true));
const CHUNK = 65_536;
const START = 4_096;

it('each record is an event', () =>
  expect(String((new EvtxFile().take(evtxOf([7]), true)[0] as { event: Buffer }).event)).toBe(
    '{"Event":{"EventID":"4625","EventRecordID":"7"}}',
  ));

it('comes in parts of any size, chunk by chunk', () => {
  const [reader, file, parts]: [EvtxFile, Buffer, ReadPart[]] = [new EvtxFile(), evtxOf([1, 2], [3]), []];
  for (let from = 0; from < file.length; from += 10_000)
    parts.push(...reader.take(file.subarray(from, from + 10_000), false));
  expect(told([...parts, ...reader.take(Buffer.alloc(0), true)])).toEqual(['1', '2', '3']);
});

const damaged = (change: (file: Buffer) => void): string[] => {
  const file = evtxOf([1, 2], [3, 4], [5]);
  change(file);
  return read(file);
};
const second = START + CHUNK;

it.each<[what: string, change: (file: Buffer) => void, parts: unknown[]]>([
  [
    'a chunk that is none',
    (file) => file.fill(0x41, second, second + 8),
    ['1', '2', 'The chunk 2 does not begin as one.', '5'],
  ],
  ['a chunk that was never used', (file) => file.fill(0, second, second + CHUNK), ['1', '2', '5']],
  [
    'a record whose content is damaged',
    (file) => file.fill(0xff, second + 0x200 + 28, second + 0x200 + 40),
    [
      '1',
      '2',
      expect.stringMatching(/^Record 3 in chunk 2 is damaged: /),
      '4',
      expect.stringContaining('(records 3 to 4)'),
      '5',
    ],
  ],
  [
    'a record whose beginning is damaged',
    (file) => file.fill(0, second + 0x200, second + 0x208),
    [
      '1',
      '2',
      expect.stringMatching(/^Bytes 512 to \d+ of the chunk 2 are no record/),
      '4',
      expect.stringContaining('checksum'),
      '5',
    ],
  ],
])('%s spoils no other', (_what, change, parts) => expect(damaged(change)).toEqual(parts));

it('a file that breaks off is read as far as it goes', () =>
  expect(read(evtxOf([1], [2, 3]).subarray(0, second + 0x400))).toEqual([
    '1',
    '2',
    '3',
    'The file breaks off in the middle of a chunk.',
  ]));

const archive = besideCheckout('shared/data/sigma/regression', 'evtx.tar.gz');
(archive && existsSync(archive) ? describe : describe.skip)('logs of real systems', () => {
  let dir: string;
  const files = (): Buffer[] =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.evtx'))
      .sort()
      .map((name) => readFileSync(join(dir, name)));
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'vigie-evtx-spec-'));
    execFileSync('tar', ['-xzf', join(archive ?? '', 'evtx.tar.gz'), '-C', dir]);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('are read whole', () => {
    const parts = files().flatMap((file) => new EvtxFile().take(file, true));
    expect(parts).toHaveLength(140);
    expect(parts.filter((part) => 'lost' in part)).toEqual([]);
  });

  it('with any bytes changed are read or told, in bounded time', () => {
    let seed = 20_261_130;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let slowest = 0;
    for (const [at, file] of files().entries()) {
      const bytes = Buffer.from(file);
      for (let count = 0; count < 1 + (at % 40); count++)
        bytes[START + 0x180 + next(4_096)] = next(4) === 0 ? next(256) : 0xff;
      const began = performance.now();
      expect(new EvtxFile().take(bytes, true).length).toBeGreaterThan(0);
      slowest = Math.max(slowest, performance.now() - began);
    }
    expect(slowest).toBeLessThan(5_000);
  });
});
