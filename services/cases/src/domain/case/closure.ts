import type { CaseClose, CaseMarkMerged, CaseReopen, RootCause, CaseSetVerdict } from '#contracts';
import { Refused } from '#libs/model';
import { isCaseDone } from '#libs/terms';
import { endClocks } from '../clocks/case-clocks.js';
import { carriedBy } from './carried.js';
import { bySecondPerson } from './four-eyes.js';
import {
  byProvider,
  bySystem,
  judged,
  mustBeOpen,
  mustExist,
  reopened,
  toStatus,
  requiredText,
  type CaseDecision,
} from './rules.js';
import type { CaseState } from './state.js';
import { goingOn } from './waits.js';

const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;

export const setVerdict: CaseDecision<CaseSetVerdict> = ({ caseId, verdict, reason }, state, context) => {
  byProvider(context);
  mustBeOpen(state);
  return judged(caseId, verdict, reason, state, context);
};

const mustBeComplete = ({ technique, patientZero, cause, preventableHow }: RootCause): void => {
  if (!TECHNIQUE.test(technique))
    throw new Refused(
      'the root cause names the technique of the initial access, such as T1566.001',
      'TECHNIQUE_MISSING',
    );
  if ([patientZero, cause, preventableHow].some((text) => text.trim() === '')) {
    throw new Refused(
      'the root cause names patient zero, the cause and how it could have been prevented',
      'ROOT_CAUSE_INCOMPLETE',
    );
  }
};

/** A case with a verdict: a true positive that harmed something has impact, and is closed with its root cause. */
const mustBeExplained = ({ verdict, impact, rootCause }: CaseClose, { wasContained }: CaseState): void => {
  if (verdict === 'UNKNOWN') throw new Refused('a case is closed with a verdict', 'VERDICT_MISSING');
  if (verdict === 'TRUE_POSITIVE' && wasContained && !impact)
    throw new Refused('a true positive for which something was contained has impact', 'IMPACT_MISSING');
  if (verdict === 'TRUE_POSITIVE' && impact && !rootCause)
    throw new Refused('a true positive with impact is closed with its root cause', 'ROOT_CAUSE_MISSING');
  if (rootCause) mustBeComplete(rootCause);
};

/** A verdict is required, for a true positive with impact its root cause, for HIGH and above a second person. */
export const close: CaseDecision<CaseClose> = (request, state, context) => {
  byProvider(context);
  mustExist(state);
  if (state.status === 'CLOSED') return [];
  const { caseId, verdict, reason, impact, rootCause } = request;
  mustBeExplained(request, state);
  bySecondPerson(state, context.actor.subject, 'closed');
  const summary = requiredText(request.summary, 'the summary');
  return [
    ...judged(caseId, verdict, reason, state, context),
    toStatus(caseId, 'CLOSED', 'NONE', state, context),
    {
      type: 'case.closed',
      caseId,
      verdict,
      reason,
      summary,
      impact,
      rootCause: rootCause ?? null,
      by: context.actor,
      at: context.now,
      life: state.life,
    },
  ];
};

/** The case goes on, to be judged, acknowledged and told anew: its clocks count anew. */
export const reopen: CaseDecision<CaseReopen> = ({ caseId, reason }, state, context) => {
  byProvider(context);
  mustExist(state);
  if (!isCaseDone(state.status)) return [];
  const clocks = goingOn(state, state.clocks, state.severity, context);
  return [
    ...reopened(caseId, requiredText(reason, 'the reason'), state, context),
    toStatus(caseId, 'IN_PROGRESS', 'NONE', state, context, clocks),
  ];
};

/** Clustering decided: the case is part of another one from now on. */
export const markMerged: CaseDecision<CaseMarkMerged> = ({ caseId, intoCaseId, reason }, state, context) => {
  bySystem(context);
  if (state.number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  if (state.mergedInto) return [];
  // Nothing is reached by becoming part of another case.
  const clocks = endClocks(state.clocks, false, context.now, context.settings);
  const ended = { ...toStatus(caseId, 'CLOSED', 'NONE', state, context), clocks };
  return [
    ...judged(caseId, 'DUPLICATE', 'NONE', state, context),
    ...(state.status === 'CLOSED' ? [] : [ended]),
    {
      type: 'case.merged',
      caseId,
      intoCaseId,
      reason,
      workers: state.workers,
      gravest: state.gravest,
      wasContained: state.wasContained,
      at: context.now,
      life: state.life,
      ...carriedBy(state),
    },
  ];
};
