import type { Server, Socket } from 'node:net';
import type { RefusedBy } from './connections.js';
import { SyslogConnection } from './syslog-connection.js';
import type { SyslogOwner, SyslogPorts } from './syslog-port.js';

/** Senders that see our end close theirs within this time, when a port is closed. */
const FAREWELL_MS = 2_000;

/** The connections of one port, bounded. */
export class SyslogLines {
  private readonly admitted = new Set<Socket>();
  private readonly open = new Map<Socket, SyslogConnection>();
  private refusals = 0;
  /** One of the addresses that had too many. */
  private crowded: string | undefined;

  /** @param where what a log says of the port. */
  constructor(
    private readonly where: object,
    private readonly ports: SyslogPorts,
  ) {}

  /** Closes the connection when there are too many in all, or from its address. @returns whether it may stay. */
  admit(socket: Socket): boolean {
    const { inAll, ofAddress } = this.ports.connections;
    const address = socket.remoteAddress;
    if (!ofAddress.enter(address)) {
      this.crowded = address;
      return this.refuse(socket, 'address');
    }
    if (!inAll.enter('*')) {
      ofAddress.leave(address);
      return this.refuse(socket, 'total');
    }
    this.admitted.add(socket);
    socket.once('close', () => {
      this.admitted.delete(socket);
      ofAddress.leave(address);
      inAll.leave('*');
    });
    return true;
  }

  /** Hears the connection, whose owner is known now; closes it when he has too many. */
  hear(socket: Socket, owner: SyslogOwner): void {
    const { ofTenant } = this.ports.connections;
    if (!ofTenant.enter(owner.tenant)) return void this.refuse(socket, 'tenant');
    this.open.set(socket, new SyslogConnection(socket, owner, this.ports));
    socket.once('close', () => {
      this.open.delete(socket);
      ofTenant.leave(owner.tenant);
    });
  }

  sweep(): void {
    for (const line of this.open.values()) line.sweep();
    const { refusals: refused, crowded } = this;
    if (refused > 0)
      this.ports.log.warn({ ...this.where, refused, crowded }, 'syslog connections beyond the limit were closed');
    [this.refusals, this.crowded] = [0, undefined];
  }

  /** Takes no more connections, and ends those there are: who sends just now is heard to his end. */
  close(server: Server): Promise<void> {
    return new Promise((closed) => {
      const cut = setTimeout(() => {
        // A reset is noticed before the next write; the end of a stream is not, over TLS, until something was lost.
        for (const socket of this.admitted) socket.resetAndDestroy();
      }, FAREWELL_MS);
      server.close(() => {
        clearTimeout(cut);
        closed();
      });
      for (const line of this.open.values()) line.bid();
    });
  }

  private refuse(socket: Socket, why: RefusedBy): false {
    this.refusals += 1;
    this.ports.refused?.(why);
    socket.destroy();
    return false;
  }
}
