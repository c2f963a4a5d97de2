import type { Decider, Typed } from '#libs/model';
import type { Opened } from './collections.js';
import { GENESIS } from './chain.js';
import { ANSWERED, heardOf, outFacts, type Head } from './kept.js';
import type { Codec } from './port.js';

/** Where a stream stands and what it amounts to. */
export interface Known<State> {
  head: Head;
  state: State;
}

const LIMIT = 2_000;

/**
 * The last states, so that a stream is not read again for every request. A cached state may lag behind another replica's
 * commits: the unique (stream, version) refuses what was decided on it, and answers without a commit check it first.
 */
export class Heads {
  readonly #known = new Map<string, Known<unknown>>();

  constructor(readonly opened: Opened, readonly codec: Codec) {}

  static #name = (decider: { version: number }, streamId: string): string => `${decider.version}:${streamId}`;

  cached<State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, streamId: string): Known<State> | undefined {
    return this.#known.get(Heads.#name(decider, streamId)) as Known<State> | undefined;
  }

  put(decider: { version: number }, streamId: string, known: Known<unknown>): void {
    const name = Heads.#name(decider, streamId);
    this.#known.delete(name);
    this.#known.set(name, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= LIMIT) return;
      this.#known.delete(oldest);
    }
  }

  drop(decider: { version: number }, streamId: string): void {
    this.#known.delete(Heads.#name(decider, streamId));
  }

  /** Reads the stream from its beginning. */
  async load<State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, streamId: string): Promise<Known<State>> {
    const commits = await this.opened.patiently('reading a stream', () =>
      this.opened.commits.find({ streamId }).sort({ version: 1 }).toArray());
    let state = decider.initial();
    for (const commit of commits) {
      for (const fact of outFacts(this.opened.service, commit)) {
        if (fact.envelope.type !== ANSWERED) state = decider.evolve(state, heardOf(this.codec, fact).message as F);
      }
    }
    const last = commits.at(-1);
    const head = last ? { version: last.version, hash: last.hash, at: last.at } : { version: 0, hash: GENESIS, at: 0 };
    const known = { head, state };
    this.put(decider, streamId, known);
    return known;
  }

  /** Whether the stream has not moved on since `head`. */
  async holds(streamId: string, { version }: Head): Promise<boolean> {
    const next = await this.opened.patiently('checking a stream', () =>
      this.opened.commits.findOne({ streamId, version: version + 1 }, { projection: { _id: 1 } }));
    return next === null;
  }
}
