import { Refused, type Decider, type Typed } from '#libs/model';
import { answerFact, keptRequest, type Ending } from './answers.js';
import type { Commit } from './collections.js';
import { GENESIS } from './chain.js';
import type { Known } from './heads.js';
import { commitOf, type NewFact } from './kept.js';
import type { Ask, Codec, Log } from './port.js';
import type { Scope } from './scope.js';

/** A commit stays well below the store's 16 MiB a document; further requests wait for the next. */
const COMMIT_BYTES = 4 * 1_048_576;

/** What became of one stream's requests: a commit with facts and answers, and answers that stand alone. */
export interface Decided<State, Request extends Typed, Settings> {
  commit: Commit | undefined;
  alone: Commit[];
  state: State;
  /** Not decided yet: the commit is full. */
  rest: Ask<Request, Settings>[];
}
interface Verdict<State> {
  ending: Ending;
  facts: NewFact[];
  state: State;
}

const no = (outcome: Ending['outcome'], code: string, message: string, version: number): Ending =>
  ({ outcome, code, message, streamId: '', version });

/** One request. Whatever goes wrong in a decision goes wrong every time: it is answered, not tried again. */
const one = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>, codec: Codec, log: Log, tenant: Scope, streamId: string, ask: Ask<R, S>, state: State, version: number, next: number,
): Verdict<State> => {
  const refuse = (ending: Ending): Verdict<State> => ({ ending, facts: [], state });
  if (ask.expiresAt !== undefined && ask.expiresAt < ask.now) return refuse(no('EXPIRED', 'EXPIRED', 'the request came too late', version));
  if (ask.basedOn !== undefined && ask.basedOn !== version) {
    return refuse(no('REFUSED', 'STALE', `it was based on version ${ask.basedOn}; there is version ${version}`, version));
  }
  try {
    const { requestId, actor, now, settings } = ask;
    const said = decider.decide(ask.request, state, { tenant, requestId, actor, now, settings });
    if (said.length === 0) return refuse({ outcome: 'UNCHANGED', code: '', message: '', streamId, version });
    const facts = said.map((fact): NewFact => ({ type: fact.type, bytes: codec.encode(fact), time: now, requestId }));
    // State as it will be read back, so that cached and loaded states are the same.
    const after = facts.reduce((seen, { bytes }) => decider.evolve(seen, codec.decode(bytes) as F), state);
    return { ending: { outcome: 'DONE', code: '', message: '', streamId, version: next }, facts, state: after };
  } catch (error) {
    if (error instanceof Refused) return refuse(no('REFUSED', error.code, error.message, version));
    log.error({ tenant, streamId, requestId: ask.requestId, type: ask.request.type, err: error }, 'a decision failed');
    return refuse(no('FAULT', 'DECISION_FAILED', 'the request could not be decided', version));
  }
};

/** An answer without facts: the only commit of a stream of its own. */
const alone = (codec: Codec, tenant: Scope, ask: Ask, ending: Ending): Commit =>
  commitOf(tenant, `answer/${tenant}/${ask.requestId}`, { version: 0, hash: GENESIS, at: 0 },
    [answerFact(codec, ask, ending)], [keptRequest(ask)], ask.now);

/** Decides one stream's requests in order, each on what the ones before it said. Pure but for salts and ids. */
export const decideAll = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>, codec: Codec, log: Log, tenant: Scope, streamId: string, asks: readonly Ask<R, S>[], known: Known<State>,
): Decided<State, R, S> => {
  const { head } = known;
  const facts: NewFact[] = [];
  const done: { ask: Ask<R, S>; ending: Ending }[] = [];
  const lone: Commit[] = [];
  let { state } = known;
  let bytes = 0;
  let taken = 0;
  for (const ask of asks) {
    if (bytes > COMMIT_BYTES) break;
    taken += 1;
    const verdict = one(decider, codec, log, tenant, streamId, ask, state, head.version + (done.length > 0 ? 1 : 0), head.version + 1);
    state = verdict.state;
    if (verdict.facts.length === 0) {
      lone.push(alone(codec, tenant, ask, verdict.ending));
      continue;
    }
    facts.push(...verdict.facts);
    done.push({ ask, ending: verdict.ending });
    bytes += verdict.facts.reduce((sum, fact) => sum + fact.bytes.length, 0);
  }
  const last = done.at(-1);
  const commit = last && commitOf(tenant, streamId, head,
    [...facts, ...done.map(({ ask, ending }) => answerFact(codec, ask, ending))], done.map(({ ask }) => keptRequest(ask)), last.ask.now);
  return { commit, alone: lone, state, rest: asks.slice(taken) };
};
