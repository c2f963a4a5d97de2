import { Fault, type Typed } from '#libs/model';
import { encode, type OutRecord } from '#libs/events';
import { signedRecord, type ServiceContext } from '#libs/service';
import type { AnyRequest, RequestAnswered } from '#contracts';
import { signedRoles, type CallerScope } from '../domain/scope.js';
import type { AwaitedAnswers } from '../live/answers.js';
import { asFirst } from './mutation-id.js';
import { awaitShown, type ShownIn, type ShownViews } from './shown-in.js';

/** What a person asks of the service that decides it. */
export interface PersonRequest {
  requestId: string;
  /** Whose it is; `_operator` for what concerns no single tenant. */
  tenant: string;
  /** Tenants it names; `tenant` when none. */
  at?: readonly string[];
  request: AnyRequest;
  basedOn?: number | null;
  /** With a mutation id: what the arguments want. */
  wanted?: string;
  /** Node id of what is made or changed, where it is known before. */
  id?: string;
  /** Where people see what it changed. */
  shownIn: ShownIn;
}
/** What came of a mutation. */
export interface MutationOutcome {
  ok: boolean;
  code: string;
  message: string;
  requestId: string;
  streamId: string | null;
  id: string | null;
}

export const refusal = (code: string, message: string, requestId: string): MutationOutcome => ({
  ok: false,
  code,
  message,
  requestId,
  streamId: null,
  id: null,
});

/** Puts a person's request to the service that decides it. */
export type AskForPerson = (scope: CallerScope, asked: PersonRequest) => Promise<MutationOutcome>;

/** How long a person's request may wait for its decision. */
const PATIENCE_MS = 30_000;
const RECORD_BYTES = 3_500_000;

/** @returns why there are no bytes when the request does not fit its contract. */
const framed = (request: Typed): Buffer | Fault => {
  try {
    return encode(request);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error;
  }
};

const signedFor = (
  { keys, clock }: ServiceContext,
  scope: CallerScope,
  { requestId, tenant, at, request, basedOn }: PersonRequest,
  value: Buffer,
): Promise<OutRecord> => {
  const now = clock.now();
  const { subject, side } = scope.caller;
  const envelope = { id: requestId, source: 'gateway', time: now, tenant };
  return signedRecord(keys, {
    envelope,
    request,
    value,
    actor: { subject, side },
    roles: signedRoles(scope, tenant, at),
    expiresAt: now + PATIENCE_MS,
    basedOn: basedOn ?? undefined,
  });
};

/** The record to send, or why there is none. */
const recordOf = async (
  context: ServiceContext,
  scope: CallerScope,
  asked: PersonRequest,
): Promise<OutRecord | MutationOutcome> => {
  const no = (code: string, message: string): MutationOutcome => refusal(code, message, asked.requestId);
  const made = framed(asked.request);
  if (made instanceof Fault) return no('BAD_REQUEST', made.message);
  if (made.length > RECORD_BYTES)
    return no('TOO_LARGE', `the request has ${made.length} bytes, more than ${RECORD_BYTES}: send it in parts`);
  const value = await asFirst(context.store, asked, made);
  return value
    ? signedFor(context, scope, asked, value)
    : no('MUTATION_ID_USED', 'this mutation id stands for something else that was asked before: take another');
};

const outcomeOf = (
  { outcome, code, message, streamId }: RequestAnswered,
  { requestId, id }: PersonRequest,
): MutationOutcome => {
  const ok = outcome === 'DONE' || outcome === 'UNCHANGED';
  return {
    ok,
    code: ok ? '' : code || outcome,
    message,
    requestId,
    streamId: streamId || null,
    id: ok ? (id ?? null) : null,
  };
};

/** Puts a request and waits for its answer, then, bounded, until it is seen where the mutation says. */
export const openAsk =
  (
    context: ServiceContext,
    { answers, views }: { answers: AwaitedAnswers; views: ShownViews },
    waits: { answerMs: number; viewMs: number },
  ): AskForPerson =>
  async (scope, asked) => {
    const { requestId, tenant, request, shownIn } = asked;
    const record = await recordOf(context, scope, asked);
    if ('ok' in record) return record;
    const coming = answers.to(requestId, waits.answerMs);
    const sent = context.out.send([record]);
    // A broker that is away delays the sending for longer than people wait: then it is pending too.
    const answer = await Promise.race([coming, sent.then(() => coming)]);
    const { subject, side } = scope.caller;
    const came = answer?.outcome ?? 'PENDING';
    context.log.info({ tenant, requestId, type: request.type, subject, side, outcome: came }, 'asked');
    if (!answer) return refusal('PENDING', 'there is no answer yet: ask request(id)', requestId);
    const outcome = outcomeOf(answer, asked);
    if (!outcome.ok) return outcome;
    // It was decided, whatever becomes of looking for it.
    const made = await awaitShown(shownIn, views, answer, tenant, waits.viewMs).catch((error: unknown) => {
      context.log.warn({ tenant, requestId, err: error }, 'the views could not be asked whether they have an answer');
      return undefined;
    });
    return made ? { ...outcome, id: made } : outcome;
  };
