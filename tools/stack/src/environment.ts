import { Fault } from '#libs/model';
import { brokerAnswers, storeAnswers } from './ready.js';
import type { Stack, StackOptions } from './stack.js';
import { checkName, readState, writeState } from './state.js';
import { addMissing, usersOf } from './users.js';
import { until } from './wait.js';

interface Given { brokers: string[]; partnerBrokers: string[]; mongoUrl: string; username: string; password: string }

/** What the environment gives, or undefined when it gives nothing. Throws Fault naming all that is missing. */
export function given(env: NodeJS.ProcessEnv): Given | undefined {
  if (!env['KAFKA_BROKERS'] && !env['MONGO_URL']) return undefined;
  const needed = ['KAFKA_BROKERS', 'MONGO_URL', 'KAFKA_ADMIN_USERNAME', 'KAFKA_ADMIN_PASSWORD'];
  const lacking = needed.filter((name) => !env[name]);
  if (lacking.length > 0) throw new Fault(`the environment gives a part of a stack only; set also ${lacking.join(', ')}`);
  const list = (text: string): string[] => text.split(',').map((broker) => broker.trim()).filter(Boolean);
  const brokers = list(env['KAFKA_BROKERS'] ?? '');
  return {
    brokers,
    partnerBrokers: env['KAFKA_PARTNER_BROKERS'] ? list(env['KAFKA_PARTNER_BROKERS']) : brokers,
    mongoUrl: env['MONGO_URL'] ?? '',
    username: env['KAFKA_ADMIN_USERNAME'] ?? '',
    password: env['KAFKA_ADMIN_PASSWORD'] ?? '',
  };
}

/** A broker and a store somebody else runs: users are made in it, nothing of it is started, stopped or wiped. */
export async function useEnvironment(dir: string, options: StackOptions, { brokers, partnerBrokers, mongoUrl, ...admin }: Given): Promise<Stack> {
  await until(`an answer of ${brokers.join(', ')} to ${admin.username}`, 30_000, () => brokerAnswers(brokers, admin));
  await until('an answer of the store', 30_000, () => storeAnswers(mongoUrl));
  const kept = await readState(dir);
  const known = kept?.kind === 'environment' ? kept.users : {};
  const ports = { internal: 0, partner: 0, controller: 0, store: 0 };
  await writeState(dir, { kind: 'environment', clusterId: '', ports, pids: {}, owner: process.pid, detached: true, users: known });
  const users = usersOf(dir, brokers, admin, known);
  await addMissing(dir, users, (options.users ?? []).map(checkName));
  const notOurs = async (): Promise<void> => {
    throw new Fault('this broker and store were given by the environment; they are not ours to start or kill');
  };
  return {
    kind: 'environment', brokers, partnerBrokers, admin, mongoUrl, pids: {}, ...users,
    stop: async () => undefined, killBroker: notOurs, startBroker: notOurs, killStore: notOurs, startStore: notOurs,
  };
}
