import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who waits for secrets on this machine, and counts what comes. */
export interface SecretListener {
  port: number;
  /** Each request with what it carried. */
  heard: string[];
  /** Connections, also those that said nothing. */
  calls(): number;
  stop(): Promise<void>;
}

export const startListener = async (): Promise<SecretListener> => {
  const heard: string[] = [];
  let calls = 0;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"x","expires_in":3600}');
    });
  });
  server.on('connection', () => {
    calls += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { port: (server.address() as AddressInfo).port, heard, calls: () => calls, stop };
};
