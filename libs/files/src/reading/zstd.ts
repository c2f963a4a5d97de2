import { Decompress } from 'fzstd';
import xxhash, { type XXHash } from 'xxhash-wasm';
import { unpacked, type ByteStream } from './streams.js';
import { ZstdFrames } from './zstd-frames.js';

/** Given at once: what they unpack to is held, and a few bytes may say 128 KiB. */
const SLICE_BYTES = 512;
/** Each block costs as much as its window is long: files of blocks that hold next to nothing are none that anybody writes. */
const SMALL_BLOCK_BYTES = 1_024;
const MOST_SMALL_BLOCKS = 500;

/** Compares what frames unpacked to with the sums they tell: who unpacks them does not. */
class FrameSums {
  private readonly found: number[] = [];
  private hash: XXHash<bigint> | undefined;

  constructor(
    private readonly told: ZstdFrames['told'],
    private readonly begin: () => XXHash<bigint>,
  ) {}

  take(block: Uint8Array): void {
    this.hash ??= this.begin();
    this.hash.update(block);
    const end = this.told.blocks.shift();
    if (end === 'goes on') return;
    if (end === 'ends, summed') this.found.push(Number(BigInt.asUintN(32, this.hash.digest())));
    this.hash = undefined;
  }

  /** @throws Error for one that is another. */
  compare(): void {
    while (this.found.length > 0 && this.told.sums.length > 0)
      if (this.found.shift() !== this.told.sums.shift())
        throw new Error('its checksum is another, so what was read of it may be wrong');
  }

  /** @throws Error for one that is missing. */
  end(): void {
    if (this.found.length > 0) throw new Error('its checksum is missing');
  }
}

async function* unpackedFrames(packed: ByteStream): ByteStream & AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  let [small, large] = [0, 0];
  const frames = new ZstdFrames();
  const sums = new FrameSums(frames.told, (await xxhash()).create64);
  const decompress = new Decompress((block) => {
    sums.take(block);
    if (block.length < SMALL_BLOCK_BYTES) small += 1;
    else large += 1;
    if (small > MOST_SMALL_BLOCKS + large) throw new Error('it is of blocks that hold next to nothing');
    // The library goes on to write to what it told.
    if (block.length > 0) ready.push(Buffer.from(block));
  });
  for await (const chunk of packed)
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      try {
        const slice = chunk.subarray(at, at + SLICE_BYTES);
        frames.look(slice);
        // It keeps what it is given.
        decompress.push(Uint8Array.from(slice));
        sums.compare();
      } finally {
        yield* ready.splice(0);
      }
    }
  decompress.push(new Uint8Array(0), true);
  yield* ready.splice(0);
  sums.end();
}

/** What zstd packed, also several frames one behind the other; where it breaks off, what came before. */
export const unzstd = (packed: ByteStream): ByteStream => unpacked(packed, unpackedFrames);
