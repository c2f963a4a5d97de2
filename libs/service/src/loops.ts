import {
  briefReasonOf,
  type Effect,
  type Envelope,
  type Heard,
  type Reaction,
  type Typed,
  type View,
} from '#libs/model';
import { framedRecord, retryTopic, type Batch } from '#libs/events';
import type { DecisionAnswer } from '#libs/store';
import type { TenantState } from '#contracts';
import type { ReadFact } from './in-order.js';
import { readyRequests } from './ready-requests.js';
import { onRecord } from './trace-context.js';
import { withPermissions } from './with-permissions.js';
import type { PreparedRequests, Runtime } from './runtime.js';

/**
 * Whoever asks again hears the same answer again; whoever asks something else under a used id hears nothing: it is set
 * aside.
 */
const tellAgain = async (
  { publisher, out }: Runtime,
  answers: readonly DecisionAnswer[],
  records: readonly Batch['records'][number][],
): Promise<void> => {
  const again = answers.flatMap(({ repeated, fact }) =>
    repeated && fact ? [framedRecord(fact.topic, fact.key, fact.envelope, fact.bytes)] : [],
  );
  if (again.length) await publisher.send(again);
  for (const [index, record] of records.entries()) {
    const answer = answers[index];
    if (answer?.outcome === 'ID_USED') await out.setAside(record, answer.code, answer.message);
  }
};

/** Requests -> decisions -> commits; the relay publishes facts and answers. */
export const answerRequests = async (runtime: Runtime, batch: Batch): Promise<void> => {
  const { definition, clock, keys, listening, store, settings, metrics } = runtime;
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
    const spans = own.map(({ record, parsed: { envelope } }) =>
      runtime.traces.begin({
        ...{ name: `decide ${envelope.type}`, kind: 'CONSUMER', parent: envelope.traceparent },
        attributes: { 'messaging.destination.name': record.topic, 'vigie.tenant': envelope.tenant },
      }),
    );
    const answers = await store.execute(
      withPermissions(decider),
      own.map(({ parsed: { envelope, message }, claim }, index) => ({
        tenant: claim.tenant,
        requestId: claim.requestId,
        request: message,
        actor: claim.actor,
        roles: claim.roles,
        digest: Buffer.from(claim.sha256, 'base64url'),
        expiresAt: claim.expiresAt,
        basedOn: claim.basedOn,
        now: clock.now(),
        listeningSince: listening.since(),
        settings: settings.get(claim.tenant),
        causationId: claim.requestId,
        correlationId: envelope.correlationId ?? claim.requestId,
        traceparent: spans[index]?.traceparent,
      })),
    );
    for (const [index, span] of spans.entries())
      span.end({ attributes: { 'vigie.outcome': answers[index]?.outcome ?? '' } });
    for (const { requestType: type, outcome, code, requestId, streamId, tenant } of answers) {
      metrics.answered.inc({ type, outcome });
      runtime.log.info({ type, outcome, code, requestId, streamId, tenant }, 'answered');
    }
    await tellAgain(
      runtime,
      answers,
      own.map(({ record }) => record),
    );
  }
};

const heardIn = (facts: readonly ReadFact[]): Heard[] => facts.map(({ heard }) => heard);

const concerns = (hears: string[], { envelope }: { envelope: Envelope }): boolean => hears.includes(envelope.type);

/** What the reactions to a fact ask. One that fails sets the fact aside for it. */
const reactTo = async (
  runtime: Runtime,
  reactions: Reaction<Typed, Typed, TenantState>[],
  { record, heard }: ReadFact,
): Promise<PreparedRequests[]> => {
  runtime.count?.(heard);
  const found: PreparedRequests[] = [];
  const failed: string[] = [];
  const { id, tenant } = heard.envelope;
  for (const reaction of reactions.filter(({ hears }) => concerns(hears, heard))) {
    try {
      const asked = reaction.react(heard, runtime.settings.get(tenant));
      found.push(await runtime.prepare(readyRequests(asked, heard.envelope, reaction.name)));
    } catch (error) {
      runtime.log.error({ reaction: reaction.name, tenant, cause: id, err: error }, 'a reaction failed');
      failed.push(`${reaction.name}: ${briefReasonOf(error)}`);
    }
  }
  if (failed.length) await runtime.out.setAside(record, 'REACTION_FAILED', failed.join('; '));
  return found;
};

/** Facts -> requests, all reactions over a batch at once, in the order heard. */
export const react = async (
  runtime: Runtime,
  reactions: Reaction<Typed, Typed, TenantState>[],
  facts: readonly ReadFact[],
): Promise<void> => {
  const prepared: PreparedRequests[] = [];
  for (const fact of facts) prepared.push(...(await onRecord(fact.record, () => reactTo(runtime, reactions, fact))));
  await runtime.put(...prepared);
};

/** Facts -> documents. */
export const show = async (
  runtime: Runtime,
  views: View<unknown, Typed>[],
  facts: readonly ReadFact[],
): Promise<void> => {
  for (const view of views) {
    const concerning = heardIn(facts).filter((one) => concerns(view.hears, one));
    if (concerning.length === 0) continue;
    const shown = runtime.traces.noting({ name: `show ${view.name}`, kind: 'CONSUMER' });
    await runtime.store.applyView(view, concerning);
    shown(concerning.map(({ envelope }) => envelope));
  }
};

/** Facts -> notes of what is to be done outside: the stream goes on, the workers take them from the store. */
export const note = async (
  runtime: Runtime,
  effects: Effect<Typed, Typed, TenantState>[],
  facts: readonly ReadFact[],
): Promise<void> => {
  const noted = heardIn(facts).flatMap((one) =>
    effects
      .filter(({ hears }) => concerns(hears, one))
      .map((effect) => ({ effect: effect.name, heard: one, dueAt: effect.dueAt?.(one.message) })),
  );
  await runtime.store.noteEffects(noted, runtime.clock.now());
  if (noted.length) runtime.workers?.wake();
};

const DUE_AT_ONCE = 200;
/** How long what is due is left to a replica that gave no sign. Sent twice, it would be answered twice the same. */
const TAKEN_FOR_MS = 15_000;

/** Requests held until now are due: sends them; one that cannot be sent is parked. @returns how many. */
export const fireTimers = async (runtime: Runtime): Promise<number> => {
  const { store, clock } = runtime;
  const due = await store.due(clock.now(), DUE_AT_ONCE, TAKEN_FOR_MS);
  const fired: { id: string; prepared: PreparedRequests }[] = [];
  for (const { id, tenant, request, causationId, correlationId, traceparent, meta } of due) {
    try {
      const until = meta?.until === undefined ? undefined : Number(meta.until);
      const ready = { id, tenant, request, until, causationId, correlationId, traceparent };
      fired.push({ id, prepared: await runtime.prepare([ready]) });
    } catch (error) {
      await store.parkTimer(id, briefReasonOf(error));
    }
  }
  await runtime.put(...fired.map(({ prepared }) => prepared));
  await store.settle(fired.map(({ id }) => id));
  return fired.length;
};

/** Sends what is due. @returns when the next is, epoch ms; none when nothing is held. */
export const fireDue = async (runtime: Runtime): Promise<number | undefined> => {
  const { store, clock } = runtime;
  const next = await store.nextDue();
  if (next === undefined || next > clock.now()) return next;
  await fireTimers(runtime);
  return store.nextDue();
};
