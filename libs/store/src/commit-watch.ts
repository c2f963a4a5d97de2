import { setTimeout as pause } from 'node:timers/promises';
import type { OpenDatabase } from './collections.js';

const open = ({ commits }: OpenDatabase) =>
  commits.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }]);
type CommitChanges = ReturnType<typeof open>;

const follow = async (changes: CommitChanges, wake: () => void): Promise<void> => {
  for await (const change of changes) if (change) wake();
};

/** Calls `wake` when commits come in, from any replica. It may miss some: the relay's poll is the truth. */
export const wakeOnInserts = (opened: OpenDatabase, wake: () => void): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let changes: CommitChanges | undefined;
  const broken = (error: unknown): void => {
    if (!signal.aborted)
      opened.log.info({ reason: String(error) }, 'the change stream broke: the relay polls until it is back');
  };
  const loop = (async () => {
    while (!signal.aborted) {
      changes = open(opened);
      await follow(changes, wake).catch(broken);
      await changes.close().catch(() => undefined);
      await pause(5_000, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await changes?.close().catch(() => undefined);
      await loop;
    },
  };
};
