import type { CaseRequest, CaseFact, TenantState } from '#contracts';
import type { Decider } from '#libs/model';
import { recordAction } from './action.js';
import {
  addRecommendation,
  completeRecommendation,
  notifyCustomer,
  postMessage,
  rate,
  recordAdvice,
  recordUntold,
  withdrawQuestion,
} from './customer.js';
import { close, markMerged, reopen, setVerdict } from './closure.js';
import { addFindings, changeSeverity, open, removeFindings } from './findings.js';
import type { CaseDecision } from './rules.js';
import { evolve, initial, type CaseState } from './state.js';
import { takeOver } from './take-over.js';
import { withConsequences } from './waits.js';
import { acknowledge, addNote, assign, changePhase, changeStatus } from './work.js';

type CaseDecisions = { [Type in CaseRequest['type']]: CaseDecision<Extract<CaseRequest, { type: Type }>> };

const decisions: CaseDecisions = {
  'case.open': open,
  'case.add-findings': addFindings,
  'case.remove-findings': removeFindings,
  'case.change-severity': changeSeverity,
  'case.acknowledge': acknowledge,
  'case.assign': assign,
  'case.add-note': addNote,
  'case.change-status': changeStatus,
  'case.change-phase': changePhase,
  'case.set-verdict': setVerdict,
  'case.close': close,
  'case.reopen': reopen,
  'case.mark-merged': markMerged,
  'case.take-over': takeOver,
  'case.notify-customer': notifyCustomer,
  'case.record-untold': recordUntold,
  'case.post-message': postMessage,
  'case.withdraw-question': withdrawQuestion,
  'case.rate': rate,
  'case.add-recommendation': addRecommendation,
  'case.complete-recommendation': completeRecommendation,
  'case.record-action': recordAction,
  'case.record-advice': recordAdvice,
};

/** When what is asked about happened: what is told of an action, or of another case, before it is told. */
const happenedAt = (request: CaseRequest, now: number): number =>
  request.type === 'case.record-action' || request.type === 'case.take-over'
    ? Math.min(request.occurredAt ?? now, now)
    : now;

/**
 * The life of one case. `status` always follows `case.status-changed`, `clocks` follow it and `case.clocks-changed`.
 */
export const caseStream: Decider<CaseState, CaseRequest, CaseFact, TenantState> = {
  subject: 'case',
  version: 11,
  key: ({ caseId }) => caseId,
  initial,
  evolve,
  decide: (request, state, context) => {
    const decided = (decisions[request.type] as CaseDecision<CaseRequest>)(request, state, context);
    return withConsequences(decided, state, context, happenedAt(request, context.now));
  },
};
