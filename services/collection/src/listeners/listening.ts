import type { Server } from 'node:net';

/** Listens. @returns the port, which may have been any free one. @throws Error of the system, such as EADDRINUSE. */
export const listening = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail).listen(port, host, () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });
