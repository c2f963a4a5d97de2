import type { Expression } from '../../rule/expression.js';
import { EventView } from '../../evaluate/event-view.js';
import { lower } from '../../evaluate/text.js';
import { builtIn } from '../../sources/index.js';
import { ImageKernel } from './image-kernel.js';
import { LAST_GENERATION } from './layout.js';
import type { KernelMachine } from './machine.js';
import type { Runnable } from './rule-partitions.js';
import type { SavedImage } from './saved-image.js';

const text = (field: string, value: string): Expression => ({
  kind: 'test',
  selection: 's',
  field,
  test: { kind: 'pattern', pattern: [value], folding: { cased: false, dashes: false } },
});
const kernelOver = (rules: readonly Runnable[], saved?: SavedImage): ImageKernel =>
  new ImageKernel(rules, () => rules, new EventView(), builtIn, undefined, saved);
const matched = (kernel: ImageKernel, event: object): number[] | undefined =>
  kernel.match({ logsource: 'windows', native: Buffer.from(JSON.stringify(event)) });

describe('the kernel in WebAssembly', () => {
  it('folds every character there is as the plain evaluator does', () => {
    const blocks = [...Array(0x110000 / 256).keys()]
      .map((block) =>
        String.fromCodePoint(
          ...[...Array(256).keys()]
            .map((code) => 256 * block + code)
            .filter((code) => code >= 32 && (code < 0xd800 || code > 0xdfff)),
        ),
      )
      .filter((block) => block !== '');
    const rules = blocks.map((block, place): Runnable => ({ place, condition: text('a', lower(block)) }));
    const kernel = kernelOver(rules);
    for (const [place, block] of blocks.entries()) expect(matched(kernel, { a: block })).toEqual([place]);
  });

  it('takes up what another one laid out', () => {
    const rules: Runnable[] = [
      { place: 3, condition: text('Image', 'x.exe') },
      {
        place: 5,
        condition: { kind: 'test', selection: 's', field: 'Image', test: { kind: 'regex', source: '^x', flags: 'i' } },
      },
    ];
    const first = kernelOver(rules);
    expect(matched(first, { Image: 'X.exe' })).toEqual([3, 5]);
    const { bytes, stamps, ...plain } = first.save();
    const second = kernelOver(rules, {
      bytes,
      stamps,
      ...(JSON.parse(JSON.stringify(plain)) as Omit<SavedImage, 'bytes' | 'stamps'>),
    });
    expect(matched(second, { Image: 'X.exe' })).toEqual([3, 5]);
    expect(matched(second, { Image: 'X.com' })).toEqual([5]);
    expect(second.save().bytes.length).toBeLessThan(2 * bytes.length + 40_000);
  });

  it('leaves what is saved in another form', () => {
    const rules: Runnable[] = [{ place: 0, condition: text('a', 'x') }];
    expect(
      matched(
        kernelOver(rules, {
          form: 'another',
          generation: 0,
          fields: [],
          bytes: new Uint8Array(9),
          stamps: new Int32Array(0),
          partitions: [],
        }),
        { a: 'x' },
      ),
    ).toEqual([0]);
  });

  it('begins anew when event numbers are used up', () => {
    const kernel = kernelOver([
      { place: 0, condition: text('a', 'x') },
      { place: 1, condition: { kind: 'not', of: text('b', 'y') } },
    ]);
    expect(matched(kernel, { a: 'x', b: 'y' })).toEqual([0]);
    (Reflect.get(kernel, 'machine') as KernelMachine).setGeneration(LAST_GENERATION - 2);
    for (const event of [{ a: 'x' }, { a: 'z', b: 'y' }, { b: 'y' }, { a: 'x', b: 'y' }, {}]) {
      expect(matched(kernel, event)).toEqual([
        ...('a' in event && event.a === 'x' ? [0] : []),
        ...('b' in event ? [] : [1]),
      ]);
    }
    expect((Reflect.get(kernel, 'machine') as KernelMachine).now()).toBeLessThan(10);
  });

  it('leaves lines beyond its bounds to the plain evaluator', () =>
    expect(matched(kernelOver([{ place: 0, condition: text('a', 'x') }]), { a: 'x'.repeat(2 << 20) })).toBeUndefined());

  it('reads texts as long as its line', () => {
    const kernel = kernelOver([
      {
        place: 0,
        condition: {
          kind: 'test',
          selection: 's',
          field: 'a',
          test: { kind: 'pattern', pattern: [{ wildcard: '*' }, 'needle'], folding: { cased: false, dashes: false } },
        },
      },
    ]);
    for (const length of [0, 1, 2, 15, 16, 17, 31, 32, 33, 600_000]) {
      expect(matched(kernel, { a: `${'\\'.repeat(length / 2)}${'x'.repeat(length / 2)}NEEDLE` })).toEqual([0]);
      expect(matched(kernel, { a: `${'x'.repeat(length)}NEEDLES` })).toEqual([]);
    }
  });
});
