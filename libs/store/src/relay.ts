import type { Commit, OpenDatabase } from './collections.js';
import { faultOf, orFault } from './errors.js';
import { leaseOf } from './lease.js';
import { parkedKnown, type ParkedKnown } from './parked-known.js';
import type { Lease, Relay, RelayOptions } from './port.js';
import { interruptibleRest } from './interruptible-rest.js';
import { sendCommits, type SendFacts } from './send-commits.js';
import { wakeOnInserts } from './commit-watch.js';

/** Rounds in a row that may fail; each has waited for store and broker with their own patience. */
const FAILURES = 3;

/** How many times longer it rests while there is nothing to send, and a change stream that wakes it. */
const IDLE = 5;

/** Bytes of facts read at once. */
const ROUND_BYTES = 16 * 1_048_576;

const sizeOf = ({ facts }: Commit): number => facts.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** What the relay sends next: unpublished commits by stream and version, going round all streams from `after` on. */
const next = async (opened: OpenDatabase, after: string, limit: number): Promise<{ commits: Commit[]; all: boolean }> =>
  opened.patiently('looking for unpublished commits', async () => {
    const commits: Commit[] = [];
    let bytes = 0;
    const found = opened.commits
      .find({ unpublished: true, streamId: { $gt: after } }, { batchSize: 50 })
      .sort({ streamId: 1, version: 1 })
      .limit(limit);
    for await (const commit of found) {
      commits.push(commit);
      bytes += sizeOf(commit);
      if (bytes > ROUND_BYTES) return { commits, all: false };
    }
    return { commits, all: commits.length < limit };
  });

/**
 * Sends and marks until nothing is left, the lease is lost or `stopping`. A crash before the mark repeats facts, in
 * order.
 */
const sendAll = async (
  opened: OpenDatabase,
  {
    lease,
    known,
    sent,
  }: { lease: Lease; known: ParkedKnown; sent: ((commits: readonly Commit[]) => void) | undefined },
  send: SendFacts,
  { batch = 500, ...judging }: RelayOptions,
  stopping: () => boolean,
): Promise<void> => {
  for (let after = ''; !stopping() && (await lease.hold()); ) {
    if (after === '') await known.look();
    const { commits, all } = await next(opened, after, batch);
    // Reading may have lasted longer than the lease: then another replica sends.
    if (!lease.isHeld()) continue;
    await sendCommits(opened, known, commits, send, judging);
    if (lease.isHeld()) sent?.(commits);
    if (all && after === '') return;
    // A cut-off stream goes on when its turn comes again: no stream keeps others waiting.
    after = all ? '' : (commits.at(-1)?.streamId ?? '');
  }
};

/** Whether there is something for a relay to do; told without the lease, for its reading only. */
const isAnything = (opened: OpenDatabase): Promise<boolean> =>
  opened.patiently('looking whether there is something to send', async () => {
    const projection = { _id: 1 as const };
    const commit = await opened.commits.findOne({ unpublished: true, streamId: { $gt: '' } }, { projection });
    return (commit ?? (await opened.parked.findOne({ kind: 'STREAM', releasing: true }, { projection }))) !== null;
  });

/** One piece of work at a time, in the order asked for. */
const inTurns = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let turn: Promise<unknown> = Promise.resolve();
  return () => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
};

/** See Store.startRelay. @returns the relay and `wake`, which makes it look at once. */
export const relayOf = (
  opened: OpenDatabase,
  send: SendFacts,
  options: RelayOptions = {},
): Relay & { wake(): void } => {
  const { pollMs = 1_000, leaseMs = 6_000, watch = true } = options;
  const lease = leaseOf(opened, 'relay', leaseMs);
  const seen = { leading: false, lastRoundAt: 0, failures: 0 };
  const rest = interruptibleRest();
  const watching = watch ? wakeOnInserts(opened, rest.wake) : undefined;
  const knowing = { lease, known: parkedKnown(opened, lease, pollMs), sent: watching?.sent };
  let stopping = false;
  const round = inTurns(async () => {
    await sendAll(opened, knowing, send, options, () => stopping);
    Object.assign(seen, { leading: lease.isHeld(), lastRoundAt: Date.now(), failures: 0 });
  });
  const failed = (error: unknown): void => {
    seen.failures += 1;
    if (seen.failures === FAILURES) options.onFault?.(faultOf('the relay', error));
    opened.log.warn({ err: error, failures: seen.failures }, 'the relay could not send: trying again');
  };
  /** Who was not woken looks first: an idle relay holds no lease, and writes nothing. @returns whether it rests. */
  const look = async (woken: boolean): Promise<boolean> => {
    if (woken || (await isAnything(opened))) return round().then(() => false);
    Object.assign(seen, { leading: lease.isHeld(), lastRoundAt: Date.now(), failures: 0 });
    return true;
  };
  const loop = (async () => {
    for (let woken = true; !stopping; ) {
      rest.begin();
      const idle: boolean | void = await look(woken).catch(failed);
      const restMs: number = idle && watching?.isOn() ? pollMs * IDLE : pollMs * 2 ** Math.min(seen.failures, 3);
      woken = !stopping && (await rest.until(Math.min(restMs, 10_000)));
    }
  })();
  return {
    wake: rest.wake,
    drain: () => {
      knowing.known.forget();
      return orFault('draining the relay', round());
    },
    stop: async () => {
      stopping = true;
      rest.wake();
      watching?.stop();
      await loop;
      await lease.release().catch(() => undefined);
    },
    health: () => ({ ...seen }),
  };
};
