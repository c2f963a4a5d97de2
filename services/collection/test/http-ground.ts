import type { AddressInfo } from 'node:net';
import { ByteBudget } from '../src/listeners/byte-budget.js';
import { httpListener, type HttpPorts } from '../src/listeners/http.js';

/** Tokens, and the sources that they permit; a partner of acme bears them. */
export const permits =
  (tokens: Record<string, string[]>): HttpPorts['verify'] =>
  async (token) =>
    tokens[token] && { tenant: 'acme', subject: 'partner', sources: tokens[token] };

/** What the listener appended. */
export interface TakenEvents {
  source: string;
  events: string[];
  enveloped?: boolean | undefined;
}

/** The HTTP listener on the loopback, without a broker. */
export const httpGround = async (overrides: Partial<HttpPorts> = {}) => {
  const appended: TakenEvents[] = [];
  const { server, sweep } = httpListener({
    verify: permits({ good: ['edr'] }),
    sourcesOf: () => ['edr', 'fw'],
    append: async (_tenant, source, events, { enveloped }) =>
      void appended.push({ source, events: events.map(String), enveloped }),
    mostBytes: 2_000_000,
    bytes: new ByteBudget(32_000_000),
    connections: { total: 200, ofAddress: 100 },
    now: () => 0,
    log: { warn: () => undefined },
    ...overrides,
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    appended,
    sweep,
    port,
    base: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
