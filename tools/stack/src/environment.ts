import { Fault } from '#libs/model';
import { brokerAnswers, storeAnswers } from './ready.js';
import type { Principal, Stack, StackOptions } from './stack.js';
import { checkName, readState, writeState } from './state.js';
import { addMissing, usersOf } from './users.js';
import { until, WHILE_STARTING } from './until.js';

interface GivenStack {
  brokers: string[];
  partnerBrokers: string[];
  mongoUrl: string;
  username: string;
  password: string;
}

/** What the environment gives, or undefined when it gives nothing. Throws Fault naming all that is missing. */
export function given(env: NodeJS.ProcessEnv): GivenStack | undefined {
  if (!env['KAFKA_BROKERS'] && !env['MONGO_URL']) return undefined;
  const needed = ['KAFKA_BROKERS', 'MONGO_URL', 'KAFKA_ADMIN_USERNAME', 'KAFKA_ADMIN_PASSWORD'];
  const lacking = needed.filter((name) => !env[name]);
  if (lacking.length > 0)
    throw new Fault(`the environment gives a part of a stack only; set also ${lacking.join(', ')}`);
  const list = (text: string): string[] =>
    text
      .split(',')
      .map((broker) => broker.trim())
      .filter(Boolean);
  const brokers = list(env['KAFKA_BROKERS'] ?? '');
  return {
    brokers,
    partnerBrokers: env['KAFKA_PARTNER_BROKERS'] ? list(env['KAFKA_PARTNER_BROKERS']) : brokers,
    mongoUrl: env['MONGO_URL'] ?? '',
    username: env['KAFKA_ADMIN_USERNAME'] ?? '',
    password: env['KAFKA_ADMIN_PASSWORD'] ?? '',
  };
}

/**
 * Passwords the environment gives for these users, KAFKA_PASSWORD_<NAME> each; the others get random ones.
 * One that is set but empty was forgotten: Fault, naming all of them.
 */
export function givenPasswords(names: string[], env: NodeJS.ProcessEnv): Principal[] {
  const variable = (name: string): string => `KAFKA_PASSWORD_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  const empty = names.map(variable).filter((name) => env[name] === '');
  if (empty.length > 0) throw new Fault(`these passwords are empty: ${empty.join(', ')}`);
  return names.flatMap((username) => {
    const password = env[variable(username)];
    return password === undefined ? [] : [{ username, password }];
  });
}

/** A broker and a store somebody else runs: users are made in it, nothing of it is started, stopped or wiped. */
export async function useEnvironment(
  dir: string,
  options: StackOptions,
  { brokers, partnerBrokers, mongoUrl, ...admin }: GivenStack,
): Promise<Stack> {
  await until(
    `an answer of ${brokers.join(', ')} to ${admin.username}`,
    () => brokerAnswers(brokers, admin),
    30_000,
    WHILE_STARTING,
  );
  await until('an answer of the store', () => storeAnswers(mongoUrl), 30_000, WHILE_STARTING);
  const kept = await readState(dir);
  const known = kept?.kind === 'environment' ? kept.users : {};
  const ports = { internal: 0, partner: 0, controller: 0, store: 0 };
  await writeState(dir, {
    kind: 'environment',
    clusterId: '',
    ports,
    pids: {},
    owner: process.pid,
    detached: true,
    users: known,
  });
  const users = usersOf(dir, brokers, admin, known);
  const names = (options.users ?? []).map(checkName);
  for (const user of givenPasswords(names, process.env)) await users.addUser(user);
  await addMissing(dir, users, names);
  const notOurs = async (): Promise<void> => {
    throw new Fault('this broker and store were given by the environment; they are not ours to start or kill');
  };
  return {
    kind: 'environment',
    brokers,
    partnerBrokers,
    admin,
    mongoUrl,
    pids: {},
    ...users,
    stop: async () => undefined,
    killBroker: notOurs,
    startBroker: notOurs,
    killStore: notOurs,
    startStore: notOurs,
  };
}
