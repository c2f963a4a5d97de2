import { setTimeout as pause } from 'node:timers/promises';
import type { Opened } from './collections.js';

/** Calls `wake` when commits come in, from any replica. It may miss some: the relay's poll is the truth. */
export const wakeOnInserts = (opened: Opened, wake: () => void): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const open = () => opened.commits.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }]);
  let stream: ReturnType<typeof open> | undefined;
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        stream = open();
        for await (const change of stream) if (change) wake();
      } catch (error) {
        if (!stopping.signal.aborted) opened.log.info({ reason: String(error) }, 'the change stream broke: the relay polls until it is back');
      }
      await pause(5_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await stream?.close().catch(() => undefined);
      await loop;
    },
  };
};
