import type { Socket } from 'node:net';
import { CountLimit } from './count-limit.js';
import type { SyslogPorts } from './syslog-port.js';

/** A sender has this long to say who it is. */
const HANDSHAKE_MS = 10_000;
/** Of one port: they cost most before anything is known of the sender. */
const HANDSHAKES_AT_ONCE = 128;
/** Between the raw connection and the one that is encrypted, nothing else is the same. */
export const peerOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort}`;

/** Connections that say who they are, or do not. */
export class Handshakes {
  private readonly begun = new Map<string, { socket: Socket; at: number }>();
  private readonly limit = new CountLimit(HANDSHAKES_AT_ONCE);
  private failed = 0;
  private why = '';

  constructor(private readonly ports: Pick<SyslogPorts, 'now' | 'log'>) {}

  begin(socket: Socket): void {
    if (!this.limit.enter('*')) {
      socket.destroy();
      return this.fail('there were too many at once');
    }
    const peer = peerOf(socket);
    this.begun.set(peer, { socket, at: this.ports.now() });
    socket.once('close', () => this.end(peer));
  }

  end(peer: string): void {
    if (this.begun.delete(peer)) this.limit.leave('*');
  }

  fail(why: string): void {
    this.failed += 1;
    this.why = why;
  }

  sweep(where: object): void {
    for (const { socket, at } of this.begun.values()) if (this.ports.now() - at > HANDSHAKE_MS) socket.destroy();
    const { failed, why } = this;
    if (failed > 0) this.ports.log.warn({ ...where, failed, why }, 'syslog senders did not come in by TLS');
    this.failed = 0;
  }
}
