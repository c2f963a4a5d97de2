import type { Decider, Typed } from '#libs/model';
import { GENESIS } from './chain.js';
import type { Commit, Opened } from './collections.js';
import { ANSWERED, heardOf, outFacts, type Head } from './kept.js';
import type { Codec } from './port.js';

/** Where a stream stands and what it amounts to. */
export interface Known<State> {
  head: Head;
  state: State;
}

/** States kept. */
const LIMIT = 2_000;
/** Streams, and commits of them, read at once. */
const STREAMS = 100;
const COMMITS = 500;

const nameOf = (decider: { version: number }, streamId: string): string => `${decider.version}:${streamId}`;

/**
 * The last states, so that a stream is not read again for every request. A cached state may lag behind another replica's
 * commits: the unique (stream, version) refuses what was decided on it, and answers without a commit check it first.
 */
export class Heads {
  readonly #known = new Map<string, Known<unknown>>();

  constructor(readonly opened: Opened, readonly codec: Codec) {}

  cached<State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, streamId: string): Known<State> | undefined {
    return this.#known.get(nameOf(decider, streamId)) as Known<State> | undefined;
  }

  put(decider: { version: number }, streamId: string, known: Known<unknown>): void {
    const name = nameOf(decider, streamId);
    this.#known.delete(name);
    this.#known.set(name, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= LIMIT) return;
      this.#known.delete(oldest);
    }
  }

  clear(): void {
    this.#known.clear();
  }

  /** Reads what these streams have beyond the cached states: for one that was never read, all of it. */
  async catchUp<State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, streamIds: readonly string[]): Promise<Map<string, Known<State>>> {
    const known = new Map<string, Known<State>>(streamIds.map((streamId) => [
      streamId, this.cached(decider, streamId) ?? { head: { version: 0, hash: GENESIS, at: 0 }, state: decider.initial() },
    ]));
    for (let from = 0; from < streamIds.length; from += STREAMS) await this.#read(decider, streamIds.slice(from, from + STREAMS), known);
    for (const [streamId, one] of known) this.put(decider, streamId, one);
    return known;
  }

  async #read<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>, streamIds: readonly string[], known: Map<string, Known<State>>,
  ): Promise<void> {
    for (let full = true; full;) {
      const beyond = streamIds.map((streamId) => ({ streamId, version: { $gt: known.get(streamId)?.head.version ?? 0 } }));
      const commits = await this.opened.patiently('reading streams', () =>
        this.opened.commits.find({ $or: beyond }).sort({ streamId: 1, version: 1 }).limit(COMMITS).toArray());
      for (const commit of commits) {
        const before = known.get(commit.streamId);
        if (before) known.set(commit.streamId, this.#after(decider, before, commit));
      }
      full = commits.length === COMMITS;
    }
  }

  #after<State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, { state }: Known<State>, commit: Commit): Known<State> {
    const facts = outFacts(this.opened.service, commit).filter(({ envelope }) => envelope.type !== ANSWERED);
    const { version, hash, at } = commit;
    return { head: { version, hash, at }, state: facts.reduce((seen, fact) => decider.evolve(seen, heardOf(this.codec, fact).message as F), state) };
  }

  /** Those of the streams that moved on since their heads. */
  async moved(heads: ReadonlyMap<string, Head>): Promise<Set<string>> {
    if (heads.size === 0) return new Set();
    const next = [...heads].map(([streamId, { version }]) => ({ streamId, version: version + 1 }));
    const found = await this.opened.patiently('checking streams', () =>
      this.opened.commits.find({ $or: next }, { projection: { streamId: 1 } }).toArray());
    return new Set(found.map(({ streamId }) => streamId));
  }
}
