import { connect, type AddressInfo, type Socket } from 'node:net';
import { httpListener } from '../../services/collection/src/listeners/http.js';
import { ByteBudget } from '../../services/collection/src/listeners/byte-budget.js';

const KIB = 1024;

/** A listener of collection's, with little room, for attacks on it. A token is the name of its tenant. */
export interface ListenerUnderAttack {
  clock: { ms: number };
  sweep(): void;
  /** Requests whose token was verified so far. */
  verified(): number;
  /** @returns the status. */
  post(tenant: string, body: string): Promise<number>;
  /** A request that announces `announced` bytes and sends only some. */
  begin(tenant: string, announced: number, sent: string): Promise<Socket>;
}

const head = (tenant: string, announced: number): string =>
  [
    'POST /v1/ingest/edr HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${tenant}`,
    `Content-Length: ${announced}`,
    '',
    '',
  ].join('\r\n');

/** Runs an attack beside a listener, and ends both. */
export const besideListener = async <T>(attack: (listening: ListenerUnderAttack) => Promise<T>): Promise<T> => {
  const clock = { ms: 0 };
  const sockets: Socket[] = [];
  let verified = 0;
  const { server, sweep } = httpListener({
    verify: async (tenant) => {
      verified += 1;
      return { tenant, subject: tenant, sources: ['edr'] };
    },
    sourcesOf: () => ['edr'],
    append: async () => undefined,
    now: () => clock.ms,
    log: { warn: () => undefined },
    mostBytes: 512 * KIB,
    bytes: new ByteBudget(1024 * KIB),
    connections: { total: 400, ofAddress: 400 },
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  try {
    return await attack({
      clock,
      sweep,
      verified: () => verified,
      post: async (tenant, body) =>
        (
          await fetch(`http://127.0.0.1:${port}/v1/ingest/edr`, {
            method: 'POST',
            body,
            headers: { authorization: `Bearer ${tenant}` },
          })
        ).status,
      begin: (tenant, announced, sent) =>
        new Promise((ready) => {
          const socket = connect(port, '127.0.0.1');
          sockets.push(socket.on('error', () => undefined));
          socket.write(head(tenant, announced) + sent, () => ready(socket));
        }),
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  }
};
