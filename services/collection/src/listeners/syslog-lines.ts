import type { Server, Socket } from 'node:net';
import { SyslogConnection } from './syslog-connection.js';
import type { SyslogOwner, SyslogPorts } from './syslog-port.js';

/** Senders that see our end close theirs within this time, when a port is closed. */
const FAREWELL_MS = 2_000;

/** The connections of one port, bounded. */
export class SyslogLines {
  private readonly admitted = new Set<Socket>();
  private readonly open = new Map<Socket, SyslogConnection>();
  private refusals = 0;

  /** @param where what a log says of the port. */
  constructor(
    private readonly where: object,
    private readonly ports: SyslogPorts,
  ) {}

  /** Closes the connection when there are too many in all. @returns whether it may stay. */
  admit(socket: Socket): boolean {
    const { inAll } = this.ports.connections;
    if (!inAll.enter('*')) return this.refuse(socket);
    this.admitted.add(socket);
    socket.once('close', () => {
      this.admitted.delete(socket);
      inAll.leave('*');
    });
    return true;
  }

  /** Hears the connection, whose owner is known now; closes it when he has too many. */
  hear(socket: Socket, owner: SyslogOwner): void {
    const { ofTenant } = this.ports.connections;
    if (!ofTenant.enter(owner.tenant)) return void this.refuse(socket);
    this.open.set(socket, new SyslogConnection(socket, owner, this.ports));
    socket.once('close', () => {
      this.open.delete(socket);
      ofTenant.leave(owner.tenant);
    });
  }

  sweep(): void {
    for (const line of this.open.values()) line.sweep();
    const refused = this.refusals;
    if (refused > 0) this.ports.log.warn({ ...this.where, refused }, 'syslog connections beyond the limit were closed');
    this.refusals = 0;
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

  private refuse(socket: Socket): false {
    this.refusals += 1;
    socket.destroy();
    return false;
  }
}
