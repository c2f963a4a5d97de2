import { createServer, type Server } from 'node:net';
import { randomInt } from 'node:crypto';

/** Below the systems' range for outgoing connections, so that none of those takes a port between choice and use. */
const RANGE = { from: 20_000, to: 32_000 } as const;

/** `count` ports of 127.0.0.1 nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(RANGE.from, RANGE.to);
    const server = await hold(port);
    if (!server) continue;
    held.push(server);
    ports.push(port);
  }
  await Promise.all(held.map(release));
  return ports;
}

/** As many ports as are asked for: those known that nobody took meanwhile, and another in the place of each of the rest. */
export async function portsLike(known: readonly (number | undefined)[]): Promise<number[]> {
  const held = await Promise.all(known.map((port) => (port ? hold(port) : undefined)));
  const others = await freePorts(held.filter((server) => !server).length);
  await Promise.all(held.map((server) => (server ? release(server) : undefined)));
  return held.map((server, index) => (server ? (known[index] ?? 0) : (others.shift() ?? 0)));
}

const hold = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });

const release = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
