import type { AnswerOutcome, RequestAnswered } from '#contracts';
import type { Typed } from '#libs/model';
import type { Commit, KeptRequest, OpenDatabase } from './collections.js';
import { ANSWERED, outFacts, topicOf, type NewFact } from './commits.js';
import type { DecisionAnswer, DecisionRequest, FactCodec, OutFact } from './port.js';
import type { TenantScope } from './scope.js';

/** A refusal may quote what was asked. */
const SENTENCE_LENGTH = 2_000;

/** How a request ends, before it is stored. */
export interface RequestEnding {
  outcome: AnswerOutcome;
  code: string;
  message: string;
  streamId: string;
  version: number;
}

/** The answer as a fact. Requests and answers are one to one: (tenant, request id) is unique in the commits. */
export const answerFact = (codec: FactCodec, ask: DecisionRequest, ending: RequestEnding): NewFact => {
  const said = { ...ending, message: ending.message.slice(0, SENTENCE_LENGTH) };
  const message: RequestAnswered = { type: ANSWERED, requestId: ask.requestId, requestType: ask.request.type, ...said };
  return { type: ANSWERED, bytes: codec.encode(message), time: ask.now, requestId: ask.requestId };
};

export const keptRequest = (ask: DecisionRequest): KeptRequest => ({
  id: ask.requestId,
  type: ask.request.type,
  actor: { subject: ask.actor.subject, side: ask.actor.side },
  roles: [...ask.roles],
  digest: ask.digest,
  correlationId: ask.correlationId ?? ask.requestId,
  causationId: ask.causationId,
  traceparent: ask.traceparent,
});

/** An answer with the request it was given to. */
export interface GivenAnswer {
  request: KeptRequest | undefined;
  answer: DecisionAnswer;
}

/**
 * Whether a request is the one that was kept under its id, put once more: of the same type, by the same actor, with the
 * same bytes.
 * A service derives ids from what it heard; hearing it again, it may word the request otherwise, and the first stands.
 */
export const isSame = (kept: KeptRequest, { request, actor, digest }: DecisionRequest): boolean => {
  const isErased = kept.actor.subject === '';
  if (kept.type !== request.type) return false;
  if (!isErased && (kept.actor.subject !== actor.subject || kept.actor.side !== actor.side)) return false;
  return actor.side === 'SYSTEM' || !kept.digest?.length || !digest || digest.equals(kept.digest);
};

/** What a request hears whose id another one bears. */
export const idUsed = ({ tenant, requestId, request }: DecisionRequest): DecisionAnswer => ({
  tenant,
  requestId,
  requestType: request.type,
  outcome: 'ID_USED',
  code: 'REQUEST_ID_USED',
  message: 'another request bears this id',
  streamId: '',
  version: 0,
  repeated: false,
  fact: undefined,
});

const isAnswer = (message: Typed): message is RequestAnswered => message.type === ANSWERED;

const answered = (codec: FactCodec, tenant: string, fact: OutFact, repeated: boolean): DecisionAnswer | undefined => {
  const message = codec.decode(fact.bytes);
  if (!isAnswer(message)) return undefined;
  const { requestId, requestType, outcome, code, message: sentence, streamId, version } = message;
  return { tenant, requestId, requestType, outcome, code, message: sentence, streamId, version, repeated, fact };
};

const withRequest =
  ({ requests }: Commit) =>
  (answer: DecisionAnswer): GivenAnswer => ({ answer, request: requests.find(({ id }) => id === answer.requestId) });

/** The answers a commit holds. */
export const answersOf = (codec: FactCodec, service: string, commit: Commit, repeated: boolean): GivenAnswer[] =>
  outFacts(service, commit)
    .filter(({ envelope }) => envelope.type === ANSWERED)
    .flatMap((fact) => answered(codec, commit.tenant, fact, repeated) ?? [])
    .map(withRequest(commit));

/** What can still be said of requests whose answers were erased. */
const erasedAnswers = (codec: FactCodec, service: string, commit: Commit): GivenAnswer[] =>
  commit.facts
    .filter(({ type, bytes }) => type === ANSWERED && bytes.length === 0)
    .map(({ id, requestId, time }) => {
      const requestType = commit.requests.find((request) => request.id === requestId)?.type ?? '';
      const ending: RequestEnding = {
        outcome: 'REFUSED',
        code: 'ERASED',
        message: 'the answer was erased',
        streamId: '',
        version: 0,
      };
      const message: RequestAnswered = { type: ANSWERED, requestId, requestType, ...ending };
      const envelope = { id, type: ANSWERED, source: service, subject: requestId, time, tenant: commit.tenant };
      const fact = {
        topic: topicOf(ANSWERED),
        key: `${commit.tenant}/${requestId}`,
        envelope,
        bytes: codec.encode(message),
      };
      return withRequest(commit)({ ...ending, tenant: commit.tenant, requestId, requestType, repeated: true, fact });
    });

/** Answers given before to any of these requests of one tenant. */
export const answeredBefore = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  requestIds: readonly string[],
): Promise<GivenAnswer[]> => {
  const wanted = new Set(requestIds);
  const commits = await opened.patiently('reading answers', () =>
    opened.commits.find({ tenant, 'requests.id': { $in: [...wanted] } }).toArray(),
  );
  return commits
    .flatMap((commit) => [
      ...answersOf(codec, opened.service, commit, true),
      ...erasedAnswers(codec, opened.service, commit),
    ])
    .filter(({ answer }) => wanted.has(answer.requestId));
};
