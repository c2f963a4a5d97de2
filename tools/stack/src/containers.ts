import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import type { ComposedService } from './composed.js';

/** The only module that speaks to an engine: loaded where one was found, and by nobody else. */
const LABEL = 'vigie.stack';
/** A busy machine is not a broken one. */
const STARTED_WITHIN_MS = 15 * 60_000;
const GRACE_S = 30;

/** What docker-compose.yml says and testcontainers has no word for: ports of this machine alone, a root of no use. */
class HeldContainer extends GenericContainer {
  protected override async beforeContainerCreated(): Promise<void> {
    const bindings = Object.values((this.hostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string }[]>);
    for (const one of bindings.flat()) one.HostIp = '127.0.0.1';
    this.hostConfig.ReadonlyRootfs = true;
    this.hostConfig.Init = true;
  }
}

const engine = async () => (await getContainerRuntimeClient()).container.dockerode;
const nameOf = (project: string, service: string): string => `${project}-${service}`;

/** A network of the project's own: an engine may have no default one. */
export const openNetwork = async (project: string): Promise<void> => {
  const docker = await engine();
  const known = await docker.listNetworks({ filters: { name: [project] } });
  if (!known.some(({ Name }) => Name === project))
    await docker.createNetwork({ Name: project, Labels: { [LABEL]: project } });
};

/** Starts a container that outlives this process; resolves once its health check passes. */
export const startContainer = async (project: string, name: string, service: ComposedService): Promise<void> => {
  const { image, entrypoint, command, environment, ports, volumes, tmpfs, dropped, added, health } = service;
  await new HeldContainer(image)
    .withName(nameOf(project, name))
    .withLabels({ [LABEL]: project })
    .withNetworkMode(project)
    .withEntrypoint(entrypoint)
    .withCommand(command)
    .withEnvironment(environment)
    .withExposedPorts(...ports)
    .withBindMounts(volumes)
    .withTmpFs(tmpfs)
    .withDroppedCapabilities(...dropped)
    .withAddedCapabilities(...added)
    .withHealthCheck({ ...health, test: health.test as ['CMD', ...string[]] })
    .withWaitStrategy(Wait.forHealthCheck())
    .withStartupTimeout(STARTED_WITHIN_MS)
    // The keeper ends it, or whoever stops the stack.
    .withAutoCleanup(false)
    .withAutoRemove(false)
    .start();
};

export const runningContainers = async (project: string): Promise<number> =>
  (await (await engine()).listContainers({ filters: { label: [`${LABEL}=${project}`] } })).length;

export const startAgain = async (project: string, name: string): Promise<void> =>
  (await engine()).getContainer(nameOf(project, name)).start() as Promise<void>;

/** kill -9. */
export const killContainer = async (project: string, name: string): Promise<void> =>
  (await engine()).getContainer(nameOf(project, name)).kill({ signal: 'SIGKILL' }) as Promise<void>;

/** Ends the project's containers, in order, and its network; data stays. */
export const endContainers = async (project: string): Promise<void> => {
  const docker = await engine();
  const found = await docker.listContainers({ all: true, filters: { label: [`${LABEL}=${project}`] } });
  await Promise.all(
    found.map(async ({ Id, State }) => {
      const container = docker.getContainer(Id);
      if (State === 'running') await container.stop({ t: GRACE_S }).catch(() => undefined);
      await container.remove({ force: true, v: true });
    }),
  );
  for (const { Id } of await docker.listNetworks({ filters: { label: [`${LABEL}=${project}`] } }))
    await docker.getNetwork(Id).remove();
};

/** Removes the data of services that are ended. */
export const dropVolumes = async (project: string, services: readonly string[]): Promise<void> => {
  const docker = await engine();
  for (const name of services)
    await docker
      .getVolume(nameOf(project, name))
      .remove()
      .catch((error: { statusCode?: number }) => {
        if (error.statusCode !== 404) throw error;
      });
};
