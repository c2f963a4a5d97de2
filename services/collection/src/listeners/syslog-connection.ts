import type { Socket } from 'node:net';
import { Frames, type Frame } from './frames.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import type { ByteAllotment } from './byte-budget.js';
import type { SyslogOwner, SyslogPorts } from './syslog-port.js';

/** A frame whose rest does not come within this time is taken as it is, and flagged. */
const SILENT_MS = 30_000;
/** A connection on which nothing comes. Senders notice late that one was closed: it is long. */
const IDLE_MS = 60 * 60_000;
const PROBE_MS = 60_000;

/** One connection: what came and is no frame yet, and what waits for room. */
export class SyslogConnection {
  private readonly frames = new Frames(MOST_APPENDED_BYTES);
  private readonly held: ByteAllotment;
  private waiting: Buffer | undefined;
  private heardAt: number;
  private busy = false;

  constructor(
    private readonly socket: Socket,
    private readonly owner: SyslogOwner,
    private readonly ports: SyslogPorts,
  ) {
    this.held = ports.bytes.allot(owner.tenant, socket.remoteAddress ?? '');
    this.heardAt = ports.now();
    socket.setKeepAlive(true, PROBE_MS);
    socket.on('data', (chunk: Buffer) => this.hear(chunk));
    socket.on('end', () => this.end(true));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.leave());
  }

  /** What waits for room is tried again; silence has an end. */
  sweep(): void {
    if (this.busy) return;
    const silentMs = this.ports.now() - this.heardAt;
    if (silentMs > SILENT_MS && this.frames.bytes > 0) this.give([this.frames.rest(false)]);
    else if (this.waiting) this.hear(this.waiting);
    else if (silentMs > IDLE_MS) this.socket.end();
  }

  /** Says that no more is read soon: a sender that looks closes its side, and what is under way until then is heard. */
  bid(): void {
    this.socket.end();
  }

  private hear(chunk: Buffer): void {
    this.socket.pause();
    this.waiting = chunk;
    // Without room nothing is read: the sender waits, and nobody else does.
    if (!this.held.take(chunk.length)) return;
    this.waiting = undefined;
    this.heardAt = this.ports.now();
    try {
      this.give(this.frames.push(chunk));
    } catch (error) {
      this.fail(error);
    }
  }

  /** What waited for room when its sender left is taken: nobody sends it again. */
  private end(isWhole: boolean): void {
    const chunk = this.waiting;
    this.waiting = undefined;
    try {
      this.give([...(chunk ? this.frames.push(chunk) : []), this.frames.rest(isWhole)]);
    } catch (error) {
      this.fail(error);
    }
  }

  /** A connection that broke leaves a frame that had begun: it is taken, flagged. */
  private leave(): void {
    if (this.waiting || this.frames.bytes > 0) this.end(false);
    this.held.leave();
  }

  private give(found: (Frame | undefined)[]): void {
    this.busy = true;
    this.append(found.filter((frame) => frame !== undefined))
      .then(() => {
        this.busy = false;
        this.held.give(this.held.held - this.frames.bytes);
        if (!this.waiting) this.socket.resume();
      })
      .catch((error: unknown) => this.fail(error));
  }

  /** Holds no frame while Kafka is waited for: frames of a byte each weigh a hundred times what the room counts. */
  private append(frames: Frame[]): Promise<unknown> {
    const { tenant, source } = this.owner;
    const bytesOf = (cut: boolean): Buffer[] =>
      frames.filter(({ truncated }) => truncated === cut).map(({ bytes }) => bytes);
    const [whole, cut] = [bytesOf(false), bytesOf(true)];
    return Promise.all([
      ...(whole.length > 0 ? [this.ports.append(tenant, source, whole)] : []),
      ...(cut.length > 0 ? [this.ports.append(tenant, source, cut, { truncated: true })] : []),
    ]);
  }

  private fail(error: unknown): void {
    const { tenant, source } = this.owner;
    this.ports.log.warn({ err: error, tenant, source }, 'a syslog connection was closed');
    this.socket.destroy();
  }
}
