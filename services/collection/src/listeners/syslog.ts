import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { Frames, type Frame } from './frames.js';
import type { AppendedHow } from './ingest-records.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import type { ByteAllotment, ByteBudget } from './byte-budget.js';
import type { CountLimit } from './count-limit.js';

/** A frame whose rest does not come within this time is taken as it is, and flagged. */
const SILENT_MS = 30_000;
/** A connection on which nothing comes. Senders notice late that one was closed: it is long. */
const IDLE_MS = 60 * 60_000;
const PROBE_MS = 60_000;
/** What a datagram takes besides its bytes until Kafka has it: each is a record of its own. */
const RECORD_BYTES = 1_024;

/** A port is the credential: whatever arrives there belongs to this tenant and source. */
export interface SyslogPort {
  /** 0 for any free port. */
  port: number;
  transport: 'tcp' | 'udp';
  tenant: string;
  source: string;
}

export interface SyslogPorts {
  append(tenant: string, source: string, events: Buffer[], how?: Pick<AppendedHow, 'truncated'>): Promise<void>;
  bytes: ByteBudget;
  /** Connections, by tenant and, under '*', in all. */
  connections: { ofTenant: CountLimit; inAll: CountLimit };
  /** Any clock of ms that only counts up. */
  now(): number;
  log: { warn(fields: object, message: string): void };
}

/** A running syslog listener; `sweep` is to be called every second. */
export interface SyslogListener {
  port: number;
  sweep(): void;
  close(): Promise<void>;
}

/** One connection: what came and is no frame yet, and what waits for room. */
class SyslogConnection {
  private readonly frames = new Frames(MOST_APPENDED_BYTES);
  private readonly held: ByteAllotment;
  private waiting: Buffer | undefined;
  private heardAt: number;
  private busy = false;

  constructor(
    private readonly socket: Socket,
    private readonly at: SyslogPort,
    private readonly ports: SyslogPorts,
  ) {
    this.held = ports.bytes.allot(at.tenant);
    this.heardAt = ports.now();
    socket.setKeepAlive(true, PROBE_MS);
    socket.on('data', (chunk: Buffer) => this.hear(chunk));
    socket.on('end', () => this.end());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.held.leave());
  }

  /** What waits for room is tried again; silence has an end. */
  sweep(): void {
    if (this.busy) return;
    const silentMs = this.ports.now() - this.heardAt;
    if (silentMs > SILENT_MS && this.frames.bytes > 0) this.give([this.frames.rest(false)]);
    else if (this.waiting) this.hear(this.waiting);
    else if (silentMs > IDLE_MS) this.socket.end();
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

  private end(): void {
    this.give([this.frames.rest(true)]);
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
    const { tenant, source } = this.at;
    const bytesOf = (cut: boolean): Buffer[] =>
      frames.filter(({ truncated }) => truncated === cut).map(({ bytes }) => bytes);
    const [whole, cut] = [bytesOf(false), bytesOf(true)];
    return Promise.all([
      ...(whole.length > 0 ? [this.ports.append(tenant, source, whole)] : []),
      ...(cut.length > 0 ? [this.ports.append(tenant, source, cut, { truncated: true })] : []),
    ]);
  }

  private fail(error: unknown): void {
    const { tenant, source } = this.at;
    this.ports.log.warn({ err: error, tenant, source }, 'a syslog connection was closed');
    this.socket.destroy();
  }
}

const listenTcp = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<SyslogListener> =>
  new Promise((done, fail) => {
    const { ofTenant, inAll } = ports.connections;
    const lines = new Map<Socket, SyslogConnection>();
    let refused = 0;
    const server = createServer({ noDelay: true }, (socket) => {
      const inside = inAll.enter('*');
      if (!inside || !ofTenant.enter(at.tenant)) {
        refused += 1;
        if (inside) inAll.leave('*');
        socket.destroy();
        return;
      }
      lines.set(socket, new SyslogConnection(socket, at, ports));
      socket.on('close', () => {
        lines.delete(socket);
        inAll.leave('*');
        ofTenant.leave(at.tenant);
      });
    });
    server.once('error', fail).listen(at.port, host, () => {
      const address = server.address();
      done({
        port: typeof address === 'object' && address ? address.port : at.port,
        sweep: () => {
          for (const line of lines.values()) line.sweep();
          if (refused > 0)
            ports.log.warn(
              { tenant: at.tenant, source: at.source, refused },
              'syslog connections beyond the limit were closed',
            );
          refused = 0;
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of lines.keys()) socket.destroy();
          }),
      });
    });
  });

const listenUdp = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<SyslogListener> =>
  new Promise((done, fail) => {
    const socket = createSocket('udp4');
    let lost = 0;
    socket.on('message', (datagram) => {
      const held = ports.bytes.allot(at.tenant);
      if (datagram.length === 0) return;
      if (!held.take(datagram.length + RECORD_BYTES)) {
        lost += 1;
        return;
      }
      ports
        .append(at.tenant, at.source, [datagram])
        .catch(() => {
          lost += 1;
        })
        .finally(() => held.leave());
    });
    socket.once('error', fail).bind(at.port, host, () =>
      done({
        port: socket.address().port,
        sweep: () => {
          if (lost > 0)
            ports.log.warn(
              { tenant: at.tenant, source: at.source, lost },
              'syslog datagrams were lost: there was no room, or Kafka did not take them',
            );
          lost = 0;
        },
        close: () =>
          new Promise((closed) => {
            socket.close(() => closed());
          }),
      }),
    );
  });

/** Listens on one syslog port (RFC 5424 and 3164 alike: the header is the source's business). */
export const syslogListener = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<SyslogListener> =>
  at.transport === 'tcp' ? listenTcp(at, host, ports) : listenUdp(at, host, ports);
