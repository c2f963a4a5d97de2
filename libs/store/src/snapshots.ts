import { briefReasonOf, type Decider, type Typed } from '#libs/model';
import type { OpenDatabase, SnapshotDocument } from './collections.js';
import { placeOf } from './commits.js';
import type { SnapshotOptions, SnapshotOutcome } from './port.js';
import type { TenantScope } from './scope.js';
import { dropSnapshot, lookedUp, MOST_PIECES, PIECE_BYTES, signedBytes, writeSnapshot } from './snapshot-documents.js';
import type { StandingState, StreamHead } from './stream-head.js';
import { packState, stateFormOf, unpackState } from './state-form.js';

/** Facts said since the last one that make a snapshot due; more for a large state, which costs more to write. */
const FACTS = 200;
const BYTES_A_FACT = 4_096;
/** At a stop fewer do, within that time. */
const FACTS_AT_STOP = 25;
const STOP_MS = 5_000;
/** Streams whose last snapshot is remembered. */
const REMEMBERED = 20_000;

/**
 * States kept beside the facts, so that a stream is opened by what was said since. They are a saving and nothing else:
 * one that does not fit, or cannot be written, costs reading the facts.
 */
export class Snapshots {
  /** Facts at which the next snapshot of a stream is due. */
  readonly #next = new Map<string, number>();
  readonly #due = new Map<string, StandingState>();
  #working: Promise<void> | undefined;
  readonly #facts: number;

  constructor(
    private readonly opened: OpenDatabase,
    private readonly options: SnapshotOptions = {},
  ) {
    this.#facts = options.facts ?? FACTS;
  }

  /** Told where a stream stands now: keeps it, beside the work of the service, when enough was said. */
  note(standing: StandingState, enough = this.#facts): void {
    const { streamId, known } = standing;
    if (!this.opened.seal || known.facts < (this.#next.get(streamId) ?? this.#facts) - this.#facts + enough) return;
    this.#due.set(streamId, standing);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Nothing of what is known now is kept any more: some of it was erased. */
  clear(): void {
    this.#due.clear();
    this.#next.clear();
  }

  /** Keeps what was said since the last snapshots, as far as time allows. */
  async stop(standing: Iterable<StandingState>): Promise<void> {
    for (const one of standing) this.note(one, Math.min(this.#facts, FACTS_AT_STOP));
    let giveUp: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      giveUp = setTimeout(resolve, STOP_MS);
    });
    await Promise.race([this.#working, late]);
    clearTimeout(giveUp);
    this.#due.clear();
  }

  /** Where streams of one tenant stand by their snapshots; those without one that fits are left out. */
  async read<State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    tenant: TenantScope,
    streamIds: readonly string[],
  ): Promise<Map<string, StreamHead<State>>> {
    const { snapshots, patiently, seal } = this.opened;
    const states = new Map<string, StreamHead<State>>();
    if (!seal || streamIds.length === 0) return states;
    const found = await patiently('reading snapshots', () =>
      snapshots.find({ _id: { $in: [...streamIds] }, tenant }).toArray(),
    );
    if (found.length === 0) return states;
    const { hashes, erased } = await lookedUp(this.opened, tenant, found);
    for (const one of found) {
      if (one.form !== stateFormOf(decider)) {
        // Of every stream, after each update that changes what is decided: nothing is wrong.
        this.#tell('ignored', one);
        continue;
      }
      const hash = hashes.get(placeOf(one.streamId, one.version));
      const misfit = erased.has(one.streamId) ? 'something of the stream was erased' : whyNoEnd(one, hash);
      const head = misfit ?? (await this.#opened<State>(one));
      if (typeof head === 'object') {
        states.set(one.streamId, head);
        this.#remember(one.streamId, head.facts + this.#stepOf(one.bytes.length * (Number(one.pieces) || 1)));
        this.#tell('read', one);
        continue;
      }
      this.#tell('ignored', one, head);
      await dropSnapshot(this.opened, one.streamId, one.stamp).catch(() => undefined);
    }
    return states;
  }

  /** @returns what it holds, or why it is not believed. */
  async #opened<State>(document: SnapshotDocument): Promise<StreamHead<State> | string> {
    const { seal } = this.opened;
    const { version, hash, at, facts } = document;
    try {
      const bytes = seal && (await signedBytes(this.opened, seal, document));
      if (!bytes) return 'it does not bear the signature of the service';
      return { head: { version, hash, at }, facts, state: (await unpackState(bytes)) as State };
    } catch (error) {
      return `it cannot be read: ${briefReasonOf(error)}`;
    }
  }

  async #work(): Promise<void> {
    for (let next = this.#taken(); next; next = this.#taken()) await this.#keep(next);
  }

  #taken(): StandingState | undefined {
    for (const [streamId, standing] of this.#due) {
      this.#due.delete(streamId);
      return standing;
    }
    return undefined;
  }

  /** Of what was packed into so many bytes, how many facts later it is worth while again. */
  #stepOf(bytes: number): number {
    return Math.max(this.#facts, Math.round(bytes / BYTES_A_FACT));
  }

  #remember(streamId: string, next: number): void {
    this.#next.delete(streamId);
    this.#next.set(streamId, next);
    for (const oldest of this.#next.keys()) {
      if (this.#next.size <= REMEMBERED) return;
      this.#next.delete(oldest);
    }
  }

  async #keep({ decider, tenant, streamId, known }: StandingState): Promise<void> {
    const { head, state, facts } = known;
    const { pieceBytes = PIECE_BYTES } = this.options;
    const most = pieceBytes * MOST_PIECES;
    const said = { tenant, streamId, facts, form: stateFormOf(decider), ...head };
    this.#remember(streamId, facts + this.#facts);
    try {
      if (!this.opened.seal || (await this.#isErased(said))) return;
      const bytes = await packState(state);
      this.#remember(streamId, facts + this.#stepOf(bytes?.length ?? most));
      if (!bytes || bytes.length > most) return this.#tell('not-kept', said, 'the state is too large');
      await writeSnapshot(this.opened, this.opened.seal, said, bytes, pieceBytes);
      // Blanked meanwhile, perhaps by another process: whoever blanks takes snapshots away after that.
      if (await this.#isErased(said)) await dropSnapshot(this.opened, streamId);
      this.#tell('kept', said);
    } catch (error) {
      this.#tell('not-kept', said, briefReasonOf(error));
    }
  }

  async #isErased(said: Pick<SnapshotDocument, 'tenant' | 'streamId' | 'version'>): Promise<boolean> {
    return (await lookedUp(this.opened, said.tenant, [said])).erased.has(said.streamId);
  }

  #tell(
    outcome: SnapshotOutcome,
    { tenant, streamId, version }: Pick<SnapshotDocument, 'tenant' | 'streamId' | 'version'>,
    reason?: string,
  ): void {
    this.options.onOutcome?.(outcome);
    if (reason !== undefined)
      this.opened.log.warn(
        { tenant, streamId, version, outcome, reason },
        'a snapshot is of no use: the facts are read',
      );
  }
}

const whyNoEnd = ({ version, hash }: SnapshotDocument, found: Buffer | undefined): string | undefined => {
  if (!found) return `there is no commit ${version} of its stream`;
  return Buffer.isBuffer(hash) && hash.equals(found) ? undefined : `it is of another commit ${version}`;
};
