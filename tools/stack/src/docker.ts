import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '#libs/model';
import { openFolder, wipe } from './folder.js';
import { type StackKeeper, startKeeper } from './keeper.js';
import { brokerAnswers, storeAnswers } from './ready.js';
import type { Stack, StackOptions } from './stack.js';
import { ADMIN, BROKER, changeState, checkName, readState, type StackState, writeSecret } from './state.js';
import { addMissing, usersOf } from './users.js';
import { until, WHILE_STARTING } from './until.js';

const run = promisify(execFile);
const ANSWER_TIMEOUT_MS = 60_000;

/** Whether an engine answers within three seconds and its client can compose. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    await run('docker', ['info'], { timeout: 3_000 });
    await run('docker', ['compose', 'version'], { timeout: 3_000 });
    return true;
  } catch {
    return false;
  }
}

/** The kafka and mongo services of docker-compose.yml, as a project of this folder alone; data in its named volumes. */
export async function startDocker(dir: string, options: StackOptions): Promise<Stack> {
  const say = options.say ?? (() => undefined);
  const users = (options.users ?? []).map(checkName);
  if (await attachDocker(dir)) throw new Fault(`a stack already runs over ${dir} in Docker; stop it first`);
  if (options.wipe) await wipeDocker(dir);
  const state = await openFolder(dir, { kind: 'docker', users, detached: options.detached ?? false });
  await writeSecret(envFile(dir), environmentOf(state));
  const keeper = state.detached ? undefined : await startKeeper(dir);
  keeper?.atEnd('docker', composeArguments(dir, ['down']));
  await changeState(dir, (kept) => void (kept.pids.keeper = keeper?.pid));
  const stack = runningInDocker(dir, state, keeper);
  try {
    say('starting the broker and the store in Docker');
    await compose(dir, ['up', '--detach', '--wait', 'kafka', 'mongo']);
    await Promise.all([stack.startBroker(), stack.startStore()]);
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
  return (await compose(dir, ['ps', '--quiet'])).trim() === '' ? undefined : runningInDocker(dir, state, undefined);
}

function runningInDocker(dir: string, state: StackState, keeper: StackKeeper | undefined): Stack {
  const brokers = [`127.0.0.1:${state.ports.internal}`];
  const admin = { username: ADMIN, password: state.users[ADMIN] ?? '' };
  const mongoUrl = `mongodb://vigie:${state.mongo?.password}@127.0.0.1:${state.ports.store}/vigie?authSource=admin&directConnection=true`;
  const start = async (service: string, answers: () => Promise<boolean>): Promise<void> => {
    await compose(dir, ['start', service]);
    await until(`an answer of ${service}`, answers, ANSWER_TIMEOUT_MS, WHILE_STARTING);
  };
  const kill = async (service: string): Promise<void> =>
    void (await compose(dir, ['kill', '--signal', 'SIGKILL', service]));
  return {
    kind: 'docker',
    brokers,
    partnerBrokers: [`127.0.0.1:${state.ports.partner}`],
    admin,
    mongoUrl,
    pids: {},
    ...usersOf(dir, brokers, admin, state.users),
    startBroker: () => start('kafka', () => brokerAnswers(brokers, admin)),
    startStore: () => start('mongo', () => storeAnswers(mongoUrl)),
    killBroker: () => kill('kafka'),
    killStore: () => kill('mongo'),
    stop: async () => {
      await compose(dir, ['down']);
      await keeper?.close();
    },
  };
}

async function wipeDocker(dir: string): Promise<void> {
  if ((await readState(dir))?.kind === 'docker') await compose(dir, ['down', '--volumes']);
  await wipe(dir);
}

const envFile = (dir: string): string => join(dir, 'compose.env');

/** What docker-compose.yml asks of its two services, as an environment file. */
export const environmentOf = ({ ports, users, mongo }: StackState): string =>
  Object.entries({
    KAFKA_INTERNAL_HOST: '127.0.0.1',
    KAFKA_INTERNAL_PORT: ports.internal,
    KAFKA_PARTNER_HOST: '127.0.0.1',
    KAFKA_PARTNER_PORT: ports.partner,
    KAFKA_ADMIN_PASSWORD: users[ADMIN],
    KAFKA_BROKER_PASSWORD: users[BROKER],
    MONGO_PORT: ports.store,
    MONGO_PASSWORD: mongo?.password,
    MONGO_KEY: mongo?.key,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** One project a folder, so that stacks side by side share neither containers nor volumes. */
export const composeArguments = (dir: string, args: string[]): string[] => {
  const project = `vigie-${createHash('sha256').update(dir).digest('hex').slice(0, 10)}`;
  return [
    'compose',
    '--env-file',
    envFile(dir),
    '--file',
    resolve('docker-compose.yml'),
    '--project-name',
    project,
    ...args,
  ];
};

async function compose(dir: string, args: string[]): Promise<string> {
  try {
    return (await run('docker', composeArguments(dir, args), { timeout: 600_000 })).stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Fault(`docker compose ${args.join(' ')} failed: ${stderr?.trim() || String(error)}`);
  }
}
