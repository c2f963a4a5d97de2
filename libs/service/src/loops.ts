import { Fault, type Effect, type Envelope, type Heard, type Reaction, type Typed, type View } from '#libs/model';
import { framedRecord, retryTopic, type Batch } from '#libs/events';
import type { Answered } from '#libs/store';
import type { TenantState } from '#contracts';
import { guarded } from './guarded.js';
import type { Runtime } from './runtime.js';
import { ready, type ReadyRequest } from './asking.js';

/** Effects under way at once in one service. */
const EFFECTS_AT_ONCE = 8;

/** Whoever asks again hears the same answer again; whoever asks something else under a used id hears nothing: it is set aside. */
const tellAgain = async ({ publisher, out }: Runtime, answers: readonly Answered[], records: readonly Batch['records'][number][]): Promise<void> => {
  const again = answers.flatMap(({ repeated, fact }) => (repeated && fact ? [framedRecord(fact.topic, fact.key, fact.envelope, fact.bytes)] : []));
  if (again.length) await publisher.send(again);
  for (const [index, record] of records.entries()) {
    const answer = answers[index];
    if (answer?.outcome === 'ID_USED') await out.setAside(record, answer.code, answer.message);
  }
};

/** Requests -> decisions -> commits; the relay publishes facts and answers. */
export const answerRequests = async (runtime: Runtime, batch: Batch): Promise<void> => {
  const { definition, clock, keys, store, settings, metrics } = runtime;
  const readable = await runtime.readable(batch, async (record, parsed) => {
    // Whatever else was replayed to this service is for its other loops.
    if (batch.topic === retryTopic(runtime.name) && !parsed.request) return undefined;
    const claim = await keys.verify({ ...parsed, value: record.value, now: clock.now() });
    return { record, parsed, claim };
  });
  const requests = readable.filter((one) => one !== undefined);
  for (const decider of definition.decides ?? []) {
    const own = requests.filter(({ parsed }) => parsed.envelope.type.startsWith(`${decider.subject}.`));
    if (own.length === 0) continue;
    const answers = await store.execute(guarded(decider), own.map(({ parsed: { envelope, message }, claim }) => ({
      tenant: claim.tenant,
      requestId: claim.requestId,
      request: message,
      actor: claim.actor,
      roles: claim.roles,
      digest: Buffer.from(claim.sha256, 'base64url'),
      expiresAt: claim.expiresAt,
      basedOn: claim.basedOn,
      now: clock.now(),
      settings: settings.get(claim.tenant),
      causationId: claim.requestId,
      correlationId: envelope.correlationId ?? claim.requestId,
    })));
    for (const { requestType: type, outcome, code, requestId, streamId, tenant } of answers) {
      metrics.answered.inc({ type, outcome });
      runtime.log.info({ type, outcome, code, requestId, streamId, tenant }, 'answered');
    }
    await tellAgain(runtime, answers, own.map(({ record }) => record));
  }
};

const concerns = (hears: string[], { envelope }: { envelope: Envelope }): boolean => hears.includes(envelope.type);

/** Facts -> requests, all reactions over a batch at once, in the order heard. */
export const react = async (runtime: Runtime, reactions: Reaction<Typed, Typed, TenantState>[], batch: Batch): Promise<void> => {
  const heard = await runtime.readable(batch, async (_record, parsed): Promise<Heard> => parsed);
  const requests: ReadyRequest[] = [];
  for (const one of heard) {
    for (const reaction of reactions.filter(({ hears }) => concerns(hears, one))) {
      requests.push(...ready(reaction.react(one, runtime.settings.get(one.envelope.tenant)), one.envelope, reaction.name));
    }
  }
  await runtime.ask(requests);
};

/** Facts -> documents. */
export const show = async (runtime: Runtime, views: View<unknown, Typed>[], batch: Batch): Promise<void> => {
  const heard = await runtime.readable(batch, async (_record, parsed): Promise<Heard> => parsed);
  for (const view of views) {
    const concerning = heard.filter((one) => concerns(view.hears, one));
    if (concerning.length) await runtime.store.applyView(view, concerning);
  }
};

const performOne = async (runtime: Runtime, effect: Effect<Typed, Typed, TenantState>, one: Heard): Promise<void> => {
  const { store, settings, log } = runtime;
  const begun = await store.beginEffect(one.envelope.tenant, effect.name, one.envelope.id);
  if (begun === 'DONE') return;
  const asked = await effect.perform(one, settings.get(one.envelope.tenant), { resumed: begun === 'RESUMED' });
  await runtime.ask(ready(asked, one.envelope, effect.name));
  await store.finishEffect(one.envelope.tenant, effect.name, one.envelope.id);
  log.info({ effect: effect.name, tenant: one.envelope.tenant, cause: one.envelope.id, correlationId: one.envelope.correlationId }, 'performed');
};

/** Facts -> the outside world, a few at a time; the store remembers what was begun and what is done. */
export const perform = async (runtime: Runtime, effects: Effect<Typed, Typed, TenantState>[], batch: Batch): Promise<void> => {
  const heard = await runtime.readable(batch, async (_record, parsed): Promise<Heard> => parsed);
  const work = heard.flatMap((one) => effects.filter(({ hears }) => concerns(hears, one)).map((effect) => ({ effect, one })));
  const beat = setInterval(() => void batch.heartbeat().catch(() => undefined), 3_000);
  try {
    for (let from = 0; from < work.length; from += EFFECTS_AT_ONCE) {
      await Promise.all(work.slice(from, from + EFFECTS_AT_ONCE).map(({ effect, one }) => performOne(runtime, effect, one)));
    }
  } finally {
    clearInterval(beat);
  }
};

/** Requests held until now are due: sends them. @returns how many. */
export const fireTimers = async (runtime: Runtime): Promise<number> => {
  const due = await runtime.store.due(runtime.clock.now(), 200);
  if (due.length === 0) return 0;
  await runtime.ask(due.map(({ id, tenant, request, causationId, correlationId }) => ({ id, tenant, request, causationId, correlationId })));
  await runtime.store.settle(due.map(({ id }) => id));
  return due.length;
};

/** Turns whatever was thrown into what the process dies of. */
export const asFault = (error: unknown): Fault =>
  error instanceof Fault ? error : new Fault(error instanceof Error ? error.message : String(error), { cause: error });
