import { startStack } from '#stack';
import { setStage, type RunningInstallation, type Stage } from '../../cli/src/index.js';
import { docker } from './engine.js';
import type { ComposeProject } from './project.js';
import type { LoggedCall } from '../../tools/standins/src/index.js';

/** The installation as its platform team reaches it from outside: published ports, its own administrators. */
const reached = async (project: ComposeProject): Promise<RunningInstallation> => {
  const { ports, issuer, dir, vendors } = project;
  const gateway = `http://127.0.0.1:${ports.gateway}`;
  const given = {
    KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
    KAFKA_ADMIN_USERNAME: 'admin',
    KAFKA_ADMIN_PASSWORD: project.secret('KAFKA_ADMIN_PASSWORD'),
    MONGO_URL: `mongodb://vigie:${project.secret('MONGO_PASSWORD')}@127.0.0.1:${ports.mongo}/vigie?authSource=admin&directConnection=true`,
  };
  Object.assign(process.env, given);
  const stack = await startStack({ dir: `${dir}/outside` });
  for (const name of Object.keys(given)) delete process.env[name];
  const urls = {
    gateway,
    analyst: `${gateway}/analyst/graphql`,
    customer: `${gateway}/customer/graphql`,
    ingest: `http://127.0.0.1:${ports.ingest}`,
    ...vendors,
  };
  return {
    installation: { dir, keys: {}, issuer, ports: {}, pids: {}, urls },
    stack,
    start: async (name) => void (await project.compose('start', name)),
    kill: async (name) => void (await project.compose('kill', name)),
    stop: () => project.down(),
  };
};

export const stageOutside = async (project: ComposeProject, say: (line: string) => void): Promise<Stage> =>
  setStage(await reached(project), say);

/** What was really done at the vendors, a line each; their stand-ins tell it on their own loopback only. */
export const doneAtVendors = async (project: ComposeProject): Promise<string[]> => {
  const id = (await project.compose('ps', '--quiet', 'standins')).trim();
  const logs = await Promise.all(
    Object.values(project.vendors).map(async (url) => {
      const at = `http://127.0.0.1:${new URL(url).port}/_standin/calls`;
      const print = `fetch('${at}').then((r) => r.text()).then((t) => process.stdout.write(t))`;
      return JSON.parse(await docker(['exec', id, 'node', '-e', print])) as LoggedCall[];
    }),
  );
  return logs.flat().flatMap(({ effect }) => (effect ? [effect] : []));
};
