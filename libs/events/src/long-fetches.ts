import type { Socket } from 'node:net';
import type { Cluster } from './assigner.js';

interface WaitingFetch {
  maxWaitTime: number;
}
type FetchAnswer = { responses: unknown[] };

/** A broker of the client. It fetches on a connection of its own, the second of its pool. */
interface PooledBroker {
  fetch(asked: WaitingFetch): Promise<FetchAnswer>;
  connectionPool: { pool: { socket?: Socket | null }[] };
}

/** How long a consumer's fetches wait at the broker for data, ms. */
export interface Waiting {
  /** What the client was told: whatever asks for less is in a hurry. */
  usualMs: number;
  /** Instead of the usual. */
  waitMs(): number;
  /** Ends a fetch that waits, and its connection. */
  leaving: AbortSignal;
}

const patient = (broker: PooledBroker, { usualMs, waitMs, leaving }: Waiting): PooledBroker['fetch'] => {
  const fetch = broker.fetch.bind(broker);
  const left = new Promise<FetchAnswer>((resolve) => {
    leaving.addEventListener('abort', () => {
      resolve({ responses: [] });
      // Only by an error does the client learn that its request is not answered any more; it would wait for it.
      broker.connectionPool.pool[1]?.socket?.destroy(new Error('the consumer leaves'));
    });
  });
  return (asked) => {
    const fetched = fetch(asked.maxWaitTime < usualMs ? asked : { ...asked, maxWaitTime: waitMs() });
    fetched.catch(() => undefined);
    return Promise.race([fetched, left]);
  };
};

/**
 * Lets fetches of a consumer that has nothing to read wait long at the broker, which answers at once when something
 * comes: an idle consumer costs what it asks. The client looks whether it is told to stop, and says that it lives, only
 * between two fetches: the wait must be well below the session's time.
 */
export const letFetchesWait = (cluster: Cluster, waiting: Waiting): void => {
  const inside = cluster as unknown as { findBroker(which: { nodeId: string }): Promise<PooledBroker> };
  const find = inside.findBroker.bind(inside);
  const known = new WeakSet<PooledBroker>();
  inside.findBroker = async (which) => {
    const broker = await find(which);
    if (!known.has(broker)) {
      known.add(broker);
      broker.fetch = patient(broker, waiting);
    }
    return broker;
  };
};
