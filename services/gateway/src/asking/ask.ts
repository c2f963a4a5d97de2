import { Fault, idOf, type Typed } from '#libs/model';
import { encode, type OutRecord } from '#libs/events';
import { signedRecord, type ServiceContext } from '#libs/service';
import type { RequestAnswered } from '#contracts';
import { signedRoles, type Scope } from '../domain/scope.js';
import type { Live } from '../live/consumption.js';
import { timely } from '../reading/limits.js';
import { awaitView } from './await-view.js';
import { asFirst } from './first.js';
import type { Outcome, Question } from './question.js';

export type Ask = (scope: Scope, question: Question) => Promise<Outcome>;

/** How long a person's request may wait for its decision. */
const PATIENCE_MS = 30_000;
const RECORD_BYTES = 3_500_000;

/** A repeated call with the same mutation id is the same request. */
export const requestIdOf = (
  { caller }: Scope,
  field: string,
  mutationId: string | null | undefined,
  random: () => string,
): string =>
  mutationId ? idOf('person', caller.side, caller.tenant ?? '', caller.subject, field, mutationId) : random();

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
  scope: Scope,
  { requestId, tenant, at, request, basedOn }: Question,
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

/** The record to send, or a code and a sentence why there is none. */
const recordOf = async (
  context: ServiceContext,
  scope: Scope,
  question: Question,
): Promise<OutRecord | [string, string]> => {
  const made = framed(question.request);
  if (made instanceof Fault) return ['BAD_REQUEST', made.message];
  if (made.length > RECORD_BYTES)
    return ['TOO_LARGE', `the request has ${made.length} bytes, more than ${RECORD_BYTES}: send it in parts`];
  const value = await asFirst(context.store, question, made);
  return value
    ? signedFor(context, scope, question, value)
    : ['MUTATION_ID_USED', 'this mutation id stands for something else that was asked before: take another'];
};

const said = ({ outcome, code, message, streamId }: RequestAnswered, requestId: string, id?: string): Outcome => {
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

/** Puts a request and waits for its answer, then, bounded, for the view to have it. */
export const openAsk =
  (context: ServiceContext, live: Live, waits: { answerMs: number; viewMs: number; readMs: number }): Ask =>
  async (scope, question) => {
    const { requestId, tenant, request, id } = question;
    const record = await recordOf(context, scope, question);
    const no = (code: string, message: string): Outcome => ({
      ok: false,
      code,
      message,
      requestId,
      streamId: null,
      id: null,
    });
    if (Array.isArray(record)) return no(...record);
    const coming = live.answers.to(requestId, waits.answerMs);
    const sent = context.out.send([record]);
    // A broker that is away delays the sending for longer than people wait: then it is pending too.
    const answer = await Promise.race([coming, sent.then(() => coming)]);
    context.log.info(
      {
        tenant,
        requestId,
        type: request.type,
        subject: scope.caller.subject,
        side: scope.caller.side,
        outcome: answer?.outcome ?? 'PENDING',
      },
      'asked',
    );
    if (!answer) return no('PENDING', 'there is no answer yet: ask request(id)');
    const outcome = said(answer, requestId, id);
    const nothingNew = answer.outcome === 'UNCHANGED' && !request.type.startsWith('clustering.');
    if (!outcome.ok || nothingNew) return outcome;
    const reads = { settings: context.settings, store: timely(context.store, Math.min(waits.readMs, waits.viewMs)) };
    // It was decided, whatever becomes of looking for it.
    const made = await awaitView(reads, question, answer, waits.viewMs).catch((error: unknown) => {
      context.log.warn({ tenant, requestId, err: error }, 'the views could not be asked whether they have an answer');
      return undefined;
    });
    return made ? { ...outcome, id: made } : outcome;
  };
