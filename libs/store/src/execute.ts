import { setTimeout as pause } from 'node:timers/promises';
import { Fault, type Decider, type Typed } from '#libs/model';
import { answeredBefore, answersOf, idUsed, isSame, type GivenAnswer } from './answers.js';
import type { Commit } from './collections.js';
import { ANSWERED } from './commits.js';
import { decideAll, undecidable, type StreamDecision } from './decide.js';
import { faultOf } from './errors.js';
import type { StreamHeads } from './heads.js';
import { insertCommits } from './insert.js';
import type { DecisionAnswer, DecisionRequest } from './port.js';
import { scopeOf, streamIdOf, type TenantScope } from './scope.js';
import type { StandingState, StreamHead } from './stream-head.js';

/** Of n racing writers one wins each round; more than that many at once on one stream is a fault. */
const ROUNDS = 60;

/** Of a stream's key: it is in the key and headers of every record. */
const KEY_LENGTH = 512;

/** Requests of one stream, in order. */
export interface StreamRequests<R extends Typed, S> {
  tenant: TenantScope;
  streamId: string;
  asks: DecisionRequest<R, S>[];
  /** Their decider cannot name their stream. */
  unkeyed?: true;
}
type AnswersByRequest = Map<string, GivenAnswer>;

const nameOf = ({ tenant, requestId }: { tenant: string; requestId: string }): string => `${tenant}/${requestId}`;

const streamOf = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>,
  tenant: TenantScope,
  request: R,
): string | undefined => {
  try {
    const key = decider.key(request, tenant);
    return key.length > KEY_LENGTH ? undefined : streamIdOf(decider.subject, tenant, key);
  } catch {
    return undefined;
  }
};

/** Requests by stream; of those that bear one id the first is taken. */
export const groupsOf = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>,
  asks: readonly DecisionRequest<R, S>[],
): StreamRequests<R, S>[] => {
  const groups = new Map<string, StreamRequests<R, S>>();
  const taken = new Set<string>();
  for (const ask of asks) {
    const tenant = scopeOf(ask.tenant);
    if (taken.has(nameOf(ask))) continue;
    taken.add(nameOf(ask));
    const streamId = streamOf(decider, tenant, ask.request);
    const name = streamId ?? `unkeyed/${tenant}`;
    const group = groups.get(name) ?? {
      tenant,
      streamId: name,
      asks: [],
      ...(streamId === undefined ? { unkeyed: true } : {}),
    };
    group.asks.push(ask);
    groups.set(name, group);
  }
  return [...groups.values()];
};

const unanswered = <R extends Typed, S>(
  groups: readonly StreamRequests<R, S>[],
  given: AnswersByRequest,
): StreamRequests<R, S>[] =>
  groups
    .map((group) => ({ ...group, asks: group.asks.filter((ask) => !given.has(nameOf(ask))) }))
    .filter(({ asks }) => asks.length > 0);

/** Requests whose ids were answered earlier, here or elsewhere: the same ones get the same answer, others none. */
const lookUp = async <R extends Typed, S>(
  { opened, codec }: StreamHeads,
  groups: readonly StreamRequests<R, S>[],
  given: AnswersByRequest,
): Promise<void> => {
  const ids = new Map<TenantScope, string[]>();
  for (const { tenant, asks } of groups)
    ids.set(tenant, [...(ids.get(tenant) ?? []), ...asks.map(({ requestId }) => requestId)]);
  for (const [tenant, wanted] of ids) {
    for (const one of await answeredBefore(opened, codec, tenant, wanted)) {
      if (!given.has(nameOf(one.answer))) given.set(nameOf(one.answer), one);
    }
  }
};

const keep = (
  { opened, codec }: StreamHeads,
  commits: readonly Commit[],
  written: ReadonlySet<string>,
  given: AnswersByRequest,
): void => {
  for (const commit of commits.filter(({ _id }) => written.has(_id))) {
    for (const one of answersOf(codec, opened.service, commit, false)) given.set(nameOf(one.answer), one);
  }
};

/** States of the groups' streams: cached ones as they are at first, all caught up after a lost race. */
const statesOf = async <State, R extends Typed, F extends Typed, S>(
  heads: StreamHeads,
  decider: Decider<State, R, F, S>,
  all: readonly StreamRequests<R, S>[],
  afresh: boolean,
): Promise<Map<string, StreamHead<State>>> => {
  const groups = all.filter(({ unkeyed }) => !unkeyed);
  const states = new Map<string, StreamHead<State>>();
  for (const { streamId } of afresh ? [] : groups) {
    const cached = heads.cached(decider, streamId);
    if (cached) states.set(streamId, cached);
  }
  const tenants = new Set(groups.map(({ tenant }) => tenant));
  for (const tenant of tenants) {
    const unread = groups
      .filter((group) => group.tenant === tenant && !states.has(group.streamId))
      .map(({ streamId }) => streamId);
    for (const [streamId, known] of await heads.catchUp(decider, tenant, unread)) states.set(streamId, known);
  }
  return states;
};

/**
 * One attempt at all streams; what is not answered afterwards is for the next round. Answers without facts are written
 * after their stream's commit, and only if the stream stands where they were decided.
 */
const attempt = async <State, R extends Typed, F extends Typed, S>(
  heads: StreamHeads,
  decider: Decider<State, R, F, S>,
  groups: readonly StreamRequests<R, S>[],
  given: AnswersByRequest,
  afresh: boolean,
): Promise<void> => {
  const { opened, codec } = heads;
  const states = await statesOf(heads, decider, groups, afresh);
  const decided = groups.flatMap(
    ({ tenant, streamId, asks }): (StreamDecision<State> & Omit<StandingState, 'decider'>)[] => {
      const known = states.get(streamId);
      return known
        ? [{ tenant, streamId, known, ...decideAll(decider, codec, opened.log, { tenant, streamId }, asks, known) }]
        : [];
    },
  );
  const commits = decided.flatMap(({ commit }) => commit ?? []);
  const written = await insertCommits(opened, commits);
  keep(heads, commits, written, given);
  for (const { commit, state, tenant, streamId, known } of decided) {
    if (!commit || !written.has(commit._id)) continue;
    const { version, hash, at } = commit;
    const facts = known.facts + commit.facts.filter(({ type }) => type !== ANSWERED).length;
    heads.put({ decider, tenant, streamId, known: { head: { version, hash, at }, state, facts } });
  }
  const moved = await heads.moved(
    new Map(decided.filter(({ commit }) => !commit).map(({ streamId, known }) => [streamId, known.head])),
  );
  const alone = decided
    .filter(({ commit, streamId }) => (commit ? written.has(commit._id) : !moved.has(streamId)))
    .flatMap((one) => one.alone);
  const hopeless = groups
    .filter(({ streamId }) => !states.has(streamId))
    .flatMap(({ tenant, asks }) => undecidable(codec, tenant, asks));
  keep(heads, [...alone, ...hopeless], await insertCommits(opened, [...alone, ...hopeless]), given);
};

/** See Store.execute. `wake` is called after something may have been committed. */
export const executeWith =
  (heads: StreamHeads, wake: () => void) =>
  async <State, R extends Typed, F extends Typed, S>(
    decider: Decider<State, R, F, S>,
    asks: readonly DecisionRequest<R, S>[],
  ): Promise<DecisionAnswer[]> => {
    const given: AnswersByRequest = new Map();
    try {
      let open = groupsOf(decider, asks);
      for (let round = 0; open.length > 0; round += 1) {
        if (round >= ROUNDS) throw new Fault(`lost ${ROUNDS} races for ${open[0]?.streamId}`);
        // Losers of a race come back at different times.
        if (round > 1) await pause(Math.random() * 10 * Math.min(round, 10));
        // The first time no request is looked up: one answered before cannot be committed again, and then comes here
        // once more.
        if (round > 0) await lookUp(heads, open, given);
        open = unanswered(open, given);
        await attempt(heads, decider, open, given, round > 0);
        open = unanswered(open, given);
      }
    } catch (error) {
      throw faultOf('executing requests', error);
    } finally {
      wake();
    }
    return asks.map((ask) => {
      const found = given.get(nameOf(ask));
      if (!found) throw new Fault(`request ${ask.requestId} has no answer`);
      return found.request && !isSame(found.request, ask) ? idUsed(ask) : found.answer;
    });
  };
