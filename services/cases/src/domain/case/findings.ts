import type {
  CaseAddFindings,
  CaseFact,
  CaseChangeSeverity,
  Entity,
  FindingSummary,
  CaseOpen,
  CaseRemoveFindings,
  Severity,
  TenantState,
} from '#contracts';
import { cut, Refused, type DecisionContext } from '#libs/model';
import { isCaseDone, rankedEntities, severityRank } from '#libs/terms';
import { endClocks, raiseClocks, startClocks } from '../clocks/case-clocks.js';
import { calledOffWith } from './called-off.js';
import { severityOf, priorityOf } from './priority.js';
import { boundedSummary } from './finding-summary.js';
import { mustBeOpen, byProvider, bySystem, reopened, toStatus, requiredText, type CaseDecision } from './rules.js';
import { bySecondPerson } from './four-eyes.js';
import { lowersGrave } from './grave.js';
import type { CaseState } from './state.js';
import { titledAnew, titleWith, TITLE_LENGTH } from './title.js';
import { goingOn, waitingClocks } from './waits.js';

const ENTITIES_AT_MOST = 500;
const BECAUSE = 1_000;
const DESCRIPTION = 10_000;

/** Each entity once, in the order first seen; of too many those stay that tell most. */
const union = (...lists: Entity[][]): Entity[] => {
  const all = [...new Map(lists.flat().map((entity) => [`${entity.kind}:${entity.value}`, entity])).values()];
  return all.length > ENTITIES_AT_MOST ? rankedEntities(all).slice(0, ENTITIES_AT_MOST) : all;
};

/** Requests to open come again and again after a failure: the case opens once. */
export const open: CaseDecision<CaseOpen> = (request, state, context) => {
  bySystem(context);
  if (state.number > 0) return [];
  const { caseId, number, title, description, openedBy, fromCaseId } = request;
  const findings = request.findings.map(boundedSummary);
  const entities = union(request.entities, ...findings.map((one) => one.entities));
  const severity = findings.length ? severityOf(findings, request.severity) : request.severity;
  const clocks = startClocks(severity, context.now, context.settings);
  return [
    {
      type: 'case.opened',
      caseId,
      number,
      title: cut(title, TITLE_LENGTH),
      description: cut(description, DESCRIPTION),
      severity,
      ...priorityOf(severity, findings, entities),
      findings,
      entities,
      clocks,
      openedBy,
      at: context.now,
      ...(fromCaseId ? { fromCaseId } : {}),
    },
  ];
};

/** Severity, priority and clocks after the findings changed, or a person judged. */
const weighed = (
  caseId: string,
  state: CaseState,
  findings: FindingSummary[],
  entities: Entity[],
  context: DecisionContext<TenantState>,
  byHand?: Severity,
): CaseFact[] => {
  const severity = byHand ?? (state.pinned ? state.severity : severityOf(findings, state.severity));
  const { priority, because } = priorityOf(severity, findings, entities);
  const { number } = state;
  // What comes to a case that is done begins another life of it.
  const life = state.life + (isCaseDone(state.status) && findings.length > state.findings.length ? 1 : 0);
  const title = titleWith(state, findings);
  const facts: CaseFact[] = [];
  const isOther = severity !== state.severity || priority !== state.priority || because !== state.because;
  if (byHand || isOther) {
    facts.push({
      type: 'case.priority-changed',
      caseId,
      severity,
      priority,
      because,
      at: context.now,
      by: byHand ? context.actor : null,
      number,
      title,
      life,
    });
  }
  const raised = severityRank(severity) > severityRank(state.severity);
  const clocks = raised ? raiseClocks(state.clocks, severity, context.now, context.settings) : state.clocks;
  const standing = isCaseDone(state.status)
    ? endClocks(clocks, false, context.now, context.settings)
    : waitingClocks(state, clocks, context.now, context.settings);
  if (JSON.stringify(standing) !== JSON.stringify(state.clocks))
    facts.push({ type: 'case.clocks-changed', caseId, clocks: standing, at: context.now });
  return facts;
};

/**
 * New findings; those it has already say nothing. A case that is done goes on when something new happens, be it that
 * it was on its way here as somebody closed it: whoever did has not seen it.
 */
export const addFindings: CaseDecision<CaseAddFindings> = (request, state, context) => {
  const { caseId, findings, because: told, fromCaseId } = request;
  bySystem(context);
  if (state.number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  // Whatever was placed before a merge went along with it.
  if (state.mergedInto) return [];
  const has = new Set(state.findings.map(({ findingId }) => findingId));
  const added = findings.filter(({ findingId }) => !has.has(findingId)).map(boundedSummary);
  const because = cut(told, BECAUSE);
  if (added.length === 0) return [];
  const entities = union(state.entities, ...added.map((one) => one.entities));
  const all = [...state.findings, ...added];
  const weight = weighed(caseId, state, all, entities, context);
  const clocks = weight.findLast((fact) => fact.type === 'case.clocks-changed')?.clocks ?? state.clocks;
  const severity = weight.find((fact) => fact.type === 'case.priority-changed')?.severity ?? state.severity;
  const goesOn: CaseFact[] = isCaseDone(state.status)
    ? [
        ...reopened(caseId, `new findings joined the ${state.status.toLowerCase()} case`, state, context, {
          title: titleWith(state, all),
          severity,
        }),
        toStatus(
          caseId,
          'IN_PROGRESS',
          'NONE',
          state,
          context,
          goingOn({ ...state, findings: all }, clocks, severity, context),
        ),
      ]
    : [];
  return [
    {
      type: 'case.findings-added',
      caseId,
      findings: added,
      entities,
      because,
      at: context.now,
      ...(fromCaseId ? { fromCaseId } : {}),
    },
    ...titledAnew(caseId, state, all, context.now),
    ...weight,
    ...goesOn,
  ];
};

export const removeFindings: CaseDecision<CaseRemoveFindings> = ({ caseId, findingIds, toCaseId }, state, context) => {
  bySystem(context);
  const gone = state.findings.filter(({ findingId }) => findingIds.includes(findingId));
  if (gone.length === 0) return [];
  const left = state.findings.filter((one) => !gone.includes(one));
  return [
    {
      type: 'case.findings-removed',
      caseId,
      findingIds: gone.map(({ findingId }) => findingId),
      toCaseId,
      at: context.now,
    },
    ...calledOffWith(state, { caseId, toCaseId, gone, left }, context),
    ...titledAnew(caseId, state, left, context.now),
    ...weighed(caseId, state, left, state.entities, context),
  ];
};

/** A person raises or lowers the severity; findings no longer change it. */
export const changeSeverity: CaseDecision<CaseChangeSeverity> = ({ caseId, severity, reason }, state, context) => {
  byProvider(context);
  mustBeOpen(state);
  requiredText(reason, 'the reason');
  if (severity === 'UNKNOWN') throw new Refused('a severity is needed', 'SEVERITY_MISSING');
  if (severity === state.severity && state.pinned) return [];
  if (lowersGrave(state.severity, severity)) bySecondPerson(state, context.actor.subject, 'lowered');
  return weighed(caseId, state, state.findings, state.entities, context, severity);
};
