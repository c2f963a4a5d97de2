import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the store that can be cut, or lose an answer on the way back. */
export interface Proxy {
  url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): void;
  mend(): void;
  /** The answer to the next message that holds this text is lost, and its connection with it. */
  loseAnswerTo(text: string): void;
  lost(): number;
  close(): Promise<void>;
}

/** @param mongoUrl of a store that can be reached directly. */
export const proxyOf = async (mongoUrl: string): Promise<Proxy> => {
  const target = new URL(mongoUrl);
  const there = { port: Number(target.port), host: target.hostname };
  const open = new Set<Socket>();
  let up = true;
  let losing: string | undefined;
  let lost = 0;
  const server = createServer((inner) => {
    if (!up) return void inner.destroy();
    const outer = connect(there);
    for (const socket of [inner, outer]) {
      open.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(socket);
          inner.destroy();
          outer.destroy();
        });
    }
    let doomed = false;
    inner.on('data', (data) => {
      if (losing !== undefined && data.includes(losing)) {
        losing = undefined;
        doomed = true;
      }
      outer.write(data);
    });
    outer.on('data', (data) => {
      if (!doomed) return void inner.write(data);
      lost += 1;
      inner.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  target.host = `127.0.0.1:${port}`;
  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: target.toString(),
    cut: () => {
      up = false;
      breakAll();
    },
    mend: () => {
      up = true;
    },
    loseAnswerTo: (text) => {
      losing = text;
    },
    lost: () => lost,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
};
