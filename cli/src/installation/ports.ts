import { SERVICES } from '#libs/terms';
import { areFree, freePorts } from '#stack';
import { standins } from '../../../tools/standins/src/index.js';
import { type Installation } from './saved-installation.js';

const PORTS = [...SERVICES, 'collection.http', 'gateway.http', ...standins.map(({ vendor }) => `standins.${vendor}`)];

/** The same addresses as last time, where they are free. */
export const givePorts = async (installation: Installation): Promise<void> => {
  const known = PORTS.flatMap((name) => installation.ports[name] ?? []);
  const ports = known.length === PORTS.length && (await areFree(known)) ? known : await freePorts(PORTS.length);
  PORTS.forEach((name, index) => {
    installation.ports[name] = ports[index] ?? 0;
  });
  const at = (name: string): string => `http://127.0.0.1:${installation.ports[name]}`;
  installation.urls = {
    analyst: `${at('gateway.http')}/analyst/graphql`,
    customer: `${at('gateway.http')}/customer/graphql`,
    gateway: at('gateway.http'),
    ingest: at('collection.http'),
    ...Object.fromEntries(standins.map(({ vendor }) => [vendor, at(`standins.${vendor}`)])),
  };
};
