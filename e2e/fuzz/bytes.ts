import fc from 'fast-check';

/** A change of bytes: where (a share of the length), what, how much. */
interface Edit {
  at: number;
  kind: 'flip' | 'put' | 'cut' | 'double' | 'end' | 'swap';
  bytes: Uint8Array;
  length: number;
}

/** Bytes that mean much: long counts, negative counts, ends of blocks, zip and frame marks. */
const TELLING = [
  [0],
  [1],
  [0x7f],
  [0x80],
  [0xff],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0xfe, 0xff, 0xff, 0xff, 0x0f],
  [0x01, 0x02],
  [0x1f, 0x8b],
  [0xc0, 0x80],
].map((one) => Uint8Array.from(one));

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('flip', 'put', 'cut', 'double', 'end', 'swap'),
  bytes: fc.oneof(fc.constantFrom(...TELLING), fc.uint8Array({ minLength: 1, maxLength: 12 })),
  length: fc.integer({ min: 1, max: 40 }),
});
export const edits = fc.array(edit, { minLength: 1, maxLength: 6 });

const one = (value: Buffer, { at, kind, bytes, length }: Edit): Buffer => {
  const place = Math.min(value.length, Math.floor(at * (value.length + 1)));
  const [before, after] = [value.subarray(0, place), value.subarray(place)];
  switch (kind) {
    case 'flip':
      return Buffer.concat([before, after.subarray(0, 1).map((byte) => byte ^ (bytes[0] ?? 1)), after.subarray(1)]);
    case 'put':
      return Buffer.concat([before, bytes, after]);
    case 'swap':
      return Buffer.concat([before, bytes, after.subarray(bytes.length)]);
    case 'cut':
      return Buffer.concat([before, after.subarray(length)]);
    case 'double':
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 'end':
      return before;
  }
};

export const changedBytes = (value: Buffer, all: readonly Edit[]): Buffer => all.reduce(one, value);
/** The same for text, by its bytes: what is no UTF-8 any more becomes replacement characters. */
export const changedText = (text: string, all: readonly Edit[]): string =>
  changedBytes(Buffer.from(text), all).toString('utf8');
