import { briefReasonOf } from '#libs/model';
import type { Commit, OpenDatabase } from './collections.js';
import { outFacts } from './commits.js';
import { holdBack } from './parking.js';
import type { ParkedKnown } from './parked-known.js';
import type { OutFact, RelayOptions } from './port.js';

export type SendFacts = (facts: OutFact[]) => Promise<void>;
type SendRefusals = Pick<RelayOptions, 'refuses' | 'blames'>;

/** A mark that is lost means facts sent once more. */
const UNJOURNALED = { w: 1 };

const mark = (opened: OpenDatabase, commits: readonly Commit[]): Promise<unknown> =>
  opened.patiently('marking what was sent', () =>
    opened.commits.updateMany(
      { _id: { $in: commits.map(({ _id }) => _id) } },
      { $unset: { unpublished: true } },
      { writeConcern: UNJOURNALED },
    ),
  );

/** A commit and what is to be sent of it, or why it cannot be. */
interface ReadyCommit {
  commit: Commit;
  facts: OutFact[];
  refusal: string | undefined;
}

const readyOf = (service: string, commit: Commit, refuses: RelayOptions['refuses']): ReadyCommit => {
  try {
    const facts = outFacts(service, commit);
    return { commit, facts, refusal: refuses && facts.map(refuses).find((one) => one !== undefined) };
  } catch (error) {
    return { commit, facts: [], refusal: briefReasonOf(error) };
  }
};

/** Parks the streams of what can never be sent. @returns what is left, without the later commits of those streams. */
const withoutParked = async (
  opened: OpenDatabase,
  known: ParkedKnown,
  all: readonly ReadyCommit[],
): Promise<ReadyCommit[]> => {
  const parked = await known.of(all.map(({ commit }) => commit.streamId));
  if (!parked) return [];
  for (const {
    commit: { streamId, tenant, version },
    refusal,
  } of all) {
    if (refusal === undefined || parked.has(streamId)) continue;
    await known.park({ id: streamId, tenant, reason: `version ${version}: ${refusal}` });
    parked.add(streamId);
  }
  const held = all.filter(({ commit }) => parked.has(commit.streamId));
  if (held.length > 0)
    await holdBack(
      opened,
      held.map(({ commit }) => commit),
    );
  return all.filter(({ commit }) => !parked.has(commit.streamId));
};

/** One commit after the other, so that the one to blame is found. @throws whatever is not a commit's own fault. */
const sendEach = async (
  opened: OpenDatabase,
  known: ParkedKnown,
  ready: readonly ReadyCommit[],
  send: SendFacts,
  blames: (error: unknown) => boolean,
): Promise<void> => {
  const parked = new Set<string>();
  for (const { commit, facts } of ready) {
    const { streamId, tenant, version } = commit;
    if (parked.has(streamId)) {
      await holdBack(opened, [commit]);
      continue;
    }
    try {
      await send(facts);
      await mark(opened, [commit]);
    } catch (error) {
      if (!blames(error)) throw error;
      await known.park({ id: streamId, tenant, reason: `version ${version}: ${briefReasonOf(error)}` });
      await holdBack(opened, [commit]);
      parked.add(streamId);
    }
  }
};

/** Sends and marks. What the broker cannot take parks its stream; the others go on. */
export const sendCommits = async (
  opened: OpenDatabase,
  known: ParkedKnown,
  commits: readonly Commit[],
  send: SendFacts,
  { refuses, blames = () => false }: SendRefusals,
): Promise<void> => {
  const ready = await withoutParked(
    opened,
    known,
    commits.map((commit) => readyOf(opened.service, commit, refuses)),
  );
  if (ready.length === 0) return;
  try {
    const facts = ready.flatMap((one) => one.facts);
    if (facts.length > 0) await send(facts);
  } catch (error) {
    if (!blames(error)) throw error;
    return sendEach(opened, known, ready, send, blames);
  }
  await mark(
    opened,
    ready.map(({ commit }) => commit),
  );
};
