import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { download } from './downloads.js';
import { Fault } from '#libs/model';
import { startKeeper } from './keeper.js';
import { areFree, freePorts } from './ports.js';
import { end, isAlive, isOurs } from './processes.js';
import { brokerMark, storeMark } from './programs.js';
import { running, STOP_GRACE_MS } from './running.js';
import type { Stack, StackOptions } from './stack.js';
import { ADMIN, BROKER, changeState, checkName, newClusterId, newPassword, type Ports, readState, type State, writeState } from './state.js';
import { addMissing } from './users.js';

/** Kafka's jars and SecantusDB as processes of this machine, on ports of 127.0.0.1 nobody else uses. */
export async function startLocal(dir: string, options: StackOptions): Promise<Stack> {
  const say = options.say ?? (() => undefined);
  const names = (options.users ?? []).map(checkName);
  await download(say);
  await clearTheWay(dir);
  if (options.wipe) await wipe(dir);
  for (let attempt = 1; ; attempt++) {
    const state = await stateFor(dir, names, options.detached ?? false);
    const keeper = options.detached ? undefined : await startKeeper(dir);
    await changeState(dir, (kept) => void (kept.pids.keeper = keeper?.pid));
    const stack = running(dir, state, keeper);
    try {
      say('starting the broker and the store');
      await Promise.all([stack.startBroker(), stack.startStore()]);
      await addMissing(dir, stack, names);
      return stack;
    } catch (error) {
      await stack.stop();
      // Somebody took a port between our choice and its use.
      if (attempt === 3 || !/address already in use|bindexception/i.test(String(error))) throw error;
    }
  }
}

/** A local stack that another process started, if any of it lives. */
export async function attachLocal(dir: string): Promise<Stack | undefined> {
  const state = await readState(dir);
  if (state?.kind !== 'local') return undefined;
  return isOurs(state.pids.broker, brokerMark(dir)) || isOurs(state.pids.store, storeMark(dir)) ? running(dir, state, undefined) : undefined;
}

/** Refuses when a stack runs here; ends what a stack whose process died has left behind. */
async function clearTheWay(dir: string): Promise<void> {
  const state = await readState(dir);
  if (!state) return;
  const left = [[state.pids.broker, brokerMark(dir)], [state.pids.store, storeMark(dir)], [state.pids.keeper, dir]] as const;
  const living = left.filter(([pid, mark]) => isOurs(pid, mark)).map(([pid]) => pid as number);
  if (living.length === 0) return;
  if (state.detached || isAlive(state.owner)) throw new Fault(`a stack already runs over ${dir} (process ${state.owner}); stop it first`);
  await Promise.all(living.map((pid) => end(pid, STOP_GRACE_MS)));
}

async function wipe(dir: string): Promise<void> {
  await Promise.all(['kafka', 'store', 'logs', 'state.json'].map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

async function stateFor(dir: string, names: string[], detached: boolean): Promise<State> {
  const kept = await readState(dir);
  const fresh = (): Record<string, string> => Object.fromEntries([ADMIN, BROKER, ...names].map((name) => [name, newPassword()]));
  const keep = kept?.kind === 'local' ? kept : undefined;
  if (kept && !keep) throw new Fault(`${dir} holds the data of a stack of another kind (${kept.kind}); wipe it or choose another folder`);
  const state: State = {
    kind: 'local',
    clusterId: keep?.clusterId ?? newClusterId(),
    ports: keep && (await areFree(Object.values(keep.ports))) ? keep.ports : await choosePorts(),
    pids: {},
    owner: process.pid,
    detached,
    users: keep?.users ?? fresh(),
  };
  await writeState(dir, state);
  return state;
}

async function choosePorts(): Promise<Ports> {
  const [internal = 0, partner = 0, controller = 0, store = 0] = await freePorts(4);
  return { internal, partner, controller, store };
}

