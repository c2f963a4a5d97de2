/** How zstd frames what it packed (RFC 8878): what a frame asks for is looked at before anything is unpacked of it. */
import { FileProblem } from './streams.js';

/** What RFC 8878 recommends that decoders support. Every block may cost as much as the window is long. */
const MOST_WINDOW_BYTES = 8 * 1024 * 1024;
const [MAGIC, SKIPPABLE, SKIPPABLE_MASK] = [0xfd2fb528, 0x184d2a50, 0xfffffff0];
const [IS_SINGLE, HAS_SUM] = [0x20, 0x04];
const [DICTIONARY_BYTES, SIZE_BYTES] = [
  [0, 1, 2, 4],
  [0, 2, 4, 8],
];
/** A byte that stands for as many as the block says. */
const REPEATED = 1;

type Wanted = { bytes: number } | { skipped: number };

const windowOf = (descriptor: number): number => {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
};

/** Little-endian, of up to 8 bytes: the largest are as good as any that is too large. */
const numberIn = (bytes: Buffer): number => bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);

/** @throws FileProblem for a window that is too large. */
function* headerOf(): Generator<Wanted, { hasSum: boolean }, Buffer> {
  const [flags = 0] = yield { bytes: 1 };
  const isSingle = (flags & IS_SINGLE) !== 0;
  const [descriptor = 0] = isSingle ? [] : yield { bytes: 1 };
  yield { bytes: DICTIONARY_BYTES[flags & 3] ?? 0 };
  const size = yield { bytes: isSingle && flags >> 6 === 0 ? 1 : (SIZE_BYTES[flags >> 6] ?? 0) };
  // What is packed as one has a window as long as it is.
  const window = isSingle ? numberIn(size) + (size.length === 2 ? 256 : 0) : windowOf(descriptor);
  if (window > MOST_WINDOW_BYTES)
    throw new FileProblem(
      'WINDOW_TOO_LARGE',
      `is packed by zstd with a window of ${Math.ceil(window / 1024 ** 2)} MiB, and ${MOST_WINDOW_BYTES / 1024 ** 2} MiB at most are read: pack it again without --long or --ultra`,
    );
  return { hasSum: (flags & HAS_SUM) !== 0 };
}

/** What frames say of themselves: of each of their blocks whether it is the last, and the sums of all they hold. */
interface ToldOfFrames {
  blocks: ('goes on' | 'ends' | 'ends, summed')[];
  sums: number[];
}

function* framesOf(told: ToldOfFrames): Generator<Wanted, void, Buffer> {
  for (;;) {
    const magic = (yield { bytes: 4 }).readUInt32LE();
    if ((magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE) yield { skipped: (yield { bytes: 4 }).readUInt32LE() };
    // Who unpacks it says what is wrong.
    else if (magic !== MAGIC) return;
    else {
      const { hasSum } = yield* headerOf();
      for (let isLast = false; !isLast; ) {
        const block = (yield { bytes: 3 }).readUIntLE(0, 3);
        isLast = (block & 1) === 1;
        told.blocks.push(!isLast ? 'goes on' : hasSum ? 'ends, summed' : 'ends');
        yield { skipped: ((block >> 1) & 3) === REPEATED ? 1 : block >>> 3 };
      }
      if (hasSum) told.sums.push((yield { bytes: 4 }).readUInt32LE());
    }
  }
}

/** Looks at the frames of a stream as it comes, in parts of any size. */
export class ZstdFrames {
  /** Whoever looks takes out what is done with. */
  readonly told: ToldOfFrames = { blocks: [], sums: [] };
  private readonly frames = framesOf(this.told);
  private wanted = this.frames.next();
  private held = Buffer.alloc(0);
  private skipped = 0;

  /** @throws FileProblem for a frame that asks for too much. */
  look(chunk: Buffer): void {
    for (let here = 0; here < chunk.length && !this.wanted.done; ) {
      const { value } = this.wanted;
      const isSkipped = 'skipped' in value;
      const missing = isSkipped ? value.skipped - this.skipped : value.bytes - this.held.length;
      const taken = chunk.subarray(here, here + missing);
      here += taken.length;
      if (isSkipped) this.skipped += taken.length;
      else this.held = Buffer.concat([this.held, taken]);
      if (taken.length === missing) this.go();
    }
  }

  /** To what is wanted next that is not nothing. */
  private go(): void {
    do {
      this.wanted = this.frames.next(this.held);
      this.held = Buffer.alloc(0);
      this.skipped = 0;
    } while (
      !this.wanted.done &&
      ('skipped' in this.wanted.value ? this.wanted.value.skipped : this.wanted.value.bytes) === 0
    );
  }
}
