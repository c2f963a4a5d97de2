import { SERVICES } from '#libs/terms';
import { portsLike } from '#stack';
import { standins } from '../../../tools/standins/src/index.js';
import { type Installation } from './saved-installation.js';

const PORTS = [
  ...SERVICES,
  'collection.http',
  'collection.grpc',
  'gateway.http',
  ...standins.map(({ vendor }) => `standins.${vendor}`),
];

/** The same addresses as last time. Where another took one meanwhile that is told, and that one alone moves. */
export const givePorts = async (installation: Installation, say: (line: string) => void): Promise<void> => {
  const known = PORTS.map((name) => installation.ports[name]);
  const ports = await portsLike(known);
  PORTS.forEach((name, index) => {
    const [before, now] = [known[index], ports[index] ?? 0];
    if (before && before !== now) say(`port ${before} of ${name} is taken by another program: it is ${now} now`);
    installation.ports[name] = now;
  });
  const at = (name: string): string => `http://127.0.0.1:${installation.ports[name]}`;
  installation.urls = {
    analyst: `${at('gateway.http')}/analyst/graphql`,
    customer: `${at('gateway.http')}/customer/graphql`,
    gateway: at('gateway.http'),
    ingest: at('collection.http'),
    otlpGrpc: at('collection.grpc'),
    ...Object.fromEntries(standins.map(({ vendor }) => [vendor, at(`standins.${vendor}`)])),
  };
};
