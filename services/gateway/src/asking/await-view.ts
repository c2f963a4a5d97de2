import type { RulesetEndException, GrantGive, RequestAnswered } from '#contracts';
import type { ServiceContext } from '#libs/service';
import { nodeId } from '../domain/node-id.js';
import { lookUntil } from '../live/look-until.js';
import { OPERATOR } from '../reading/gate.js';
import type { CaseDoc } from '../views/cases.js';
import type { OpeningDoc } from '../views/openings.js';
import { RULESET } from '../views/rulesets.js';
import type { Question } from './question.js';

type Reads = Pick<ServiceContext, 'settings'> & { store: Pick<ServiceContext['store'], 'view'> };

/** View whose documents a stream feeds, by the subject of the stream. */
const VIEW_OF: Record<string, string> = { case: 'cases', action: 'actions', backtest: 'backtests', hunt: 'hunts' };

/** The form of a tenant travels on a topic of its own, so the view's place in it is counted apart. */
const formOf = (streamId: string): string => `${streamId}|vigie.tenant.state`;

/** What these ask for may be in force afterwards, or proposed: the view of policies says which. */
const MAY_BE_PROPOSED = [
  'tenant.set-policy',
  'tenant.set-calendar',
  'tenant.register-assets',
  'tenant.confirm-policy',
  'tenant.reject-policy',
];

const tenantReached = async (
  { store, settings }: Reads,
  { tenant, request }: Question,
  { streamId, version }: RequestAnswered,
): Promise<boolean> => {
  if (
    (settings.get(tenant)?.version ?? 0) < version ||
    !(await store.view('tenants').for(tenant).reached(tenant, formOf(streamId), version))
  )
    return false;
  return (
    !MAY_BE_PROPOSED.includes(request.type) || store.view('policies').for(tenant).reached(tenant, streamId, version)
  );
};

/** The case a person's request opened: clustering numbers it, then cases opens it. */
const opened = async ({ store }: Reads, { tenant, requestId }: Question): Promise<string | undefined> => {
  const opening = await store.view<OpeningDoc>('openings').for(tenant).get(requestId);
  const there = opening && (await store.view<CaseDoc>('cases').for(tenant).get(opening.caseId));
  return there && nodeId('Case', tenant, there.caseId);
};

/** A tenant's exceptions are documents of their own; whatever else it changes of its rules is in one. */
const rulesReached = async (
  store: Reads['store'],
  tenant: string,
  request: Question['request'],
  streamId: string,
  version: number,
): Promise<boolean> => {
  if (request.type === 'ruleset.import') return true;
  const exceptionId = (request as Partial<RulesetEndException>).exceptionId;
  return exceptionId
    ? store.view('exceptions').for(tenant).reached(exceptionId, streamId, version)
    : store.view('rulesets').for(tenant).reached(RULESET, streamId, version);
};

const reached = async (reads: Reads, question: Question, answer: RequestAnswered): Promise<boolean> => {
  const [{ store }, { tenant, request }, { streamId, version }] = [reads, question, answer];
  const [subject = '', , ...rest] = streamId.split('/');
  if (subject === 'tenant') return tenantReached(reads, question, answer);
  if (subject === 'grant')
    return store
      .view('grants')
      .for(OPERATOR)
      .reached((request as GrantGive).subject, streamId, version);
  if (subject === 'ruleset') return rulesReached(store, tenant, request, streamId, version);
  const view = VIEW_OF[subject];
  return view === undefined || store.view(view).for(tenant).reached(rest.join('/'), streamId, version);
};

/** Waits, bounded, until what was answered can be read. @returns the node id of an opened case. */
export const awaitView = async (
  reads: Reads,
  question: Question,
  answer: RequestAnswered,
  withinMs: number,
): Promise<string | undefined> => {
  const opens = ['clustering.open-case', 'clustering.split-case'].includes(question.request.type);
  if (opens) return lookUntil(() => opened(reads, question), withinMs);
  if (answer.streamId) await lookUntil(() => reached(reads, question, answer), withinMs);
  return undefined;
};
