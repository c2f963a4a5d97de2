import type { Server, Socket } from 'node:net';
import { AddressLimit } from './addresses.js';

const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
const KEEP_ALIVE_MS = 15_000;
const CHECK_MS = 2_000;

/** Headers of a request. */
export const MOST_HEADERS = 100;

/** Settings of a server of node:http that bound what a connection may cost before anything is known of it. */
export const SERVER_OPTIONS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: HEADERS_MS,
  requestTimeout: REQUEST_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: CHECK_MS,
} as const;

export interface MostConnections {
  /** In all. */
  total: number;
  /** From one address, and of IPv6 somewhat more from a network; behind a proxy, all come from one. */
  ofAddress: number;
  /** Hears of each that is closed because there are too many. */
  refused?(why: RefusedBy): void;
}

/** Which bound a connection is beyond. */
export type RefusedBy = 'total' | 'address' | 'tenant' | 'handshakes';

/** Bounds the connections of a server: those beyond are closed at once. */
export const boundConnections = (server: Server, { total, ofAddress, refused }: MostConnections): void => {
  const addresses = new AddressLimit(ofAddress);
  let open = 0;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    const inside = addresses.enter(address);
    open += 1;
    socket.once('close', () => {
      open -= 1;
      if (inside) addresses.leave(address);
    });
    if (inside && open <= total) return;
    refused?.(inside ? 'total' : 'address');
    socket.destroy();
  });
};
