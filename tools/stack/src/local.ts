import { Fault } from '#libs/model';
import { download } from './downloads.js';
import { openFolder, wipe } from './folder.js';
import { startKeeper } from './keeper.js';
import { end, isAlive, isOurs } from './processes.js';
import { brokerMark, storeMark } from './programs.js';
import { running, STOP_GRACE_MS } from './running.js';
import type { Stack, StackOptions } from './stack.js';
import { changeState, checkName, readState } from './state.js';
import { addMissing } from './users.js';

/** Kafka's jars and SecantusDB as processes of this machine, on ports of 127.0.0.1 nobody else uses. */
export async function startLocal(dir: string, options: StackOptions): Promise<Stack> {
  const say = options.say ?? (() => undefined);
  const users = (options.users ?? []).map(checkName);
  const detached = options.detached ?? false;
  await download(say);
  await clearTheWay(dir);
  if (options.wipe) await wipe(dir);
  for (let attempt = 1; ; attempt++) {
    const state = await openFolder(dir, { kind: 'local', users, detached });
    const keeper = detached ? undefined : await startKeeper(dir);
    await changeState(dir, (kept) => void (kept.pids.keeper = keeper?.pid));
    const stack = running(dir, state, keeper, options.interrupted);
    try {
      say('starting the broker and the store');
      await Promise.all([stack.startBroker(), stack.startStore()]);
      await addMissing(dir, stack, users);
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
  return isOurs(state.pids.broker, brokerMark(dir)) || isOurs(state.pids.store, storeMark(dir))
    ? running(dir, state, undefined)
    : undefined;
}

/** Refuses when a stack runs here; ends what a stack whose process died has left behind. */
async function clearTheWay(dir: string): Promise<void> {
  const state = await readState(dir);
  if (!state) return;
  const left = [
    [state.pids.broker, brokerMark(dir)],
    [state.pids.store, storeMark(dir)],
    [state.pids.keeper, dir],
  ] as const;
  const living = left.filter(([pid, mark]) => isOurs(pid, mark)).map(([pid]) => pid as number);
  if (living.length === 0) return;
  if (state.detached || isAlive(state.owner))
    throw new Fault(`a stack already runs over ${dir} (process ${state.owner}); stop it first`);
  await Promise.all(living.map((pid) => end(pid, STOP_GRACE_MS)));
}
