import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTopics } from '#libs/events';
import { Fault } from '#libs/model';
import { SERVICES, type ServiceName } from '#libs/terms';
import { startStack, type Stack } from '#stack';
import { newInstallation, saveInstallation, type Installation, type InstallationKeys } from './saved-installation.js';
import { givePorts } from './ports.js';
import { startProcess, untilReady } from './processes.js';
import { restoreBackup } from '../backup/restore.js';
import { unlessInterrupted } from '../terminal/interruption.js';
import { provision, withBroker } from '../kafka/provision.js';
import { prepareSecrets } from './secrets.js';
import { prepareSyslog, type InstalledSyslog } from './syslog.js';
import { portVariable, standins } from '../../../tools/standins/src/index.js';
import { endInstalled, killService, note, scriptOf, startAll, startService, type Starting } from './services.js';

export interface UpOptions extends Starting {
  dir: string;
  /** Begin with empty data. */
  wipe: boolean;
  /** Those that are started here; all unless said. */
  services?: readonly ServiceName[];
  /** Of topics that are made; see provision. */
  partitions?: number;
  /** All services in one process, which cannot be ended one by one; else each in its own. */
  oneProcess?: boolean | undefined;
  /** Mail server that takes what oncall sends; the one given before, unless said. */
  smtp?: string;
  /** Whose reports these are, by variable of reporting; what was given before of those that are not said. */
  brand?: Record<string, string>;
  /** Listeners of syslog; those given before, unless said. */
  syslog?: InstalledSyslog[] | undefined;
  /** A backup to begin with, and the keys with which what is in it was signed. */
  backup?: string;
  keys?: InstallationKeys;
  say(line: string): void;
}

/** Stack and services of one local installation. */
export interface RunningInstallation {
  installation: Installation;
  stack: Stack;
  /** Starts a service again, after it was ended. */
  start(name: ServiceName): Promise<void>;
  kill(name: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

/** What an installation leaves in its folder, beside the stack's own data. */
const OURS = [
  'compiled-rules',
  'installation.json',
  'lake',
  'log',
  'reports',
  'secrets.json',
  'syslog.crt',
  'syslog.key',
];

const startStandins = async (installation: Installation, { detached, interrupted }: Starting): Promise<void> => {
  const started = startProcess({
    name: 'standins',
    dir: installation.dir,
    detached,
    script: scriptOf('standins'),
    env: Object.fromEntries(
      standins.map(({ vendor }) => [portVariable(vendor), String(installation.ports[`standins.${vendor}`])]),
    ),
  });
  note(installation, 'standins', started);
  for (const { vendor } of standins)
    await untilReady(started, `${installation.urls[vendor]}/_standin/calls`, { interrupted });
};

/**
 * Brings up broker, store, stand-ins for vendors and every service, as its own process or all as one. Ends what it
 * started when it fails.
 */
export const up = async (options: UpOptions): Promise<RunningInstallation> => {
  const { dir, wipe, detached, smtp, brand, syslog, backup, keys, say, interrupted, services = SERVICES } = options;
  const goOn = (): void => {
    if (interrupted?.aborted) throw new Fault('interrupted');
  };
  if (wipe) for (const name of OURS) rmSync(join(dir, name), { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stack = await startStack({ dir: join(dir, 'stack'), users: [...SERVICES], wipe, detached, say, interrupted });
  let installation: Installation | undefined;
  try {
    goOn();
    installation = await newInstallation(dir, keys);
    if (smtp !== undefined) installation.smtpUrl = smtp;
    installation.oneProcess = options.oneProcess ?? false;
    installation.brand = { ...installation.brand, ...brand };
    installation.syslog = syslog ?? installation.syslog ?? [];
    const topics = await prepareSyslog(dir, installation.syslog);
    await givePorts(installation, say);
    saveInstallation(installation);
    say('topics, users and grants');
    await unlessInterrupted(interrupted, provision(stack, options.partitions));
    await withBroker(stack, (broker) => ensureTopics(broker, topics));
    if (backup !== undefined) await restoreBackup(stack, { from: backup, lake: join(dir, 'lake'), say });
    prepareSecrets(dir);
    goOn();
    await startStandins(installation, options);
    goOn();
    if (services.length > 0) say(`services: ${services.join(', ')}`);
    await startAll(installation, stack, options, services);
  } catch (error) {
    if (installation) await endInstalled(installation);
    await stack.stop();
    throw error;
  }
  return running(installation, stack, options);
};

const running = (installation: Installation, stack: Stack, { detached, settings }: Starting): RunningInstallation => ({
  installation,
  stack,
  start: (name) => startService(installation, stack, name, { detached, settings }),
  kill: (name) => killService(installation, name),
  stop: async () => {
    await endInstalled(installation);
    await stack.stop();
  },
});
