import { Refused } from '#libs/model';
import { SERVICES, type ServiceName } from '#libs/terms';
import { isOurs, type Stack } from '#stack';
import { endProcess, startProcess, untilReady, type StartedProcess } from './processes.js';
import { saveInstallation, type Installation } from './saved-installation.js';
import { environmentOf } from './service-environment.js';
import { togetherEnvironment } from './together.js';

/** Variables of services, beside or instead of those that an installation has for them. */
export type ServiceSettings = Partial<Record<ServiceName, Record<string, string>>>;

/** How processes are started. */
export interface Starting {
  /** Outlive this process, until `vigie down`. */
  detached: boolean;
  /** Ends what was started so far, and the bringing up, as soon as it is given. */
  interrupted?: AbortSignal | undefined;
  /** What services read besides, by name: for measurements. */
  settings?: ServiceSettings | undefined;
}

/** Name of the one process of all services. */
const TOGETHER = 'services';
const SCRIPTS: Record<string, string> = {
  standins: 'dist/tools/standins/src/main.js',
  [TOGETHER]: 'dist/cli/src/installation/one-process.js',
};
export const scriptOf = (name: string): string => SCRIPTS[name] ?? `dist/services/${name}/src/main.js`;

/** Written down at once, so that whatever happens next, `down` finds it. */
export const note = (installation: Installation, name: string, { child }: StartedProcess): void => {
  if (child.pid) installation.pids[name] = child.pid;
  saveInstallation(installation);
};

const mustBeApart = ({ oneProcess }: Installation): void => {
  if (oneProcess)
    throw new Refused(
      'all services run in one process: begin anew with vigie up, without --one-process',
      'ONE_PROCESS',
    );
};

const untilServiceReady = (
  { ports }: Installation,
  name: ServiceName,
  started: StartedProcess,
  { interrupted }: Starting,
): Promise<void> =>
  untilReady({ ...started, name }, `http://127.0.0.1:${ports[name] ?? 0}/health/ready`, { interrupted });

/** @throws Refused when all services are one process. */
export const startService = async (
  installation: Installation,
  stack: Stack,
  name: ServiceName,
  how: Starting,
): Promise<void> => {
  mustBeApart(installation);
  const started = startProcess({
    name,
    dir: installation.dir,
    detached: how.detached,
    script: scriptOf(name),
    env: { ...environmentOf(installation, stack, name), ...how.settings?.[name] },
  });
  note(installation, name, started);
  await untilServiceReady(installation, name, started, how);
};

const startTogether = async (
  installation: Installation,
  stack: Stack,
  how: Starting,
  services: readonly ServiceName[],
): Promise<void> => {
  const all = services.map((name) => [name, { ...environmentOf(installation, stack, name), ...how.settings?.[name] }]);
  const started = startProcess({
    name: TOGETHER,
    dir: installation.dir,
    detached: how.detached,
    script: scriptOf(TOGETHER),
    env: togetherEnvironment(Object.fromEntries(all)),
  });
  note(installation, TOGETHER, started);
  await Promise.all(services.map((name) => untilServiceReady(installation, name, started, how)));
};

/**
 * Starts services, each as its own process or all as one, as the installation says, and waits until all hear what they
 * should.
 */
export const startAll = async (
  installation: Installation,
  stack: Stack,
  how: Starting,
  services: readonly ServiceName[] = SERVICES,
): Promise<void> => {
  if (installation.oneProcess) return startTogether(installation, stack, how, services);
  const started = await Promise.allSettled(services.map((name) => startService(installation, stack, name, how)));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
};

/**
 * Ends processes of the installation that still are what they were.
 * @throws Refused when some services are to end, and others that are the same process are not.
 */
export const endInstalled = async (
  installation: Installation,
  names = Object.keys(installation.pids),
): Promise<void> => {
  const isOfAll = SERVICES.every((name) => names.includes(name));
  if (!isOfAll && SERVICES.some((name) => names.includes(name))) mustBeApart(installation);
  const ending = isOfAll && installation.oneProcess ? [...names, TOGETHER] : names;
  await Promise.all(ending.map((name) => endProcess(installation.pids[name], scriptOf(name))));
  for (const name of ending) delete installation.pids[name];
  saveInstallation(installation);
};

/** @throws Refused when all services are one process. */
export const killService = async (installation: Installation, name: ServiceName): Promise<void> => {
  mustBeApart(installation);
  const pid = installation.pids[name];
  if (isOurs(pid, scriptOf(name))) process.kill(pid, 'SIGKILL');
  await endProcess(pid, scriptOf(name));
};
