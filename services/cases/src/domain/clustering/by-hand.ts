import type { ClusteringFact, ClusteringMergeCases, ClusteringOpenCase, ClusteringSplitCase } from '#contracts';
import { hasIn, idOf, Refused, valueIn, type DecisionContext } from '#libs/model';
import { FINDINGS_PER_CASE, type ClusteringState } from './state.js';
import { findingsOf, type TrackedCase } from './tracked-case.js';

const trackedCase = ({ cases }: ClusteringState, caseId: string): TrackedCase => {
  const tracked = valueIn(cases, caseId);
  if (!tracked) throw new Refused('the case is closed or unknown', 'CASE_NOT_OPEN');
  return tracked;
};
/** What people write about a case, and name with it. */
const TEXT = 10_000;
const ENTITIES = 100;
const VALUE = 300;
const bounded = (text: string, what: string): string => {
  if (text.length > TEXT) throw new Refused(`${what} has more than 10,000 characters`, 'TEXT_TOO_LONG');
  return text;
};

const byProvider = ({ actor }: DecisionContext): void => {
  if (actor.side === 'CUSTOMER') throw new Refused('only the provider merges and splits cases', 'NOT_FOR_CUSTOMERS');
};

/** A person opens a case; its id follows from the request. */
export const openCase = (
  request: ClusteringOpenCase,
  state: ClusteringState,
  { tenant, requestId, actor, now }: DecisionContext,
): ClusteringFact[] => {
  const caseId = idOf('case', tenant, requestId);
  if (hasIn(state.cases, caseId)) return [];
  if (request.title.trim() === '') throw new Refused('a case needs a title', 'TITLE_MISSING');
  if (request.title.length > 200) throw new Refused('a title has at most 200 characters', 'TITLE_TOO_LONG');
  const { title, severity, entities } = request;
  const description = bounded(request.description, 'the description');
  if (entities.length > ENTITIES || entities.some(({ kind, value }) => kind.length + value.length > VALUE)) {
    throw new Refused(`a case is opened with at most ${ENTITIES} entities of ${VALUE} characters`, 'TOO_MANY_ENTITIES');
  }
  return [
    {
      type: 'clustering.case-numbered',
      caseId,
      number: state.nextNumber,
      title: title.trim(),
      description,
      severity,
      entities,
      by: actor,
      at: now,
    },
  ];
};

export const mergeCases = (
  { fromCaseId, intoCaseId, reason }: ClusteringMergeCases,
  state: ClusteringState,
  context: DecisionContext,
): ClusteringFact[] => {
  byProvider(context);
  if (fromCaseId === intoCaseId) throw new Refused('a case cannot be merged into itself', 'SAME_CASE');
  const from = trackedCase(state, fromCaseId);
  if (from.before) throw new Refused('its earlier findings are not remembered and cannot move', 'CASE_PARTLY_KNOWN');
  const { findings } = from;
  const into = trackedCase(state, intoCaseId);
  if (findings.length + findingsOf(into) > FINDINGS_PER_CASE)
    throw new Refused(`together they hold more than ${FINDINGS_PER_CASE} findings`, 'TOO_MANY_FINDINGS');
  return [
    {
      type: 'clustering.cases-merged',
      fromCaseId,
      intoCaseId,
      findings,
      reason: bounded(reason, 'the reason'),
      by: context.actor,
      at: context.now,
    },
  ];
};

export const splitCase = (
  request: ClusteringSplitCase,
  state: ClusteringState,
  context: DecisionContext,
): ClusteringFact[] => {
  byProvider(context);
  const caseId = idOf('case', context.tenant, context.requestId);
  if (hasIn(state.cases, caseId)) return [];
  const from = trackedCase(state, request.caseId);
  const wanted = new Set(request.findingIds);
  const findings = from.findings.filter(({ findingId }) => wanted.has(findingId));
  if (findings.length === 0 || findings.length < wanted.size)
    throw new Refused('each finding to move must be one of the case', 'FINDING_NOT_IN_CASE');
  if (findings.length === findingsOf(from)) throw new Refused('at least one finding must stay', 'NOTHING_LEFT');
  return [
    {
      type: 'clustering.case-split',
      fromCaseId: from.caseId,
      caseId,
      number: state.nextNumber,
      findings,
      reason: bounded(request.reason, 'the reason'),
      by: context.actor,
      at: context.now,
    },
  ];
};
