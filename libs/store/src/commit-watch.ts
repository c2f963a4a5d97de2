import { setTimeout as pause } from 'node:timers/promises';
import type { OpenDatabase } from './collections.js';

/** How long the store may wait for a commit before it says that there is none. An ending does not wait for that. */
const AWAIT_MS = 15_000;

const open = ({ commits }: OpenDatabase) =>
  commits.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }], { maxAwaitTimeMS: AWAIT_MS });
type CommitChanges = ReturnType<typeof open>;

/**
 * A store may answer as soon as anything is written anywhere in it, with nothing: who asked again at once would ask for
 * every write of all services. What this replica itself commits wakes its relay without being told here.
 */
const NOTHING_MS = 250;

const follow = async (changes: CommitChanges, wake: () => void, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted)
    if (await changes.tryNext()) wake();
    else await pause(NOTHING_MS, undefined, { signal });
};

/**
 * Calls `wake` when commits come in, from any replica. It may miss some: the relay's poll is the truth. `isOn`: it is
 * not broken, as far as is known.
 */
export const wakeOnInserts = (opened: OpenDatabase, wake: () => void): { isOn(): boolean; stop(): void } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let changes: CommitChanges | undefined;
  const broken = (error: unknown): void => {
    if (!signal.aborted)
      opened.log.info({ reason: String(error) }, 'the change stream broke: the relay polls until it is back');
  };
  void (async () => {
    while (!signal.aborted) {
      changes = open(opened);
      await follow(changes, wake, signal).catch(broken);
      const closed = changes;
      changes = undefined;
      await closed.close().catch(() => undefined);
      await pause(5_000, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    isOn: () => changes !== undefined,
    stop: () => {
      stopping.abort();
      void changes?.close().catch(() => undefined);
    },
  };
};
