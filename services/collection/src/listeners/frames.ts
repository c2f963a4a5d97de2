import { indexIn } from '../sources/json-scan.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NUL = 0;
const BLANK = 0x20;
const [PRIORITY, OPEN_OBJECT, MARK] = [0x3c, 0x7b, 0xef];
const NOTHING = Buffer.alloc(0);
/** Digits of an octet count. */
const MOST_DIGITS = 7;
/** What is dropped of one frame behind its bound before the connection is given up. */
const MOST_SKIPPED = 64 * 1024 * 1024;

export interface Frame {
  bytes: Buffer;
  /** It was longer than a frame may be, or ended before its time: these are its first bytes. */
  truncated: boolean;
}

type FrameState =
  /** Too few bytes yet to say whether a count or a line begins. */
  | { is: 'beginning' }
  | { is: 'line' }
  | { is: 'counted'; left: number; skip: number }
  | { is: 'skipping'; left: number };

/**
 * Whether a frame that is counted begins here: with the priority of RFC 5424 and 3164, JSON, or a byte order mark;
 * undefined when more bytes are needed to say.
 */
const beginsFrame = (bytes: Buffer, at: number): boolean | undefined => {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first === OPEN_OBJECT || first === MARK) return true;
  if (first !== undefined && first !== PRIORITY) return false;
  return second === undefined ? undefined : second >= 0x30 && second <= 0x39;
};

/**
 * Index of the blank behind an octet count at `from`; -1 where there is none, undefined when more bytes are needed to
 * say. A line may begin with a number, too: behind a count stands what a frame begins with.
 */
const countEnd = (bytes: Buffer, from: number): number | undefined => {
  for (let at = from; at <= from + MOST_DIGITS; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    if (byte === BLANK && at > from) {
      const begins = beginsFrame(bytes, at + 1);
      return begins === undefined ? undefined : begins ? at : -1;
    }
    if (byte < (at === from ? 0x31 : 0x30) || byte > 0x39) return -1;
  }
  return -1;
};

/** Bytes put one behind the other; room for them doubles, so that each is copied twice at most on the average. */
class ChunksHeld {
  private store = NOTHING;
  length = 0;
  /** Bytes copied so far: that they stay in proportion to what came is what makes this linear. */
  copied = 0;

  add(bytes: Buffer): void {
    const needed = this.length + bytes.length;
    if (needed > this.store.length) {
      const larger = Buffer.allocUnsafe(Math.max(256, needed, 2 * this.store.length));
      this.copied += this.store.copy(larger, 0, 0, this.length);
      this.store = larger;
    }
    this.copied += bytes.copy(this.store, this.length);
    this.length = needed;
  }

  /** All of it; then it is empty. */
  take(): Buffer {
    const taken = this.store.subarray(0, this.length);
    this.store = NOTHING;
    this.length = 0;
    return taken;
  }
}

/**
 * Puts syslog frames together as a stream comes: octet counting (`LEN SP MESSAGE`, RFC 6587) or a line each, which
 * ends at a line break or NUL. Which of both a frame is, is told frame by frame.
 * Each byte is looked at once. A longer frame is cut, flagged, and its rest dropped.
 */
export class Frames {
  private state: FrameState = { is: 'beginning' };
  private readonly held = new ChunksHeld();
  private skipped = 0;
  private found: Frame[] = [];
  /** The next NUL and line break of the chunk at hand: each byte is looked for them once. */
  private nul = -1;
  private newline = -1;

  /** @param most bytes of a frame. */
  constructor(private readonly most: number) {}

  /** Bytes of the frame that has begun. */
  get bytes(): number {
    return this.held.length;
  }

  get copied(): number {
    return this.held.copied;
  }

  /** @returns the frames that are whole now. @throws RangeError when one goes on for ever. */
  push(chunk: Buffer): Frame[] {
    const bytes =
      this.state.is === 'beginning' && this.held.length > 0 ? Buffer.concat([this.held.take(), chunk]) : chunk;
    this.nul = -1;
    this.newline = -1;
    for (let here = 0; here < bytes.length; ) here = this.step(bytes, here);
    return this.found.splice(0);
  }

  /**
   * The frame that has begun, when no more comes; what follows begins anew.
   * @param ended whether the stream is over: then a line without its end is whole.
   */
  rest(ended: boolean): Frame | undefined {
    const isWhole = ended && this.state.is !== 'counted';
    if (this.held.length === 0) return undefined;
    this.state = { is: 'beginning' };
    this.emit(this.held.take(), !isWhole);
    return this.found.pop();
  }

  private step(bytes: Buffer, here: number): number {
    switch (this.state.is) {
      case 'beginning':
        return this.begin(bytes, here);
      case 'line':
        return this.line(bytes, here);
      case 'counted':
        return this.counted(bytes, here, this.state);
      case 'skipping':
        return this.skip(bytes, here, this.state);
    }
  }

  private begin(bytes: Buffer, here: number): number {
    const end = countEnd(bytes, here);
    if (end === undefined) {
      this.held.add(bytes.subarray(here));
      return bytes.length;
    }
    if (end === -1) {
      this.state = { is: 'line' };
      return here;
    }
    const length = Number(bytes.toString('latin1', here, end));
    this.state = { is: 'counted', left: Math.min(length, this.most), skip: Math.max(0, length - this.most) };
    return end + 1;
  }

  private line(bytes: Buffer, here: number): number {
    const newline = this.trailer(bytes, here);
    const end = newline === -1 ? bytes.length : newline;
    const room = this.most - this.held.length;
    if (end - here > room) {
      this.emit(this.with(bytes.subarray(here, here + room)), true);
      this.state = { is: 'skipping', left: Infinity };
      return here + room;
    }
    if (newline === -1) {
      this.held.add(bytes.subarray(here, end));
      return end;
    }
    const line = this.with(bytes.subarray(here, end));
    this.emit(line.at(-1) === RETURN ? line.subarray(0, -1) : line, false);
    this.state = { is: 'beginning' };
    return newline + 1;
  }

  private counted(bytes: Buffer, here: number, state: FrameState & { is: 'counted' }): number {
    const end = Math.min(bytes.length, here + state.left);
    state.left -= end - here;
    if (state.left > 0) {
      this.held.add(bytes.subarray(here, end));
      return end;
    }
    this.emit(this.with(bytes.subarray(here, end)), state.skip > 0);
    this.state = state.skip > 0 ? { is: 'skipping', left: state.skip } : { is: 'beginning' };
    return end;
  }

  /** Of a line: to its end. Of a counted frame: so many bytes. */
  private skip(bytes: Buffer, here: number, state: FrameState & { is: 'skipping' }): number {
    const newline = state.left === Infinity ? this.trailer(bytes, here) : -1;
    const end = newline === -1 ? Math.min(bytes.length, here + state.left) : newline + 1;
    this.skipped += end - here;
    if (this.skipped > MOST_SKIPPED) throw new RangeError('a syslog frame does not end');
    state.left -= end - here;
    if (newline === -1 && state.left > 0) return end;
    this.skipped = 0;
    this.state = { is: 'beginning' };
    return end;
  }

  /** Index of what ends a line: a line break, or the NUL that some senders write; -1 for none. */
  private trailer(bytes: Buffer, here: number): number {
    if (this.nul < here) this.nul = indexIn(bytes, NUL, here);
    if (this.newline < here) this.newline = indexIn(bytes, NEWLINE, here);
    const end = Math.min(this.newline, this.nul);
    return end === Infinity ? -1 : end;
  }

  /** What is held and this behind it; a frame that came whole is not copied. */
  private with(bytes: Buffer): Buffer {
    if (this.held.length === 0) return bytes;
    this.held.add(bytes);
    return this.held.take();
  }

  private emit(bytes: Buffer, truncated: boolean): void {
    if (bytes.length > 0) this.found.push({ bytes, truncated });
  }
}
