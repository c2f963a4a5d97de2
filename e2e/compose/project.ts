import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { SERVICES } from '#libs/terms';
import { freePorts, until } from '#stack';
import { standins } from '../../tools/standins/src/index.js';
import { DEV_ADMIN, newKeyPair, type SigningKeyPair, stories, tokenIssuers } from '../../cli/src/index.js';
import { docker } from './engine.js';

/** A busy machine is not a broken one: only what does not come up at all is. */
const HEALTHY_WITHIN_MS = 20 * 60_000;
export const CONTAINERS = ['kafka', 'mongo', ...SERVICES] as const;

interface ContainerLine {
  ID: string;
  Service: string;
  State: string;
  Health: string;
  ExitCode: number;
}

/** One installation by docker-compose.yml, under a name and on ports that nobody else has. */
export interface ComposeProject {
  name: string;
  dir: string;
  ports: { gateway: number; ingest: number; kafka: number; mongo: number };
  issuer: SigningKeyPair;
  /** Where its stand-ins answer inside its network, by vendor. */
  vendors: Record<string, string>;
  secret(name: string): string;
  /** How the engine's client is told of it: compose, its settings, files and name. */
  told: string[];
  compose(...args: string[]): Promise<string>;
  /** Brings every container to the image of that tag. @returns seconds until all were healthy. */
  up(tag: string): Promise<number>;
  /** Waits until these are healthy. @returns seconds. */
  healthy(services?: readonly string[]): Promise<number>;
  containers(): Promise<ContainerLine[]>;
  /** Containers, volumes and networks, all of it. */
  down(): Promise<void>;
}

const STANDINS = 'standins.localhost';
const PORT_OF: Record<string, number> = { defender: 9001, okta: 9002 };
const vendorUrls = Object.fromEntries(
  standins.map(({ vendor }) => [vendor, `http://${STANDINS}:${PORT_OF[vendor] ?? 0}`] as const),
);

/** What response needs to reach the stand-ins, as its operator would give it. */
const connectorSecrets = (): string =>
  JSON.stringify(
    Object.fromEntries(
      stories.map(({ tenant, plan }) => [
        tenant,
        Object.fromEntries(
          plan.connectors.map(({ vendor, secretRef }) => [
            secretRef,
            {
              origins: [new URL(vendorUrls[vendor] ?? '').origin],
              secret: standins.find((one) => one.vendor === vendor)?.secret,
            },
          ]),
        ),
      ]),
    ),
  );

/** @returns the folder that response looks into: as user 1000, whoever made it. */
const writeSecrets = (dir: string): string => {
  const folder = join(dir, 'connectors');
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, 'secrets.json'), connectorSecrets(), { mode: 0o644 });
  return folder;
};

const settingsOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const));

/** The .env that docs/operate.md has one make, with what this installation wants besides. */
const writeSettings = (dir: string, more: Record<string, string | number>): Map<string, string> => {
  const made = execFileSync(process.execPath, ['tools/stack/bin/secrets.mjs'], { encoding: 'utf8' });
  const settings = settingsOf(made);
  for (const [name, value] of Object.entries(more)) settings.set(name, String(value));
  const lines = [...settings].map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(dir, '.env'), lines.join(''), { mode: 0o600 });
  return settings;
};

/** Ports that nobody else has, and everything else that is this installation's alone. */
const settingsFor = async (standinsTag: string, issuer: SigningKeyPair) => {
  const [gateway = 0, ingest = 0, syslog = 0, syslogTls = 0, internal = 0, kafka = 0, mongo = 0] = await freePorts(7);
  return {
    ports: { gateway, ingest, kafka, mongo },
    more: {
      STANDINS_TAG: standinsTag,
      GATEWAY_PORT: gateway,
      COLLECTION_PORT: ingest,
      SYSLOG_PORT: syslog,
      SYSLOG_TLS_PORT: syslogTls,
      KAFKA_INTERNAL_PORT: internal,
      KAFKA_PARTNER_HOST: '127.0.0.1',
      KAFKA_PARTNER_PORT: kafka,
      MONGO_PORT: mongo,
      TOKEN_ISSUERS: `'${tokenIssuers(issuer.public)}'`,
      OPERATOR_ADMINS: DEV_ADMIN,
      EGRESS_ALLOW: STANDINS,
    },
  };
};

const listed = (printed: string): ContainerLine[] =>
  printed
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ContainerLine);

/** @throws Fault when provision, which the services wait for, ended with a failure. */
const areHealthy = (found: readonly ContainerLine[], services: readonly string[]): boolean => {
  const provision = found.find(({ Service }) => Service === 'provision');
  if (provision?.State === 'exited' && provision.ExitCode)
    throw new Fault(`provision ended with ${provision.ExitCode}`);
  return services.every((one) => found.find(({ Service }) => Service === one)?.Health === 'healthy');
};

const FILES = ['--file', 'docker-compose.yml', '--file', 'e2e/compose/compose.yml'];

/** @param standinsTag image whose stand-ins stand for the vendors. */
export const openProject = async (name: string, dir: string, standinsTag: string): Promise<ComposeProject> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const issuer = await newKeyPair('e2e');
  const { ports, more } = await settingsFor(standinsTag, issuer);
  const settings = writeSettings(dir, { ...more, CONNECTOR_SECRETS_DIR: writeSecrets(dir) });
  let running = standinsTag;
  const told = ['compose', '--env-file', join(dir, '.env'), ...FILES, '--project-name', name];
  const compose = (...args: string[]): Promise<string> => docker([...told, ...args], { VIGIE_TAG: running });
  const containers = async (): Promise<ContainerLine[]> => listed(await compose('ps', '--all', '--format', 'json'));
  const healthy = async (services: readonly string[] = CONTAINERS): Promise<number> => {
    const began = Date.now();
    const look = async (): Promise<boolean> => areHealthy(await containers(), services);
    await until(`${services.join(', ')} to be healthy`, look, HEALTHY_WITHIN_MS, { everyMs: 3_000 });
    return (Date.now() - began) / 1_000;
  };
  return {
    name,
    dir,
    issuer,
    ports,
    vendors: vendorUrls,
    secret: (of) => settings.get(of) ?? '',
    told,
    compose,
    containers,
    healthy,
    up: async (tag) => {
      const began = Date.now();
      running = tag;
      await compose('up', '--detach', '--no-build', '--quiet-pull');
      await healthy();
      return Math.round((Date.now() - began) / 1_000);
    },
    down: async () => void (await compose('down', '--volumes', '--remove-orphans', '--timeout', '10')),
  };
};
