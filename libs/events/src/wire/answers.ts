import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

/** What is read at once; it is copied where it belongs before more is read. */
const READ_BYTES = 256 * 1024;
/** A broker answers a fetch with 20 MiB and one record at most: more is no answer. */
const MOST_BYTES = 512 * 1024 * 1024;
const LENGTH_BYTES = 4;

/** Puts answers together: each in memory of its own, once as long as it says. (The client keeps pieces and joins them.) */
export class Answers {
  private readonly length = Buffer.alloc(LENGTH_BYTES);
  private answer: Buffer | undefined;
  /** Bytes that are there, of the length or of the answer. */
  private there = 0;

  /** @param whole told of every answer, with its length before it. */
  constructor(private readonly whole: (answer: Buffer) => void) {}

  /** @throws RangeError when what follows is no answer. */
  take(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const into = this.answer ?? this.length;
      const copied = bytes.copy(into, this.there, at);
      at += copied;
      this.there += copied;
      if (this.there < into.length) return;
      if (this.answer) this.end(this.answer);
      else this.begin();
    }
  }

  private begin(): void {
    const bytes = this.length.readInt32BE(0);
    if (bytes < 0 || bytes > MOST_BYTES) throw new RangeError(`an answer of ${bytes} bytes`);
    const answer = Buffer.allocUnsafe(LENGTH_BYTES + bytes);
    this.length.copy(answer);
    if (bytes === 0) this.end(answer);
    else this.answer = answer;
  }

  private end(answer: Buffer): void {
    this.answer = undefined;
    this.there = 0;
    this.whole(answer);
  }
}

/** A connection whose data are whole answers. */
export const connectForAnswers = (
  { host, port, ssl }: { host: string; port: number; ssl?: ConnectionOptions },
  onConnect: () => void,
): Socket => {
  const answers = new Answers((answer) => socket.emit('data', answer));
  const callback: OnReadOpts['callback'] = (bytes, buffer) => {
    try {
      answers.take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
      return true;
    } catch (error) {
      socket.destroy(error as Error);
      return false;
    }
  };
  const onread = { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback };
  const socket: Socket = ssl
    ? connectTls({ ...ssl, host, port, onread } as ConnectionOptions, onConnect)
    : new Socket({ onread } as SocketConstructorOpts).connect({ host, port }, onConnect);
  return socket;
};
