import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '#libs/terms';
import type { TestInstallation } from '../support/installation.js';
import { collectionSurfaces } from './collections.js';
import { lakeSurfaces, logSurfaces } from './folders.js';
import { reportSurfaces, routeSurfaces } from './exports.js';
import { graphqlSurfaces, type PortalUrls } from './portals.js';
import { probeSurfaces } from './probes.js';
import type { Cast } from './cast.js';
import type { SearchedSurface } from './surface.js';
import { kafkaSurfaces, listedLetters } from './topics.js';

/** Everything that nobody but its owner may read: passwords, private keys, tokens, what connectors sign in with. */
export const secretsOf = ({ up: { installation, stack } }: TestInstallation, casts: readonly Cast[]): string[] => {
  const connectors = Object.values(
    JSON.parse(readFileSync(join(installation.dir, 'secrets.json'), 'utf8')) as Record<string, unknown>,
  );
  const deep = (value: unknown): string[] => {
    if (typeof value !== 'string')
      return typeof value === 'object' && value !== null ? Object.values(value).flatMap(deep) : [];
    return value.startsWith('{') ? deep(JSON.parse(value)) : [value];
  };
  return [
    stack.admin.password,
    ...SERVICES.map((name) => stack.userFor(name).password),
    ...casts.map(({ partner }) => partner.password),
    ...[...Object.values(installation.keys), installation.issuer].map(({ secret }) => String(secret.d)),
    ...casts.flatMap(({ leadToken, adminToken, partnerToken }) => [leadToken, adminToken, partnerToken]),
    ...deep(connectors).filter((text) => text.length >= 10 && !text.startsWith('http')),
  ];
};

export const urlsOf = ({
  up: {
    installation: { urls },
  },
}: TestInstallation): PortalUrls => ({ analyst: urls.analyst ?? '', customer: urls.customer ?? '' });
export const healthUrlOf = (
  {
    up: {
      installation: { ports },
    },
  }: TestInstallation,
  service: string,
): string => `http://127.0.0.1:${ports[service]}`;
export const lakeOf = ({
  up: {
    installation: { dir },
  },
}: TestInstallation): string => join(dir, 'lake');
export const logsOf = ({
  up: {
    installation: { dir },
  },
}: TestInstallation): string => join(dir, 'log');

/** How each kind is looked at; planted leaks are looked for in the same way. */
export const looks = (installed: TestInstallation, casts: readonly Cast[]) => {
  const {
    up: {
      installation: { urls },
      stack,
    },
    broker,
  } = installed;
  const secrets = secretsOf(installed, casts);
  return {
    kafka: () => kafkaSurfaces(broker),
    letters: () =>
      listedLetters(
        broker,
        casts.map(({ marked: { tenant } }) => tenant),
      ),
    collections: () => collectionSurfaces(stack.mongoUrl),
    lake: () => lakeSurfaces(lakeOf(installed)),
    logs: async () => logSurfaces(logsOf(installed), secrets),
    graphql: () => graphqlSurfaces(urlsOf(installed), casts),
    reports: () => reportSurfaces(urls.gateway ?? '', casts),
    routes: (gateway = urls.gateway ?? '') => routeSurfaces(gateway, urls.ingest ?? '', casts),
    probes: (service: string, url = healthUrlOf(installed, service)) => probeSurfaces(service, url, secrets),
  };
};
export type SurfaceLooks = ReturnType<typeof looks>;

/** Every surface there is. */
export const walk = async (all: SurfaceLooks): Promise<SearchedSurface[]> => {
  const probes: SearchedSurface[] = [];
  for (const service of SERVICES) probes.push(...(await all.probes(service)));
  return [
    await all.kafka(),
    await all.letters(),
    await all.collections(),
    await all.lake(),
    await all.graphql(),
    await all.reports(),
    await all.routes(),
    probes,
    await all.logs(),
  ].flat();
};

/** First file of a folder's tree. */
export const anyFileIn = (folder: string): string => {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true }).find((one) => one.isFile());
  if (!found) throw new Error(`no file in ${folder}`);
  return join(found.parentPath, found.name);
};
