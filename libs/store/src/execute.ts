import { setTimeout as pause } from 'node:timers/promises';
import { Fault, type Decider, type Typed } from '#libs/model';
import { answeredBefore, answersOf } from './answers.js';
import type { Opened } from './collections.js';
import { decideAll } from './decide.js';
import { faultOf } from './errors.js';
import { Heads } from './heads.js';
import { insertCommits } from './insert.js';
import type { Answered, Ask, Codec } from './port.js';
import { scopeOf, streamIdOf, type Scope } from './scope.js';

/** Of n racing writers one wins each round; more than that many at once on one stream is a fault. */
const ROUNDS = 60;

interface Group<R extends Typed, S> {
  tenant: Scope;
  streamId: string;
  asks: Ask<R, S>[];
}
type Given = Map<string, Answered>;

const nameOf = ({ tenant, requestId }: { tenant: string; requestId: string }): string => `${tenant}/${requestId}`;

/** Requests by stream, in order; a request given twice is taken once. */
export const groupsOf = <State, R extends Typed, F extends Typed, S>(decider: Decider<State, R, F, S>, asks: readonly Ask<R, S>[]): Group<R, S>[] => {
  const groups = new Map<string, Group<R, S>>();
  const taken = new Set<string>();
  for (const ask of asks) {
    const tenant = scopeOf(ask.tenant);
    if (taken.has(nameOf(ask))) continue;
    taken.add(nameOf(ask));
    const streamId = streamIdOf(decider.subject, tenant, decider.key(ask.request, tenant));
    const group = groups.get(streamId) ?? { tenant, streamId, asks: [] };
    group.asks.push(ask);
    groups.set(streamId, group);
  }
  return [...groups.values()];
};

const lookUp = async (opened: Opened, codec: Codec, groups: readonly Group<Typed, unknown>[], given: Given): Promise<void> => {
  const ids = new Map<Scope, string[]>();
  for (const { tenant, asks } of groups) ids.set(tenant, [...(ids.get(tenant) ?? []), ...asks.map(({ requestId }) => requestId)]);
  for (const [tenant, wanted] of ids) {
    for (const answer of await answeredBefore(opened, codec, tenant, wanted)) {
      if (!given.has(nameOf(answer))) given.set(nameOf(answer), answer);
    }
  }
};

/** One attempt at one stream; what is not answered afterwards is for the next round. */
const attempt = async <State, R extends Typed, F extends Typed, S>(
  heads: Heads, decider: Decider<State, R, F, S>, { tenant, streamId, asks }: Group<R, S>, given: Given,
): Promise<void> => {
  const { opened, codec } = heads;
  const cached = heads.cached(decider, streamId);
  const known = cached ?? await heads.load(decider, streamId);
  const decided = decideAll(decider, codec, opened.log, tenant, streamId, asks, known);
  const keep = (commits: typeof decided.alone, written: Set<string>): void => {
    for (const commit of commits.filter(({ _id }) => written.has(_id))) {
      for (const answer of answersOf(codec, opened.service, commit, false)) given.set(nameOf(answer), answer);
    }
  };
  if (decided.commit) {
    const { version, hash, at, _id } = decided.commit;
    const written = await insertCommits(opened, [decided.commit]);
    if (!written.has(_id)) return heads.drop(decider, streamId);
    heads.put(decider, streamId, { head: { version, hash, at }, state: decided.state });
    keep([decided.commit], written);
  } else if (cached && !(await heads.holds(streamId, known.head))) {
    return heads.drop(decider, streamId);
  }
  keep(decided.alone, await insertCommits(opened, decided.alone));
};

/** See Store.execute. `wake` is called after something was committed. */
export const executeWith = (heads: Heads, wake: () => void) => async <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>, asks: readonly Ask<R, S>[],
): Promise<Answered[]> => {
  const given: Given = new Map();
  try {
    let open = groupsOf(decider, asks);
    for (let round = 0; open.length > 0; round += 1) {
      if (round >= ROUNDS) throw new Fault(`store: lost ${ROUNDS} races for ${open[0]?.streamId}`);
      if (round > 1) await pause(Math.random() * 10 * Math.min(round, 10));
      await lookUp(heads.opened, heads.codec, open, given);
      open = open.map((group) => ({ ...group, asks: group.asks.filter((ask) => !given.has(nameOf(ask))) })).filter((group) => group.asks.length > 0);
      await Promise.all(open.map((group) => attempt(heads, decider, group, given)));
      open = open.map((group) => ({ ...group, asks: group.asks.filter((ask) => !given.has(nameOf(ask))) })).filter((group) => group.asks.length > 0);
    }
  } catch (error) {
    throw faultOf('executing requests', error);
  } finally {
    wake();
  }
  return asks.map((ask) => {
    const answer = given.get(nameOf(ask));
    if (!answer) throw new Fault(`store: request ${ask.requestId} has no answer`);
    return answer;
  });
};
