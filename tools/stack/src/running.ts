import type { StackKeeper } from './keeper.js';
import { Fault, reasonOf } from '#libs/model';
import { end, isAlive, isOurs, launchDetached, type StackProgram } from './processes.js';
import { brokerMark, lastLines, prepareBroker, prepareStore, storeMark } from './programs.js';
import { brokerAnswers, storeAnswers } from './ready.js';
import { progressOf } from './progress.js';
import type { Stack } from './stack.js';
import { ADMIN, changeState, readState, type StackState } from './state.js';
import { usersOf } from './users.js';
import { until, WHILE_STARTING } from './until.js';

/** Without any progress: what starts and stands still has failed. */
const STILL_MS = 90_000;
export const STOP_GRACE_MS = 10_000;

/** @throws Fault with the last lines of its log when it ended, or stands still. */
const untilAnswers = async (
  name: string,
  pid: number,
  program: StackProgram,
  answers: () => Promise<boolean>,
  interrupted: AbortSignal | undefined,
): Promise<void> => {
  const look = async (): Promise<boolean> => {
    if (interrupted?.aborted) throw new Fault(`interrupted while the ${name} started`);
    if (!isAlive(pid)) throw new Fault(`the ${name} ended while starting`);
    return answers();
  };
  const progress = progressOf(pid, program.log);
  try {
    await until(`an answer of the ${name}`, look, STILL_MS, { ...WHILE_STARTING, progress });
  } catch (error) {
    throw new Fault(`${reasonOf(error)}; its log ends with:\n${await lastLines(program)}`, { cause: error });
  }
};

/** The local stack over `dir`. Without a keeper, what it starts outlives this process. */
export function running(
  dir: string,
  state: StackState,
  keeper: StackKeeper | undefined,
  interrupted?: AbortSignal,
): Stack {
  const brokers = [`127.0.0.1:${state.ports.internal}`];
  const admin = { username: ADMIN, password: state.users[ADMIN] ?? '' };
  // Of writes that may be tried again this store keeps a list, which it goes through at each of them.
  const mongoUrl = `mongodb://127.0.0.1:${state.ports.store}/vigie?directConnection=true&retryWrites=false`;
  const pids: Stack['pids'] = { broker: state.pids.broker, store: state.pids.store };

  const start = async (
    name: 'broker' | 'store',
    program: StackProgram,
    answers: () => Promise<boolean>,
  ): Promise<void> => {
    const pid = await (keeper?.launch ?? launchDetached)(program);
    pids[name] = pid;
    await changeState(dir, (kept) => void (kept.pids[name] = pid));
    await untilAnswers(name, pid, program, answers, interrupted);
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
