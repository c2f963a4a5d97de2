import type { WrappedPart, WrapperProblem } from './wrapper.js';

const MOST_LAYERS = 5;
/** What comes out of the wrappers of one message. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_PIECES = 100_000;
/** What is said around pieces of one message, written once for each. */
const MOST_SAID = 16 * 1024 * 1024;

export const TOO_MUCH: WrapperProblem = {
  code: 'TOO_LARGE',
  sentence: `Of one message at most ${MOST_BYTES} bytes and ${MOST_PIECES} events are unwrapped.`,
};
/** What the wrappers of one message may still take, at one depth of them. */
export class Unwrapping {
  constructor(
    readonly layers = MOST_LAYERS,
    private readonly left = { bytes: MOST_BYTES, pieces: MOST_PIECES, said: MOST_SAID },
  ) {}

  /** Of what stands inside; somebody's own event is unwrapped no more. */
  inside(isCarrier: boolean | undefined): Unwrapping {
    return new Unwrapping(isCarrier ? this.layers - 1 : 0, this.left);
  }

  takes(bytes: number, pieces: number): boolean {
    this.left.bytes -= bytes;
    this.left.pieces -= pieces;
    return this.left.bytes >= 0 && this.left.pieces >= 0;
  }

  /** JSON of what is said once more around a piece; undefined, and not put together, where that is too much. */
  said({ said, own }: Pick<WrappedPart, 'said' | 'own'>): string | undefined {
    if (this.left.said <= 0) return undefined;
    const json = JSON.stringify({ ...said, ...own });
    this.left.said -= json.length;
    return json;
  }
}
