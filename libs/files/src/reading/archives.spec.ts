import { gzipSync } from 'node:zlib';
import { compress, isLoaded } from '@foxglove/wasm-zstd';
import { cpuClock } from '#libs/testing';
import { tarOf } from '../../test/tar.js';
import { zipOf } from '../../test/zip.js';
import { partsOf } from './files.js';

const read = async (source: Buffer): Promise<string[]> => {
  const found: string[] = [];
  for await (const part of partsOf(source))
    found.push('event' in part ? String(part.event) : `${part.file}: ${part.lost.code}`);
  return found;
};
const [A, B] = ['{"a":1}', '{"b":2}'];
const zstd = (content: Buffer | string): Buffer => compress(Buffer.from(content), 3);
const lines = (count: number): string[] => Array.from({ length: count }, (_, n) => `{"n":${n},"x":"${n * 7919}"}`);
const INPUT = 'standard input';

beforeAll(() => isLoaded);

describe('files that zstd packed', () => {
  it('are read, also several frames one behind the other', async () => {
    expect(await read(zstd(`${A}\n${B}\n`))).toEqual([A, B]);
    expect(await read(Buffer.concat([zstd(`${A}\n`), zstd(`${B}\n`)]))).toEqual([A, B]);
    expect(await read(zstd(tarOf({ 'a.json': A })))).toEqual([A]);
  });

  it('are read in parts, to the end and as far as they go', async () => {
    const all = lines(60_000);
    const packed = zstd(all.join('\n'));
    expect(await read(packed)).toEqual(all);
    const cut = await read(packed.subarray(0, packed.length / 2));
    expect(cut.length).toBeGreaterThan(5_000);
    expect(cut.at(-1)).toBe(`${INPUT}: BROKEN_FILE`);
    const broken = Buffer.from(packed);
    broken.fill(0xff, 2_000, 2_100);
    expect((await read(broken)).at(-1)).toBe(`${INPUT}: BROKEN_FILE`);
  });

  it('are bounded in what they unpack to, and what it costs', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
    const repeated = (size: number): Buffer => Buffer.from([(size << 3) | 2, size >> 5, size >> 13, 0x20]);
    const bomb = Buffer.concat([frame, ...Array.from({ length: 1_000 }, () => repeated(128 * 1024))]);
    const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x78]);
    const costly = Buffer.concat([window, ...Array.from({ length: 20_000 }, () => repeated(1))]);
    const spentMs = cpuClock();
    expect(await read(bomb)).toEqual([`${INPUT}: BROKEN_FILE`]);
    expect((await read(costly)).at(-1)).toBe(`${INPUT}: BROKEN_FILE`);
    expect(spentMs()).toBeLessThan(30_000);
  }, 60_000);
});

describe('archives of tar', () => {
  const long = `${'folder/'.repeat(30)}a.json`;
  it.each<[string, Buffer, string[]]>([
    [
      'plain',
      tarOf({ 'x/': '', 'x/a.json': A, 'b.csv': 'time,user\n10:00,ada\n' }),
      [A, '{"time":"10:00","user":"ada"}'],
    ],
    ['packed by gzip', gzipSync(tarOf({ 'a.json': A, 'b.json': B })), [A, B]],
    ['packed by gzip, of files that are, too', gzipSync(tarOf({ 'a.json.gz': gzipSync(A), 'b.json': B })), [A, B]],
    ['in a zip', zipOf({ 'a.tar': tarOf({ 'a.json': A }).toString('latin1') }), [A]],
    ['with hidden files', tarOf({ '._a.json': 'x', '.git/b': 'x', './a.json': A }), [A]],
    [
      'with a file that is not read',
      tarOf({ 'a.pcap': Buffer.from('d4c3b2a1', 'hex'), 'b.json': B }),
      [`${INPUT}/a.pcap: UNKNOWN_FILE`, B],
    ],
    [
      'with a file that breaks off',
      tarOf({ 'a.gz': gzipSync('x'.repeat(9_999)).subarray(0, 12), 'b.json': B }),
      [`${INPUT}/a: BROKEN_FILE`, B],
    ],
    ['with a long name', tarOf({ [long]: Buffer.from('d4c3b2a1', 'hex') }), [`${INPUT}/${long}: UNKNOWN_FILE`]],
    ['in each other', tarOf({ 'a.tar': tarOf({ 'a.json': A }), 'b.json': B }), [`${INPUT}/a.tar: NESTED_TOO_DEEP`, B]],
    [
      'cut',
      tarOf({ 'a.json': A, 'b.json': `${B}\n${B}` }).subarray(0, 512 * 3 + 8),
      [A, B, `${INPUT}/b.json: BROKEN_FILE`],
    ],
  ])('are read file by file: %s', async (_, archive, parts) => {
    const found = await read(archive);
    expect(found.slice(0, parts.length)).toEqual(parts);
    expect(found.slice(parts.length)).toEqual(_ === 'cut' ? [`${INPUT}: BROKEN_FILE`] : []);
  });
});
