import type { Socket } from 'node:net';
import type { SyslogPorts } from './syslog-port.js';

/** A sender has this long to say who it is. */
const HANDSHAKE_MS = 10_000;
/** Of one port: they cost most before anything is known of the sender. */
const HANDSHAKES_AT_ONCE = 128;
/** Between the raw connection and the one that is encrypted, nothing else is the same. */
export const peerOf = (socket: Socket): string => `${socket.remoteAddress} ${socket.remotePort}`;

/** Connections that say who they are, or do not. */
export class Handshakes {
  private readonly begun = new Map<string, { socket: Socket; at: number; address: string | undefined }>();
  private failed = 0;
  private why = '';

  constructor(private readonly ports: Pick<SyslogPorts, 'now' | 'log' | 'connections' | 'refused'>) {}

  begin(socket: Socket): void {
    const address = socket.remoteAddress;
    if (this.begun.size >= HANDSHAKES_AT_ONCE || !this.ports.connections.handshakes.enter(address)) {
      socket.destroy();
      this.ports.refused?.('handshakes');
      const whose = this.begun.size >= HANDSHAKES_AT_ONCE ? '' : ` of the address ${address}`;
      return this.fail(`there were too many at once${whose}`);
    }
    const peer = peerOf(socket);
    this.begun.set(peer, { socket, at: this.ports.now(), address });
    socket.once('close', () => this.end(peer));
  }

  end(peer: string): void {
    const known = this.begun.get(peer);
    if (!known) return;
    this.begun.delete(peer);
    this.ports.connections.handshakes.leave(known.address);
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
