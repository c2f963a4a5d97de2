import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTopics } from '#libs/events';
import { Fault } from '#libs/model';
import { SERVICES, type ServiceName } from '#libs/terms';
import { isOurs, startStack, type Stack } from '#stack';
import { newInstallation, saveInstallation, type Installation, type InstallationKeys } from './saved-installation.js';
import { givePorts } from './ports.js';
import { endProcess, startProcess, untilReady, type StartedProcess } from './processes.js';
import { restoreBackup } from '../backup/restore.js';
import { unlessInterrupted } from '../terminal/interruption.js';
import { provision, withBroker } from '../kafka/provision.js';
import { prepareSecrets } from './secrets.js';
import { prepareSyslog, type InstalledSyslog } from './syslog.js';
import { portVariable, standins } from '../../../tools/standins/src/index.js';
import { environmentOf } from './service-environment.js';

export interface UpOptions {
  dir: string;
  /** Begin with empty data. */
  wipe: boolean;
  /** Those that are started here; all unless said. */
  services?: readonly ServiceName[];
  /** Of topics that are made; see provision. */
  partitions?: number;
  /** Outlive this process, until `vigie down`. */
  detached: boolean;
  /** Mail server that takes what oncall sends; the one given before, unless said. */
  smtp?: string;
  /** Whose reports these are, by variable of reporting; what was given before of those that are not said. */
  brand?: Record<string, string>;
  /** Listeners of syslog; those given before, unless said. */
  syslog?: InstalledSyslog[] | undefined;
  /** A backup to begin with, and the keys with which what is in it was signed. */
  backup?: string;
  keys?: InstallationKeys;
  /** What services read besides, by name: for measurements. */
  settings?: ServiceSettings | undefined;
  say(line: string): void;
  /** Ends what was started so far, and the bringing up, as soon as it is given. */
  interrupted?: AbortSignal | undefined;
}

/** Variables of services, beside or instead of those that an installation has for them. */
export type ServiceSettings = Partial<Record<ServiceName, Record<string, string>>>;

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

const scriptOf = (name: string): string =>
  name === 'standins' ? 'dist/tools/standins/src/main.js' : `dist/services/${name}/src/main.js`;

/** Written down at once, so that whatever happens next, `down` finds it. */
const note = (installation: Installation, name: string, { child }: StartedProcess): void => {
  if (child.pid) installation.pids[name] = child.pid;
  saveInstallation(installation);
};

/** How processes are started. */
type Starting = Pick<UpOptions, 'detached' | 'interrupted' | 'settings'>;

export const startService = async (
  installation: Installation,
  stack: Stack,
  name: ServiceName,
  { detached, interrupted, settings }: Starting,
): Promise<StartedProcess> => {
  const port = installation.ports[name] ?? 0;
  const started = startProcess({
    name,
    dir: installation.dir,
    detached,
    script: scriptOf(name),
    env: { ...environmentOf(installation, stack, name), ...settings?.[name] },
  });
  note(installation, name, started);
  await untilReady(started, `http://127.0.0.1:${port}/health/ready`, { interrupted });
  return started;
};

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

/** Ends processes of the installation that still are what they were. */
export const endInstalled = async (
  installation: Installation,
  names = Object.keys(installation.pids),
): Promise<void> => {
  await Promise.all(names.map((name) => endProcess(installation.pids[name], scriptOf(name))));
  for (const name of names) delete installation.pids[name];
  saveInstallation(installation);
};

/**
 * Brings up broker, store, stand-ins for vendors and every service as its own process. Ends what it started when it
 * fails.
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

/** Starts services, each as its own process, and waits until all hear what they should. */
export const startAll = async (
  installation: Installation,
  stack: Stack,
  how: Starting,
  services: readonly ServiceName[] = SERVICES,
): Promise<void> => {
  const started = await Promise.allSettled(services.map((name) => startService(installation, stack, name, how)));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
};

const running = (installation: Installation, stack: Stack, { detached, settings }: Starting): RunningInstallation => ({
  installation,
  stack,
  start: async (name) => void (await startService(installation, stack, name, { detached, settings })),
  kill: async (name) => {
    const pid = installation.pids[name];
    if (isOurs(pid, scriptOf(name))) process.kill(pid, 'SIGKILL');
    await endProcess(pid, scriptOf(name));
  },
  stop: async () => {
    await endInstalled(installation);
    await stack.stop();
  },
});
