import type { RequestAnswered } from '#contracts';
import type { View } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { nodeId } from '../domain/node-id.js';
import { lookUntil } from '../live/look-until.js';
import { cases } from '../views/cases.js';
import { openings, type OpeningDoc } from '../views/openings.js';
import { tenants } from '../views/tenants.js';

/** What is looked at. */
export interface ShownViews {
  store: Pick<ServiceContext['store'], 'view'>;
  settings: ServiceContext['settings'];
}

/** What was written for a person's request, as its answer says. */
export interface WrittenFor extends Pick<RequestAnswered, 'requestId' | 'streamId' | 'version'> {
  tenant: string;
}

/** Where a mutation is seen: each names the documents that a query made afterwards would read. */
export interface ShownIn {
  /** Looks once. @returns whether it is there; the node id of what was made, where only a view knows it. */
  look(views: ShownViews, written: WrittenFor): Promise<string | boolean | undefined>;
  /** Looked for whatever stream was written, and also when nothing was. */
  whateverWasWritten?: true;
}

/** Nothing that a query shows comes of it at once. */
export const NOWHERE: ShownIn = { look: async () => true };

/** One document of a view, fed by the stream of what was asked. */
export const shownBy = ({ name }: Pick<View, 'name'>, key: string): ShownIn => ({
  look: ({ store }, { tenant, streamId, version }) => store.view(name).for(tenant).reached(key, streamId, version),
});

export const shownByBoth = (one: ShownIn, other: ShownIn): ShownIn => ({
  look: async (views, written) => (await one.look(views, written)) && other.look(views, written),
});

/** The form of a tenant travels on a topic of its own, so the view's place in it is counted apart. */
const formOf = (streamId: string): string => `${streamId}|vigie.tenant.state`;

/** The form of the tenant, both as it is shown and as the gateway itself goes by it. */
export const TENANT_FORM: ShownIn = {
  look: async ({ store, settings }, { tenant, streamId, version }) =>
    (settings.get(tenant)?.version ?? 0) >= version &&
    store.view(tenants.name).for(tenant).reached(tenant, formOf(streamId), version),
};

/** The case that the request opened: clustering numbers it, then cases opens it. */
export const OPENED_CASE: ShownIn = {
  whateverWasWritten: true,
  look: async ({ store }, { tenant, requestId }) => {
    const opening = await store.view<OpeningDoc>(openings.name).for(tenant).get(requestId);
    const there = opening && (await store.view(cases.name).for(tenant).get(opening.caseId));
    return opening && there ? nodeId('Case', tenant, opening.caseId) : undefined;
  },
};

/** Waits, bounded, until what was answered can be read. @returns the node id of what was made, if a view says it. */
export const awaitShown = async (
  { look, whateverWasWritten }: ShownIn,
  views: ShownViews,
  { outcome, ...answer }: RequestAnswered,
  tenant: string,
  withinMs: number,
): Promise<string | undefined> => {
  if (!whateverWasWritten && (outcome === 'UNCHANGED' || !answer.streamId)) return undefined;
  const there = await lookUntil(() => look(views, { ...answer, tenant }), withinMs);
  return typeof there === 'string' ? there : undefined;
};
