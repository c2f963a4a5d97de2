import { Refused, type Decider, type Typed } from '#libs/model';
import { answerFact, keptRequest, type RequestEnding } from './answers.js';
import type { Commit } from './collections.js';
import { GENESIS } from './chain.js';
import { COMMIT_BYTES, commitOf, type NewFact } from './commits.js';
import type { DecisionRequest, FactCodec, StoreLog } from './port.js';
import type { TenantScope } from './scope.js';
import type { StreamHead } from './stream-head.js';

/**
 * Facts of one request at most, so that the commit it may still join stays storable; and one fact, so that its topic
 * takes it.
 */
const REQUEST_BYTES = 8 * 1_048_576;
const FACT_BYTES = 3_500_000;
/** What a fact takes in a commit beside its bytes. */
const FACT_OVERHEAD = 512;

/** @throws Refused TOO_LARGE for what could be decided but not be kept or sent. */
export const mustFit = (facts: readonly Pick<NewFact, 'type' | 'bytes'>[]): void => {
  const large = facts.find(({ bytes }) => bytes.length > FACT_BYTES);
  if (large)
    throw new Refused(`${large.type} would have ${large.bytes.length} bytes, more than ${FACT_BYTES}`, 'TOO_LARGE');
  const bytes = facts.reduce((sum, fact) => sum + fact.bytes.length + FACT_OVERHEAD, 0);
  if (bytes > REQUEST_BYTES)
    throw new Refused(`what the request amounts to would have ${bytes} bytes, more than ${REQUEST_BYTES}`, 'TOO_LARGE');
};

/** What became of one stream's requests: a commit with facts and answers, and answers that stand alone. */
export interface StreamDecision<State> {
  commit: Commit | undefined;
  alone: Commit[];
  state: State;
}
interface RequestDecision<State> {
  ending: RequestEnding;
  facts: NewFact[];
  state: State;
}
/** Where a request is decided. `version` is the stream's now, `next` that of the commit in the making. */
interface DecisionPoint {
  tenant: TenantScope;
  streamId: string;
  version: number;
  next: number;
}

const no = (outcome: RequestEnding['outcome'], code: string, message: string, version: number): RequestEnding => ({
  outcome,
  code,
  message,
  streamId: '',
  version,
});

/** Why a request is not even decided, if so. */
const hindrance = ({ expiresAt, basedOn, now }: DecisionRequest, version: number): RequestEnding | undefined => {
  if (expiresAt !== undefined && expiresAt < now) return no('EXPIRED', 'EXPIRED', 'the request came too late', version);
  if (basedOn === undefined || basedOn === version) return undefined;
  return no('REFUSED', 'STALE', `it was based on version ${basedOn}; there is version ${version}`, version);
};

/** One request. Whatever goes wrong in a decision goes wrong every time: it is answered, not tried again. */
const decideOne = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>,
  codec: FactCodec,
  log: StoreLog,
  { tenant, streamId, version, next }: DecisionPoint,
  ask: DecisionRequest<R, S>,
  state: State,
): RequestDecision<State> => {
  const { requestId, actor, roles, now, listeningSince, settings } = ask;
  const nothing = (ending: RequestEnding): RequestDecision<State> => ({ ending, facts: [], state });
  const hindered = hindrance(ask, version);
  if (hindered) return nothing(hindered);
  try {
    const said = decider.decide(ask.request, state, {
      ...{ tenant, requestId, actor, roles, now, listeningSince, settings },
    });
    if (said.length === 0) return nothing(no('UNCHANGED', '', '', version));
    const facts = said.map(
      (fact): NewFact => ({
        ...{ type: fact.type, bytes: codec.encode(fact), time: now, requestId },
        part: decider.partOf?.(fact),
      }),
    );
    mustFit(facts);
    // Facts as they will be read back, so that cached and loaded states are the same.
    const after = facts.reduce((seen, { bytes }) => decider.evolve(seen, codec.decode(bytes) as F), state);
    return { ending: { outcome: 'DONE', code: '', message: '', streamId, version: next }, facts, state: after };
  } catch (error) {
    if (error instanceof Refused) return nothing(no('REFUSED', error.code, error.message, version));
    log.error({ tenant, streamId, requestId, type: ask.request.type, err: error }, 'a decision failed');
    return nothing(no('FAULT', 'DECISION_FAILED', 'the request could not be decided', version));
  }
};

/** An answer without facts: the only commit of a stream of its own. */
const aloneOf = (codec: FactCodec, tenant: TenantScope, ask: DecisionRequest, ending: RequestEnding): Commit =>
  commitOf(
    tenant,
    `answer/${tenant}/${ask.requestId}`,
    { version: 0, hash: GENESIS, at: 0 },
    [answerFact(codec, ask, ending)],
    [keptRequest(ask)],
    ask.now,
  );

/**
 * Answers to what cannot be decided at all, because of what was said before or because nobody can tell which stream it
 * is for.
 */
export const undecidable = (codec: FactCodec, tenant: TenantScope, asks: readonly DecisionRequest[]): Commit[] =>
  asks.map((ask) =>
    aloneOf(codec, tenant, ask, no('FAULT', 'STREAM_UNREADABLE', 'what was said before cannot be read', 0)),
  );

/**
 * Decides one stream's requests in order, each on what the ones before it said. Requests beyond a full commit are left
 * out.
 */
export const decideAll = <State, R extends Typed, F extends Typed, S>(
  decider: Decider<State, R, F, S>,
  codec: FactCodec,
  log: StoreLog,
  { tenant, streamId }: { tenant: TenantScope; streamId: string },
  asks: readonly DecisionRequest<R, S>[],
  { head, state: start }: Pick<StreamHead<State>, 'head' | 'state'>,
): StreamDecision<State> => {
  const next = head.version + 1;
  const facts: NewFact[] = [];
  const answers: NewFact[] = [];
  const requests: DecisionRequest[] = [];
  const alone: Commit[] = [];
  let state = start;
  let bytes = 0;
  for (const ask of asks) {
    if (bytes > COMMIT_BYTES) break;
    const version = requests.length > 0 ? next : head.version;
    const verdict = decideOne(decider, codec, log, { tenant, streamId, version, next }, ask, state);
    state = verdict.state;
    if (verdict.facts.length === 0) {
      alone.push(aloneOf(codec, tenant, ask, verdict.ending));
      continue;
    }
    facts.push(...verdict.facts);
    answers.push(answerFact(codec, ask, verdict.ending));
    requests.push(ask);
    bytes += verdict.facts.reduce((sum, fact) => sum + fact.bytes.length + FACT_OVERHEAD, 0);
  }
  const last = requests.at(-1);
  const commit = last && commitOf(tenant, streamId, head, [...facts, ...answers], requests.map(keptRequest), last.now);
  return { commit, alone, state };
};
