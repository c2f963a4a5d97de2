import { Frames } from './frames.js';

const cut = (chunks: string[], most = 100) => {
  const frames = new Frames(most);
  const found = chunks.flatMap((chunk) => frames.push(Buffer.from(chunk)));
  return { found: found.map(({ bytes, truncated }) => (truncated ? [String(bytes)] : String(bytes))), frames };
};

/** A frame in brackets was cut. */
describe('syslog frames', () => {
  it.each<[string, string[], (string | [string])[], string | [string] | undefined]>([
    ['lines', ['<13>a\r\n<13>b\n<13>c'], ['<13>a', '<13>b'], '<13>c'],
    ['octet counting', ['5 <13>a7 <13>b\nc4 <1'], ['<13>a', '<13>b\nc'], ['<1']],
    ['lines that end in NUL', ['<13>a\0<13>b\0', '\0<13>c', '\0<13>d'], ['<13>a', '<13>b', '<13>c'], '<13>d'],
    ['lines that end in NUL and a line break', ['<13>a\0\n<13>b\r\n\0<13>c\n'], ['<13>a', '<13>b', '<13>c'], undefined],
    ['counted frames with a trailer', ['5 <13>a\n5 <13>b\x005 <13>c'], ['<13>a', '<13>b', '<13>c'], undefined],
    ['a long line that ends in NUL', ['x'.repeat(120), '\0b\0'], [['x'.repeat(100)], 'b'], undefined],
    ['nothing', [''], [], undefined],
    ['pieces of any size', ['5', ' <1', '3>', 'a<13>', 'b', '\n'], ['<13>a', '<13>b'], undefined],
    ['a line that begins with a number of too many digits', ['123456789 x\nb\n'], ['123456789 x', 'b'], undefined],
    [
      'a line that begins with a number and a blank',
      ['20 errors\n404 <html>\nb\n'],
      ['20 errors', '404 <html>', 'b'],
      undefined,
    ],
    ['such a line in pieces', ['2', '0', ' ', 'errors', '\n4 ', '<', 'html>\n'], ['20 errors', '4 <html>'], undefined],
    ['lines and counted frames in turns', ['5 <13>a1 b\n5 <13>c'], ['<13>a', '1 b', '<13>c'], undefined],
    ['counted JSON', ['7 {"a":1}9 \ufeff{"a":1'], ['{"a":1}', '\ufeff{"a":1'], undefined],
    ['a number and a blank, and nothing more', ['20 '], [], '20 '],
    ['empty lines', ['\n\n\r\na\n'], ['a'], undefined],
    [
      'a line longer than a frame may be',
      [`${'x'.repeat(60)}`, `${'x'.repeat(60)}`, 'y\nnext\n'],
      [['x'.repeat(100)], 'next'],
      undefined,
    ],
    [
      'a count larger than a frame may be',
      [`120 <13>${'x'.repeat(46)}`, 'x'.repeat(60), `${'y'.repeat(10)}5 <13>a`],
      [[`<13>${'x'.repeat(96)}`], '<13>a'],
      undefined,
    ],
    ['a line of exactly what a frame may be', ['x'.repeat(100), '\nb\n'], ['x'.repeat(100), 'b'], undefined],
  ])('are cut from %s', (_name, chunks, expected, rest) => {
    const { found, frames } = cut(chunks);
    expect(found).toEqual(expected);
    const left = frames.rest(true);
    expect(left && (left.truncated ? [String(left.bytes)] : String(left.bytes))).toEqual(rest);
  });

  it('of a stream that falls silent are given as they are, and flagged', () => {
    const { frames } = cut(['<13>begun and']);
    expect(frames.rest(false)).toMatchObject({ truncated: true });
    expect(frames.push(Buffer.from('next\n')).map(({ bytes }) => String(bytes))).toEqual(['next']);
  });

  it.each([1, 7, 1_460])('cost in proportion to their bytes, in chunks of %i', (size) => {
    const copiedOf = (bytes: number): number => {
      const frames = new Frames(1024 * 1024);
      const line = Buffer.alloc(bytes, 'x');
      for (let at = 0; at < bytes; at += size) frames.push(line.subarray(at, at + size));
      return frames.copied;
    };
    for (const bytes of [64_000, 128_000, 256_000]) expect(copiedOf(bytes)).toBeLessThan(3 * bytes);
  });

  it('hold no more than one frame, and give up one that never ends', () => {
    const frames = new Frames(1_000);
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    expect(frames.push(chunk)).toHaveLength(1);
    for (let at = 0; at < 62; at += 1) expect([frames.push(chunk), frames.bytes]).toEqual([[], 0]);
    expect(() => [1, 2, 3].map(() => frames.push(chunk))).toThrow(RangeError);
  });
});
