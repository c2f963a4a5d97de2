import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { MOST_EVENT_BYTES } from '../normaliser/message.js';

const NEWLINE = 0x0a;
const BLANK = 0x20;

/** A port is the credential: whatever arrives there belongs to this tenant and source. */
export interface SyslogPort {
  /** 0 for any free port. */
  port: number;
  transport: 'tcp' | 'udp';
  tenant: string;
  source: string;
}

export interface SyslogPorts {
  append(tenant: string, source: string, events: Buffer[]): Promise<void>;
  log: { warn(fields: object, message: string): void };
}

/** Frames cut from a stream and what is left of it. */
export interface Cut {
  frames: Buffer[];
  rest: Buffer;
}

/**
 * Cuts a syslog stream: octet counting (`LEN SP MESSAGE`, RFC 6587) or a line each, frame by frame.
 * @throws RangeError when a frame is larger than an event may be.
 */
export const cutFrames = (bytes: Buffer): Cut => {
  const frames: Buffer[] = [];
  let here = 0;
  while (here < bytes.length) {
    const end = frameEnd(bytes, here);
    if (end === undefined) break;
    const frame = bytes.subarray(end.from, end.to);
    if (frame.length > 0) frames.push(frame);
    here = end.next;
  }
  const rest = bytes.subarray(here);
  if (rest.length > MOST_EVENT_BYTES || frames.some(({ length }) => length > MOST_EVENT_BYTES)) throw new RangeError('a syslog frame is too large');
  return { frames, rest };
};

interface Ends {
  from: number;
  to: number;
  next: number;
}

const frameEnd = (bytes: Buffer, from: number): Ends | undefined => {
  const counted = octets(bytes, from);
  if (counted) return counted.to <= bytes.length ? counted : undefined;
  const newline = bytes.indexOf(NEWLINE, from);
  if (newline === -1) return undefined;
  return { from, to: bytes[newline - 1] === 0x0d && newline > from ? newline - 1 : newline, next: newline + 1 };
};

const octets = (bytes: Buffer, from: number): Ends | undefined => {
  const blank = bytes.subarray(from, from + 9).indexOf(BLANK);
  if (blank < 1) return undefined;
  const digits = bytes.toString('latin1', from, from + blank);
  if (!/^[1-9]\d*$/.test(digits)) return undefined;
  const start = from + blank + 1;
  return { from: start, to: start + Number(digits), next: start + Number(digits) };
};

const serve = (socket: Socket, { tenant, source }: SyslogPort, ports: SyslogPorts): void => {
  let rest: Buffer = Buffer.alloc(0);
  const give = async (chunk: Buffer): Promise<void> => {
    const cut = cutFrames(Buffer.concat([rest, chunk]));
    rest = cut.rest;
    if (cut.frames.length > 0) await ports.append(tenant, source, cut.frames);
  };
  const failed = (error: unknown): void => {
    ports.log.warn({ err: error, tenant, source }, 'a syslog connection was closed');
    socket.destroy();
  };
  socket.on('data', (chunk: Buffer) => {
    socket.pause();
    give(chunk).then(() => socket.resume(), failed);
  });
  socket.on('end', () => {
    if (rest.length > 0) ports.append(tenant, source, [rest]).catch(failed);
  });
  socket.on('error', () => socket.destroy());
};

/** A running syslog listener. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

const listenTcp = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<Listening> =>
  new Promise((done, fail) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('close', () => sockets.delete(socket)));
      serve(socket, at, ports);
    });
    server.once('error', fail).listen(at.port, host, () => {
      const address = server.address();
      done({
        port: typeof address === 'object' && address ? address.port : at.port,
        close: () => new Promise((closed) => {
          server.close(() => closed());
          for (const socket of sockets) socket.destroy();
        }),
      });
    });
  });

const listenUdp = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<Listening> =>
  new Promise((done, fail) => {
    const socket = createSocket('udp4');
    socket.on('message', (datagram) => {
      ports.append(at.tenant, at.source, [datagram]).catch((error: unknown) =>
        ports.log.warn({ err: error, tenant: at.tenant, source: at.source }, 'a syslog datagram was lost'));
    });
    socket.once('error', fail).bind(at.port, host, () =>
      done({ port: socket.address().port, close: () => new Promise((closed) => { socket.close(() => closed()); }) }));
  });

/** Listens on one syslog port (RFC 5424 and 3164 alike: the header is the source's business). */
export const syslogListener = (at: SyslogPort, host: string, ports: SyslogPorts): Promise<Listening> =>
  at.transport === 'tcp' ? listenTcp(at, host, ports) : listenUdp(at, host, ports);
