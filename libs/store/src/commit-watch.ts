import { setTimeout as pause } from 'node:timers/promises';
import type { Commit, OpenDatabase } from './collections.js';

/** How long the store may wait for a commit before it says that there is none. An ending does not wait for that. */
const AWAIT_MS = 15_000;

const open = ({ commits }: OpenDatabase) =>
  commits.watch<Commit, { documentKey: Pick<Commit, '_id'> }>(
    [
      // What Kafka carried before is sent by nobody.
      { $match: { operationType: 'insert', 'fullDocument.unpublished': true } },
      { $project: { documentKey: 1 } },
    ],
    { maxAwaitTimeMS: AWAIT_MS },
  );
type CommitChanges = ReturnType<typeof open>;
/** Told the `_id` of a commit that came in. */
type CommitTold = (commit: string) => void;

/** Commits remembered as sent. */
const MOST_SENT = 1_000;

/**
 * A store may answer as soon as anything is written anywhere in it, with nothing: who asked again at once would ask for
 * every write of all services. What this replica itself commits wakes its relay without being told here.
 */
const NOTHING_MS = 250;

const follow = async (changes: CommitChanges, told: CommitTold, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const change = await changes.tryNext();
    if (change) told(change.documentKey._id);
    else await pause(NOTHING_MS, undefined, { signal });
  }
};

export interface CommitWatch {
  /** Not broken, as far as is known. */
  isOn(): boolean;
  /** That these came in is no news any more. */
  sent(commits: readonly Commit[]): void;
  stop(): void;
}

/**
 * Calls `wake` when commits that are to be sent come in, from any replica. It may miss some: the relay's poll is the
 * truth.
 */
export const wakeOnInserts = (opened: OpenDatabase, wake: () => void): CommitWatch => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const sent = new Set<string>();
  let changes: CommitChanges | undefined;
  const told: CommitTold = (commit) => {
    if (!sent.delete(commit)) wake();
  };
  const broken = (error: unknown): void => {
    if (!signal.aborted)
      opened.log.info({ reason: String(error) }, 'the change stream broke: the relay polls until it is back');
  };
  void (async () => {
    while (!signal.aborted) {
      changes = open(opened);
      await follow(changes, told, signal).catch(broken);
      const closed = changes;
      changes = undefined;
      await closed.close().catch(() => undefined);
      await pause(5_000, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    isOn: () => changes !== undefined,
    sent: (commits) => {
      if (sent.size > MOST_SENT) sent.clear();
      for (const { _id } of commits) sent.add(_id);
    },
    stop: () => {
      stopping.abort();
      void changes?.close().catch(() => undefined);
    },
  };
};
