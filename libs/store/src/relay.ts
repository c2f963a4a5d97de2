import type { Commit, Opened } from './collections.js';
import { faultOf } from './errors.js';
import { outFacts } from './kept.js';
import { leaseOf, type Lease } from './lease.js';
import type { OutFact, Relay, RelayOptions } from './port.js';
import { restOf } from './rest.js';
import { wakeOnInserts } from './watch.js';

/** Rounds in a row that may fail; each has waited for store and broker with their own patience. */
const FAILURES = 3;

/** A mark that is lost means facts sent once more. */
const UNJOURNALED = { w: 1 };

type Send = (facts: OutFact[]) => Promise<void>;

/** What the relay sends next: unpublished commits by stream and version, going round all streams from `after` on. */
const next = async (opened: Opened, after: string, limit: number): Promise<Commit[]> =>
  opened.patiently('looking for unpublished commits', () =>
    opened.commits.find({ unpublished: true, streamId: { $gt: after } }).sort({ streamId: 1, version: 1 }).limit(limit).toArray());

const mark = (opened: Opened, commits: readonly Commit[]): Promise<unknown> =>
  opened.patiently('marking what was sent', () =>
    opened.commits.updateMany(
      { _id: { $in: commits.map(({ _id }) => _id) } }, { $unset: { unpublished: true } }, { writeConcern: UNJOURNALED }));

/** Sends and marks until nothing is left, the lease is lost or `stopping`. A crash before the mark repeats facts, in order. */
const sendAll = async (opened: Opened, lease: Lease, send: Send, batch: number, stopping: () => boolean): Promise<void> => {
  for (let after = ''; !stopping() && await lease.hold();) {
    const commits = await next(opened, after, batch);
    // Reading may have lasted longer than the lease: then another replica sends.
    if (!lease.isHeld()) continue;
    const facts = commits.flatMap((commit) => outFacts(opened.service, commit));
    if (facts.length > 0) await send(facts);
    if (commits.length > 0) await mark(opened, commits);
    if (commits.length < batch && after === '') return;
    // A cut-off stream goes on when its turn comes again: no stream keeps others waiting.
    after = commits.length < batch ? '' : commits.at(-1)?.streamId ?? '';
  }
};

/** One piece of work at a time, in the order asked for. */
const inTurns = (work: () => Promise<void>): (() => Promise<void>) => {
  let turn: Promise<void> = Promise.resolve();
  return () => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
};

/** See Store.startRelay. @returns the relay and `wake`, which makes it look at once. */
export const relayOf = (opened: Opened, send: Send, options: RelayOptions = {}): Relay & { wake(): void } => {
  const { pollMs = 1_000, batch = 500, leaseMs = 6_000, watch = true } = options;
  const lease = leaseOf(opened, 'relay', leaseMs);
  const seen = { leading: false, lastRoundAt: 0, failures: 0 };
  const rest = restOf();
  let stopping = false;
  const round = inTurns(async () => {
    await sendAll(opened, lease, send, batch, () => stopping);
    Object.assign(seen, { leading: lease.isHeld(), lastRoundAt: Date.now(), failures: 0 });
  });
  const failed = (error: unknown): void => {
    seen.failures += 1;
    if (seen.failures === FAILURES) options.onFault?.(faultOf('the relay', error));
    opened.log.warn({ err: error, failures: seen.failures }, 'the relay could not send: trying again');
  };
  const watching = watch ? wakeOnInserts(opened, rest.wake) : undefined;
  const loop = (async () => {
    while (!stopping) {
      rest.begin();
      await round().catch(failed);
      if (!stopping) await rest.until(Math.min(pollMs * 2 ** Math.min(seen.failures, 3), 10_000));
    }
  })();
  return {
    wake: rest.wake,
    drain: () => round().catch((error: unknown) => { throw faultOf('draining the relay', error); }),
    stop: async () => {
      stopping = true;
      rest.wake();
      await watching?.stop();
      await loop;
      await lease.release().catch(() => undefined);
    },
    health: () => ({ ...seen }),
  };
};
