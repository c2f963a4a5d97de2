import { Fault, type Decider, type Typed } from '#libs/model';
import { GENESIS } from './chain.js';
import type { Commit, MongoFilter, OpenDatabase } from './collections.js';
import { ANSWERED, heardOf, outFacts, placeOf, type ChainTip } from './commits.js';
import { isPassing } from './errors.js';
import type { FactCodec } from './port.js';
import { byStream } from './read-commits.js';
import type { TenantScope } from './scope.js';
import type { Snapshots } from './snapshots.js';
import type { StandingState, StreamHead } from './stream-head.js';

/** States kept. */
const LIMIT = 2_000;
/** Streams read at once. */
const STREAMS = 200;

const nameOf = (decider: { version: number }, streamId: string): string => `${decider.version}:${streamId}`;

/**
 * The last states, so that a stream is not read again for every request. A cached state may lag behind another
 * replica's commits: the unique (stream, version) refuses what was decided on it, and answers without a commit check it
 * first.
 */
export class StreamHeads {
  readonly #known = new Map<string, StandingState>();

  constructor(
    readonly opened: OpenDatabase,
    readonly codec: FactCodec,
    private readonly snapshots: Snapshots,
  ) {}

  cached<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    streamId: string,
  ): StreamHead<State> | undefined {
    return this.#known.get(nameOf(decider, streamId))?.known as StreamHead<State> | undefined;
  }

  put(standing: StandingState): void {
    const name = nameOf(standing.decider, standing.streamId);
    this.#known.delete(name);
    this.#known.set(name, standing);
    this.snapshots.note(standing);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= LIMIT) return;
      this.#known.delete(oldest);
    }
  }

  clear(): void {
    this.#known.clear();
    this.snapshots.clear();
  }

  /** Keeps what a start would read again. */
  async stop(): Promise<void> {
    await this.snapshots.stop(this.#known.values());
    this.#known.clear();
  }

  /**
   * Reads what these streams of one tenant have beyond the cached states: for one that was never read, what it has
   * beyond its snapshot, or all of it. Unreadable ones are left out.
   */
  async catchUp<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    tenant: TenantScope,
    streamIds: readonly string[],
  ): Promise<Map<string, StreamHead<State>>> {
    const known = new Map<string, StreamHead<State>>(
      streamIds.map((streamId) => [
        streamId,
        this.cached(decider, streamId) ?? {
          head: { version: 0, hash: GENESIS, at: 0 },
          state: decider.initial(),
          facts: 0,
        },
      ]),
    );
    const isFresh = (streamId: string): boolean => known.get(streamId)?.head.version === 0;
    const unread = streamIds.filter(isFresh);
    for (let from = 0; from < unread.length; from += STREAMS) {
      const some = unread.slice(from, from + STREAMS);
      for (const [streamId, kept] of await this.snapshots.read(decider, tenant, some)) known.set(streamId, kept);
    }
    const begun = streamIds.filter((streamId) => !isFresh(streamId));
    const fresh = streamIds.filter(isFresh);
    for (let from = 0; from < fresh.length; from += STREAMS) {
      await this.#read(decider, { tenant, streamId: { $in: fresh.slice(from, from + STREAMS) } }, known);
    }
    for (const streamId of begun) {
      const version = { $gt: known.get(streamId)?.head.version ?? 0 };
      await this.#read(decider, { tenant, streamId, version }, known);
    }
    for (const [streamId, one] of known) this.put({ decider, tenant, streamId, known: one });
    return known;
  }

  async #read<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    filter: MongoFilter<Commit> & { tenant: TenantScope },
    known: Map<string, StreamHead<State>>,
  ): Promise<void> {
    const gaps = new Set<string>();
    await this.opened.patiently('reading streams', async () => {
      for await (const commit of this.opened.commits.find(filter).sort({ streamId: 1, version: 1 })) {
        const before = known.get(commit.streamId);
        // Tried again, it meets what it has read before.
        if (!before || commit.version <= before.head.version || gaps.has(commit.streamId)) continue;
        if (commit.version > before.head.version + 1) {
          gaps.add(commit.streamId);
          continue;
        }
        const after = this.#after(decider, before, commit);
        if (after) known.set(commit.streamId, after);
        else known.delete(commit.streamId);
      }
    });
    for (const streamId of gaps) await this.#readArchived(decider, filter.tenant, streamId, known);
  }

  /** A stream of which something lies in the archive; one with a gap all the same cannot be decided on. */
  async #readArchived<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    tenant: TenantScope,
    streamId: string,
    known: Map<string, StreamHead<State>>,
  ): Promise<void> {
    let head = known.get(streamId);
    try {
      for await (const commit of byStream(this.opened, tenant, streamId)) {
        if (!head || commit.version <= head.head.version) continue;
        if (commit.version > head.head.version + 1)
          throw new Fault(`versions ${head.head.version + 1} to ${commit.version - 1} are missing`);
        head = this.#after(decider, head, commit);
      }
    } catch (err) {
      if (isPassing(err)) throw err;
      this.opened.log.error({ tenant, streamId, err }, 'a stream is not whole: its requests are answered FAULT');
      head = undefined;
    }
    if (head) known.set(streamId, head);
    else known.delete(streamId);
  }

  /** Nothing when a fact cannot be read or folded: that is this stream's trouble alone. */
  #after<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    { state, facts: before }: StreamHead<State>,
    commit: Commit,
  ): StreamHead<State> | undefined {
    const facts = outFacts(this.opened.service, commit).filter(({ envelope }) => envelope.type !== ANSWERED);
    const { version, hash, at } = commit;
    try {
      return {
        head: { version, hash, at },
        facts: before + facts.length,
        state: facts.reduce((seen, fact) => decider.evolve(seen, heardOf(this.codec, fact).message as F), state),
      };
    } catch (err) {
      this.opened.log.error(
        { streamId: commit.streamId, version, err },
        'a stream cannot be read: its requests are answered FAULT',
      );
      return undefined;
    }
  }

  /** Those of the streams that moved on since their heads. */
  async moved(heads: ReadonlyMap<string, ChainTip>): Promise<Set<string>> {
    if (heads.size === 0) return new Set();
    const next = [...heads].map(([streamId, { version }]) => placeOf(streamId, version + 1));
    const found = await this.opened.patiently('checking streams', () =>
      this.opened.commits.find({ _id: { $in: next } }, { projection: { streamId: 1 } }).toArray(),
    );
    return new Set(found.map(({ streamId }) => streamId));
  }
}
