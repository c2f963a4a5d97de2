import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '#libs/model';
import { composed } from './composed.js';
import { openFolder, wipe } from './folder.js';
import { type StackKeeper, startKeeper } from './keeper.js';
import { brokerAnswers, storeAnswers } from './ready.js';
import type { Stack, StackOptions } from './stack.js';
import { ADMIN, BROKER, changeState, checkName, readState, type StackState } from './state.js';
import { addMissing, usersOf } from './users.js';
import { until, WHILE_STARTING } from './until.js';

const run = promisify(execFile);
const ANSWER_TIMEOUT_MS = 300_000;
const SERVICES = ['kafka', 'mongo'] as const;

/** Loaded where an engine is asked for: the image of the services goes without. */
const containers = () => import('./containers.js');

/** Whether an engine answers within three seconds. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    await run('docker', ['info'], { timeout: 3_000 });
    return true;
  } catch {
    return false;
  }
}

/** The kafka and mongo services of docker-compose.yml, as containers of this folder alone; data in volumes of theirs. */
export async function startDocker(dir: string, options: StackOptions): Promise<Stack> {
  const say = options.say ?? (() => undefined);
  const users = (options.users ?? []).map(checkName);
  if (await attachDocker(dir)) throw new Fault(`a stack already runs over ${dir} in Docker; stop it first`);
  const { endContainers, openNetwork, startContainer } = await containers();
  const project = projectOf(dir);
  await endContainers(project);
  if (options.wipe) await wipeDocker(dir);
  const state = await openFolder(dir, { kind: 'docker', users, detached: options.detached ?? false });
  const keeper = state.detached ? undefined : await startKeeper(dir);
  keeper?.atEnd(process.execPath, [resolve(join('tools', 'stack', 'bin', 'end-containers.mjs')), project]);
  await changeState(dir, (kept) => void (kept.pids.keeper = keeper?.pid));
  const stack = runningInDocker(dir, state, keeper);
  try {
    say('starting the broker and the store in Docker');
    const file = readFileSync('docker-compose.yml', 'utf8');
    await openNetwork(project);
    await Promise.all(
      SERVICES.map((name) => startContainer(project, name, composed(file, name, project, environmentOf(state)))),
    );
    await answering(state);
    // The container knows its super user only; what is in the state file has still to be made there.
    for (const name of users) await stack.addUser(stack.userFor(name));
    await addMissing(dir, stack, users);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** A stack in Docker that another process started, if any of its containers runs. */
export async function attachDocker(dir: string): Promise<Stack | undefined> {
  const state = await readState(dir);
  if (state?.kind !== 'docker') return undefined;
  const { runningContainers } = await containers();
  return (await runningContainers(projectOf(dir))) === 0 ? undefined : runningInDocker(dir, state, undefined);
}

const brokersOf = ({ ports }: StackState): string[] => [`127.0.0.1:${ports.internal}`];
const adminOf = ({ users }: StackState) => ({ username: ADMIN, password: users[ADMIN] ?? '' });
const mongoUrlOf = ({ ports, mongo }: StackState): string =>
  `mongodb://vigie:${mongo?.password}@127.0.0.1:${ports.store}/vigie?authSource=admin&directConnection=true`;

const ANSWERS: Record<(typeof SERVICES)[number], (state: StackState) => Promise<boolean>> = {
  kafka: (state) => brokerAnswers(brokersOf(state), adminOf(state)),
  mongo: (state) => storeAnswers(mongoUrlOf(state)),
};

const answering = async (
  state: StackState,
  services: readonly (typeof SERVICES)[number][] = SERVICES,
): Promise<void> => {
  for (const name of services)
    await until(`an answer of ${name}`, () => ANSWERS[name](state), ANSWER_TIMEOUT_MS, WHILE_STARTING);
};

function runningInDocker(dir: string, state: StackState, keeper: StackKeeper | undefined): Stack {
  const project = projectOf(dir);
  const start = async (name: (typeof SERVICES)[number]): Promise<void> => {
    await (await containers()).startAgain(project, name);
    await answering(state, [name]);
  };
  const kill = async (name: string): Promise<void> => (await containers()).killContainer(project, name);
  return {
    kind: 'docker',
    brokers: brokersOf(state),
    partnerBrokers: [`127.0.0.1:${state.ports.partner}`],
    admin: adminOf(state),
    mongoUrl: mongoUrlOf(state),
    pids: {},
    ...usersOf(dir, brokersOf(state), adminOf(state), state.users),
    startBroker: () => start('kafka'),
    startStore: () => start('mongo'),
    killBroker: () => kill('kafka'),
    killStore: () => kill('mongo'),
    stop: async () => {
      await (await containers()).endContainers(project);
      await keeper?.close();
    },
  };
}

async function wipeDocker(dir: string): Promise<void> {
  if ((await readState(dir))?.kind === 'docker') await (await containers()).dropVolumes(projectOf(dir), SERVICES);
  await wipe(dir);
}

/** One project a folder, so that stacks side by side share neither containers nor volumes. */
export const projectOf = (dir: string): string =>
  `vigie-${createHash('sha256').update(dir).digest('hex').slice(0, 10)}`;

/** What docker-compose.yml asks of its two services. */
export const environmentOf = ({ ports, users, mongo }: StackState): Record<string, string> => ({
  KAFKA_INTERNAL_HOST: '127.0.0.1',
  KAFKA_INTERNAL_PORT: String(ports.internal),
  KAFKA_PARTNER_HOST: '127.0.0.1',
  KAFKA_PARTNER_PORT: String(ports.partner),
  KAFKA_ADMIN_PASSWORD: users[ADMIN] ?? '',
  KAFKA_BROKER_PASSWORD: users[BROKER] ?? '',
  MONGO_PORT: String(ports.store),
  MONGO_PASSWORD: mongo?.password ?? '',
  MONGO_KEY: mongo?.key ?? '',
});
