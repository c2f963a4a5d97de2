import type {
  ReportFact,
  ReportMake,
  ReportPlan,
  ReportPlanned,
  ReportRecord,
  ReportRequest,
  ReportRequested,
  TenantState,
} from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { hashOf } from './canonical-json.js';
import { MOST_MS } from './period.js';
import { nextPlan } from './plan.js';

export interface ReportState {
  /** Of a plan, which makes no report itself. */
  planned: ReportPlanned | null;
  requested: ReportRequested | null;
  isMade: boolean;
}

type ReportDecision<Request> = (
  request: Request,
  state: ReportState,
  context: DecisionContext<TenantState>,
) => ReportFact[];

const MOST_PDF = 700 * 1024;
const MOST_FIGURES = 600 * 1024;

const make: ReportDecision<ReportMake> = (request, { requested }, { now, actor, settings }) => {
  const { reportId, kind, from } = request;
  if (requested) {
    if (requested.kind === kind && requested.from === from) return [];
    throw new Refused('there is a report with this id, of another period', 'REPORT_ID_TAKEN');
  }
  if (!settings) throw new Refused('there is no such tenant', 'NO_SUCH_TENANT');
  if (!settings.active && actor.side === 'SYSTEM') throw new Refused('the service has ended', 'TENANT_OFFBOARDED');
  // Nothing can be said of what has not happened.
  const to = Math.min(request.to, now);
  if (from >= to) throw new Refused('the period of a report ends after it begins, and has begun', 'EMPTY_PERIOD');
  if (to - from > MOST_MS) throw new Refused('the period of a report is 62 days at most', 'PERIOD_TOO_LONG');
  // Held by a timer since last week: the tenant's language may have changed.
  const language = actor.side === 'SYSTEM' ? settings.language : request.language;
  return [{ type: 'report.requested', reportId, kind, from, to, language, by: actor, at: now, send: request.send }];
};

const record: ReportDecision<ReportRecord> = (request, { requested, isMade }, { now, actor }) => {
  if (actor.side !== 'SYSTEM') throw new Refused('only the service itself records reports', 'SYSTEM_ONLY');
  if (!requested) throw new Refused('this report was not requested', 'NOT_REQUESTED');
  if (isMade) return [];
  const { type: _type, ...rest } = request;
  if (
    rest.kind !== requested.kind ||
    rest.from !== requested.from ||
    rest.to !== requested.to ||
    rest.language !== requested.language
  ) {
    throw new Refused('this is not the report that was requested', 'OTHER_REPORT');
  }
  if (hashOf(Buffer.from(rest.figures)) !== rest.figuresHash)
    throw new Refused('the figures are not those that were hashed', 'FIGURES_CHANGED');
  if (rest.pdf.length > MOST_PDF || rest.figures.length > MOST_FIGURES)
    throw new Refused('the report is too large', 'REPORT_TOO_LARGE');
  return [{ ...rest, type: 'report.made', at: now, send: requested.send }];
};

const plan: ReportDecision<ReportPlan> = (request, { planned }, context) => {
  if (context.actor.side !== 'SYSTEM') throw new Refused('only the service itself plans reports', 'SYSTEM_ONLY');
  return nextPlan(request, planned, context);
};

const evolve = (state: ReportState, fact: ReportFact): ReportState => {
  switch (fact.type) {
    case 'report.planned':
      return { ...state, planned: fact };
    case 'report.requested':
      return { ...state, requested: fact };
    case 'report.made':
      return { ...state, isMade: true };
  }
};

const decisions: { [Type in ReportRequest['type']]: ReportDecision<Extract<ReportRequest, { type: Type }>> } = {
  'report.make': make,
  'report.plan': plan,
  'report.record': record,
};

/** A report from its request to its pages; asked again, it is the same report. And which one of a kind is next. */
export const reportStream: Decider<ReportState, ReportRequest, ReportFact, TenantState> = {
  subject: 'report',
  version: 2,
  key: ({ reportId }) => reportId,
  initial: () => ({ planned: null, requested: null, isMade: false }),
  evolve,
  decide: (request, state, context) =>
    (decisions[request.type] as ReportDecision<ReportRequest>)(request, state, context),
};
