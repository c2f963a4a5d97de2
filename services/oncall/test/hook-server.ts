import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver was sent. */
export interface TakenHook {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface TestHookServer {
  /** http://127.0.0.1:<port> */
  origin: string;
  taken: TakenHook[];
  stop(): Promise<void>;
}

/** How it answers: by the first part of the path. */
const MANNERS: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  takes: (_request, response) => response.end('ok'),
  // Words with the address they were called at.
  refuses: ({ url }, response) => response.writeHead(410).end(`no_team ${url}`),
  escapes: ({ url = '' }, response) => response.writeHead(404).end(`no hook ${url.replaceAll('/', '\\/')}`),
  'tells-part': ({ url = '' }, response) => response.writeHead(404).end(`unknown token ${url.split('/').at(-1)}`),
  'tells-key': (_request, response) => response.writeHead(404).end(encodeURIComponent('a/key+that both=know')),
  broken: (_request, response) => response.writeHead(503).end('later'),
  redirects: (_request, response) => response.writeHead(302, { location: '/takes/elsewhere' }).end(),
  'closes-early': ({ socket }) => socket.destroy(),
  'stops-in-the-middle': ({ socket }, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('o');
    setImmediate(() => socket.destroy());
  },
  slow: () => undefined,
};

/** A real receiver of webhooks. */
export const startHookServer = async (): Promise<TestHookServer> => {
  const taken: TakenHook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      taken.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      MANNERS[path.split('/')[1] ?? '']?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
