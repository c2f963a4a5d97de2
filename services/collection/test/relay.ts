import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What stands between a client and a listener, and may be cut. */
export interface ClientRelay {
  port: number;
  /** The next answer is lost with its connection: what was sent has arrived, and its sender cannot know. */
  loseNextAnswer(): void;
  /** Closed: connections end, and new ones are refused. */
  close(): Promise<void>;
  /** On the same port again. */
  open(): Promise<void>;
}

export const relayTo = async (target: number): Promise<ClientRelay> => {
  const sockets = new Set<Socket>();
  let loses = false;
  const join = (client: Socket): void => {
    const server = connect(target, '127.0.0.1');
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.pipe(server);
    server.on('data', (chunk) => {
      // HTTP/2 begins with settings of the server: the answer is what comes with headers, after something was sent.
      if (loses && client.bytesRead > 200) {
        loses = false;
        end();
      } else client.write(chunk);
    });
  };
  const listener = createServer(join);
  const listens = (port: number): Promise<void> =>
    new Promise((ready) => {
      listener.listen(port, '127.0.0.1', ready);
    });
  await listens(0);
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    loseNextAnswer: () => {
      loses = true;
    },
    close: () =>
      new Promise((closed) => {
        listener.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
    open: () => listens(port),
  };
};
