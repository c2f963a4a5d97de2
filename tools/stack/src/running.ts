import type { StackKeeper } from './keeper.js';
import { Fault } from '#libs/model';
import { end, isAlive, isOurs, launchDetached, type StackProgram } from './processes.js';
import { brokerMark, lastLines, prepareBroker, prepareStore, storeMark } from './programs.js';
import { brokerAnswers, storeAnswers } from './ready.js';
import type { Stack } from './stack.js';
import { ADMIN, changeState, readState, type StackState } from './state.js';
import { usersOf } from './users.js';
import { until, WHILE_STARTING } from './until.js';

const START_TIMEOUT_MS = 90_000;
export const STOP_GRACE_MS = 10_000;

/** The local stack over `dir`. Without a keeper, what it starts outlives this process. */
export function running(dir: string, state: StackState, keeper: StackKeeper | undefined): Stack {
  const brokers = [`127.0.0.1:${state.ports.internal}`];
  const admin = { username: ADMIN, password: state.users[ADMIN] ?? '' };
  const mongoUrl = `mongodb://127.0.0.1:${state.ports.store}/vigie?directConnection=true`;
  const pids: Stack['pids'] = { broker: state.pids.broker, store: state.pids.store };

  const start = async (
    name: 'broker' | 'store',
    program: StackProgram,
    answers: () => Promise<boolean>,
  ): Promise<void> => {
    const pid = await (keeper?.launch ?? launchDetached)(program);
    pids[name] = pid;
    await changeState(dir, (kept) => void (kept.pids[name] = pid));
    const look = async (): Promise<boolean> => {
      if (!isAlive(pid)) throw new Fault(`the ${name} ended while starting:\n${await lastLines(program)}`);
      return answers();
    };
    await until(`an answer of the ${name}`, look, START_TIMEOUT_MS, WHILE_STARTING);
  };
  const kill = async (name: 'broker' | 'store', mark: string, graceMs: number): Promise<void> => {
    const pid = pids[name];
    pids[name] = undefined;
    if (isOurs(pid, mark)) await end(pid, graceMs);
  };

  return {
    kind: 'local',
    brokers,
    partnerBrokers: [`127.0.0.1:${state.ports.partner}`],
    admin,
    mongoUrl,
    pids,
    ...usersOf(dir, brokers, admin, state.users),
    startBroker: async () => start('broker', await prepareBroker(dir, state), () => brokerAnswers(brokers, admin)),
    startStore: async () => start('store', await prepareStore(dir, state), () => storeAnswers(mongoUrl)),
    killBroker: () => kill('broker', brokerMark(dir), 0),
    killStore: () => kill('store', storeMark(dir), 0),
    stop: async () => {
      await Promise.all([kill('broker', brokerMark(dir), STOP_GRACE_MS), kill('store', storeMark(dir), STOP_GRACE_MS)]);
      if (keeper) return keeper.close();
      const left = (await readState(dir))?.pids.keeper;
      if (isOurs(left, dir)) await end(left, STOP_GRACE_MS);
    },
  };
}
