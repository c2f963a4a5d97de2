import { gzipSync } from 'node:zlib';
import { compress, isLoaded } from '@foxglove/wasm-zstd';
import xxhash from 'xxhash-wasm';
import { cpuClock } from '#libs/testing';
import { paxEntry, tarEntry, tarOf, tarOfEntries } from '../../test/tar.js';
import { zipOf } from '../../test/zip.js';
import { partsOf } from './files.js';
import { ZstdFrames } from './zstd-frames.js';

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

describe('files that are damaged', () => {
  const all = lines(5_000);
  const packed = gzipSync(all.join('\n'));
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const found = Buffer.from(bytes);
    found[at] = (found[at] ?? 0) ^ 1;
    return found;
  };
  const wrongSum = flipped(packed, packed.length - 8);
  const garbage = Buffer.concat([packed, Buffer.from('<html>')]);
  const tgz = gzipSync(tarOf({ 'a.json': A, 'b.json': all.join('\n') }));
  const zip = zipOf({ 'a.json': all.join('\n'), 'b.json': B });
  it.each<[string, Buffer, number, string]>([
    ['gzip with a wrong sum', wrongSum, 5_000, `${INPUT}: BROKEN_FILE`],
    ['gzip of one line with a wrong sum', flipped(gzipSync(A), gzipSync(A).length - 8), 1, `${INPUT}: BROKEN_FILE`],
    ['gzip with a bit that flipped', flipped(packed, 20_000), 2_000, `${INPUT}: BROKEN_FILE`],
    ['gzip with something behind it', garbage, 4_900, `${INPUT}: BROKEN_FILE`],
    ['gzip with much behind it', Buffer.concat([packed, Buffer.alloc(200_000, 7)]), 4_900, `${INPUT}: BROKEN_FILE`],
    ['gzip with something behind it, in a zip', zipOf({ 'a.gz': wrongSum, 'b.json': B }), 5_001, B],
    ['tar and gzip with something behind', Buffer.concat([tgz, Buffer.from('x')]), 4_900, `${INPUT}: BROKEN_FILE`],
    ['gzip filled with zeros', Buffer.concat([packed, Buffer.alloc(200_000)]), 5_000, all.at(-1) ?? ''],
    ['zip whose bytes flipped', flipped(zip, zip.indexOf('7919') + 1), 5_001, B],
  ])('are read as far as they go, and told: %s', async (_, bytes, least, last) => {
    const found = await read(bytes);
    const broken = found.filter((one) => one.endsWith('BROKEN_FILE'));
    expect(found.length - broken.length).toBeGreaterThanOrEqual(least);
    expect(found.at(-1)).toBe(last);
    expect(broken.length).toBe(_.endsWith('zeros') ? 0 : 1);
  });
});

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

  it('are told where their sum is another, or missing', async () => {
    const all = lines(60_000);
    const bytes = Buffer.from(all.join('\n'));
    const summed = async (sum = 0n): Promise<Buffer> => {
      const frame = zstd(bytes);
      frame[4] = (frame[4] ?? 0) | 0x04;
      const found = Buffer.alloc(4);
      found.writeUInt32LE(Number(BigInt.asUintN(32, (await xxhash()).h64Raw(bytes) ^ sum)));
      return Buffer.concat([frame, found]);
    };
    const good = await summed();
    expect(await read(good)).toEqual(all);
    expect((await read(Buffer.concat([good, zstd('\n'), good]))).length).toBe(120_000);
    expect(await read(await summed(1n))).toEqual([...all, `${INPUT}: BROKEN_FILE`]);
    expect(await read(good.subarray(0, -3))).toEqual([...all, `${INPUT}: BROKEN_FILE`]);
  });

  it('are bounded in what they unpack to, and what it costs', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
    const repeated = (size: number): Buffer => Buffer.from([(size << 3) | 2, size >> 5, size >> 13, 0x20]);
    const bomb = Buffer.concat([frame, ...Array.from({ length: 1_000 }, () => repeated(128 * 1024))]);
    const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68]);
    const costly = Buffer.concat([window, ...Array.from({ length: 20_000 }, () => repeated(1))]);
    const spentMs = cpuClock();
    expect(await read(bomb)).toEqual([`${INPUT}: BROKEN_FILE`]);
    expect((await read(costly)).at(-1)).toBe(`${INPUT}: BROKEN_FILE`);
    expect(spentMs()).toBeLessThan(30_000);
  }, 60_000);
});

describe('what zstd may ask for', () => {
  const [EMPTY, MIB] = [Buffer.from([0x01, 0x00, 0x00]), 1024 * 1024];
  const frame = (...header: number[]): Buffer =>
    Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header]), EMPTY]);
  const skippable = (bytes: number): Buffer => {
    const head = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
    head.writeUInt32LE(bytes, 4);
    return Buffer.concat([head, Buffer.alloc(bytes, 0x28)]);
  };
  const single = (bytes: number, ...flags: number[]): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes);
    return frame(...flags, ...size);
  };
  it.each<[string, Buffer, string | undefined]>([
    ['a window of 8 MiB', frame(0x00, 13 << 3), undefined],
    ['a window of 9 MiB', frame(0x00, (13 << 3) | 1), '9 MiB'],
    ['a window of 256 MiB', frame(0x00, 18 << 3), '256 MiB'],
    ['the largest window that there is', frame(0x00, 0xff), '3932160 MiB'],
    ['a frame as one of 8 MiB', single(8 * MIB, 0xa0), undefined],
    ['a frame as one of 9 MiB', single(9 * MIB, 0xa0), '9 MiB'],
    ['a frame as one of 255 bytes', frame(0x20, 0xff), undefined],
    ['a frame with a dictionary and a checksum', frame(0x07, 19 << 3, 1, 2, 3, 4), '512 MiB'],
    ['a second frame', Buffer.concat([frame(0x00, 0x08), frame(0x00, 18 << 3)]), '256 MiB'],
    [
      'a frame behind one with a checksum',
      Buffer.concat([frame(0x04, 0x08), Buffer.alloc(4), frame(0x00, 18 << 3)]),
      '256 MiB',
    ],
    ['a frame behind what is skipped', Buffer.concat([skippable(700), frame(0x00, 18 << 3)]), '256 MiB'],
    [
      'a frame behind a block of one byte',
      Buffer.concat([frame(0x00, 0x08).subarray(0, 6), Buffer.from([0x23, 0, 0, 65]), frame(0x00, 18 << 3)]),
      '256 MiB',
    ],
  ])('is bounded, whole and byte by byte: %s', (_, bytes, size) => {
    for (const part of [bytes.length, 1]) {
      const frames = new ZstdFrames();
      const look = (): void => {
        for (let at = 0; at < bytes.length; at += part) frames.look(bytes.subarray(at, at + part));
      };
      if (size === undefined) expect(look).not.toThrow();
      else expect(look).toThrow(`a window of ${size}, and 8 MiB at most are read: pack it again without --long or`);
    }
  });

  it('is a code and a sentence of its own, before anything is unpacked', async () => {
    const parts = [];
    for await (const part of partsOf(frame(0x00, 18 << 3))) parts.push(part);
    expect(parts).toEqual([
      {
        file: INPUT,
        lost: {
          code: 'WINDOW_TOO_LARGE',
          sentence: `${INPUT} is packed by zstd with a window of 256 MiB, and 8 MiB at most are read: pack it again without --long or --ultra.`,
        },
      },
    ]);
  });
});

describe('archives of tar', () => {
  const long = `${'folder/'.repeat(30)}a.json`;
  const PCAP = Buffer.from('d4c3b2a1', 'hex');
  const binary = (size: number): Buffer => {
    const field = Buffer.alloc(12);
    field.writeBigUInt64BE(BigInt(size), 4);
    field[0] = 0x80;
    return field;
  };
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
      'whose size an extension tells',
      tarOfEntries(paxEntry({ size: '7' }), tarEntry('a.json', A, '0', 0), tarEntry('b.json', B)),
      [A, B],
    ],
    ['whose size is binary', tarOfEntries(tarEntry('a.json', A, '0', binary(7)), tarEntry('b.json', B)), [A, B]],
    [
      'whose names other extensions stand behind',
      tarOfEntries(
        paxEntry({ path: long.replace('json', 'pcap') }),
        paxEntry({ comment: 'x' }, 'g'),
        tarEntry('short', PCAP),
        tarEntry('././@LongLink', `${long}.pcap\0`, 'L'),
        tarEntry('././@LongLink', `${long}\0`, 'K'),
        tarEntry('short', PCAP),
      ),
      [`${INPUT}/${long.replace('json', 'pcap')}: UNKNOWN_FILE`, `${INPUT}/${long}.pcap: UNKNOWN_FILE`],
    ],
    [
      'with links, which hold nothing themselves',
      tarOfEntries(tarEntry('a.json', A), tarEntry('hard', '', '1'), tarEntry('soft', '', '2'), tarEntry('b.json', B)),
      [A, B],
    ],
    [
      'with sparse files, which spoil no other',
      tarOfEntries(
        tarEntry('a.json', A, 'S'),
        paxEntry({ path: 'x/GNUSparseFile.7/c.json', 'GNU.sparse.name': 'x/c.json' }),
        tarEntry('c.json', A),
        tarEntry('b.json', B),
      ),
      [`${INPUT}/a.json: UNKNOWN_FILE`, `${INPUT}/x/GNUSparseFile.7/c.json: UNKNOWN_FILE`, B],
    ],
    [
      'whose names would lead elsewhere, or speak to a terminal',
      tarOf({ '../../etc/a.pcap': PCAP, '/etc/b\u001b[31m\n.pcap': PCAP, 'b.json': B }),
      [`${INPUT}/../../etc/a.pcap: UNKNOWN_FILE`, `${INPUT}//etc/b?[31m?.pcap: UNKNOWN_FILE`, B],
    ],
    [
      'with a size that cannot be',
      tarOfEntries(tarEntry('a.json', A), tarEntry('b.json', B, '0', binary(2 ** 53))),
      [A, `${INPUT}: BROKEN_FILE`],
    ],
    [
      'with an extension of a megabyte',
      tarOfEntries(tarEntry('a.json', A), tarEntry('x', Buffer.alloc(1024 * 1024), 'x'), tarEntry('b.json', B)),
      [A, `${INPUT}: BROKEN_FILE`],
    ],
    [
      'one behind the other',
      Buffer.concat([tarOf({ 'a.json': A }), Buffer.alloc(512 * 16), tarOf({ 'b.json': B }), tarOf({ 'c.json': A })]),
      [A, B, A],
    ],
    [
      'one behind the other, each packed by gzip',
      Buffer.concat([gzipSync(tarOf({ 'a.json': A })), gzipSync(tarOf({ 'b.json': B }))]),
      [A, B],
    ],
    [
      'one behind the other, of files that hold an end',
      Buffer.concat([
        tarOf({ 'a.pcap': Buffer.concat([PCAP, Buffer.alloc(4_096), tarOf({ 'x.json': A })]), 'a.json': A }),
        tarOf({ 'b.json': B }),
      ]),
      [`${INPUT}/a.pcap: UNKNOWN_FILE`, A, B],
    ],
    [
      'with more behind their end',
      Buffer.concat([tarOf({ 'a.json': A }), Buffer.alloc(512, 7), tarOf({ 'b.json': B })]),
      [A, `${INPUT}: BROKEN_FILE`],
    ],
    [
      'with a type that is not known',
      tarOfEntries(tarEntry('a.json', A, 'Z'), tarEntry('b.json', B)),
      [`${INPUT}/a.json: UNKNOWN_FILE`, B],
    ],
    [
      'with what is no header',
      tarOfEntries(tarEntry('a.json', A), Buffer.alloc(512, 7), tarEntry('b.json', B)),
      [A, B, `${INPUT}: BROKEN_FILE`],
    ],
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

  it('are read to an end, whatever becomes of their bytes', async () => {
    const whole = tarOfEntries(
      paxEntry({ size: '7', path: 'a.json' }),
      tarEntry('a', A, '0', 0),
      tarEntry('b.json', B),
    );
    let state = 12;
    const next = (most: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * most);
    };
    for (let round = 0; round < 500; round += 1) {
      const broken = Buffer.from(whole.subarray(0, round % 4 === 0 ? next(whole.length) : whole.length));
      for (let flips = 0; flips < 3; flips += 1) broken[next(broken.length)] = next(256);
      expect((await read(broken)).length).toBeLessThan(50);
    }
  });
});
