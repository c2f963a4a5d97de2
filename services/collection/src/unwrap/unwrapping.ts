import type { WrapperProblem } from './wrapper.js';

const MOST_LAYERS = 5;
/** What comes out of the wrappers of one message. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_PIECES = 100_000;
/** Of events that are parsed while a message is taken apart, and kept until they are read. */
const MOST_PARSED_BYTES = 1024 * 1024;

export const TOO_MUCH: WrapperProblem = {
  code: 'TOO_LARGE',
  sentence: `Of one message at most ${MOST_BYTES} bytes and ${MOST_PIECES} events are unwrapped.`,
};
/** What the wrappers of one message may still take, at one depth of them. */
export class Unwrapping {
  constructor(
    readonly layers = MOST_LAYERS,
    private readonly left = { bytes: MOST_BYTES, pieces: MOST_PIECES, parsed: MOST_PARSED_BYTES },
    /** It stands in a text, which anybody may have written: nobody in it is believed when and where something happened. */
    readonly isText = false,
  ) {}

  /** Of what stands inside; somebody's own event is unwrapped no more. */
  inside(isCarrier: boolean | undefined): Unwrapping {
    return new Unwrapping(isCarrier ? this.layers - 1 : 0, this.left, this.isText);
  }

  /** The same of a text. */
  ofText(): Unwrapping {
    return this.isText ? this : new Unwrapping(this.layers, this.left, true);
  }

  /** Whether what so many bytes say may be kept until it is read. */
  parses(bytes: number): boolean {
    if (bytes > this.left.parsed) return false;
    this.left.parsed -= bytes;
    return true;
  }

  takes(bytes: number, pieces: number): boolean {
    this.left.bytes -= bytes;
    this.left.pieces -= pieces;
    return this.left.bytes >= 0 && this.left.pieces >= 0;
  }
}
