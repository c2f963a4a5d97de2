import type {
  ClusteringFact,
  ClusteringRecallCase,
  ClusteringReleaseCase,
  ClusteringRequest,
  TenantState,
} from '#contracts';
import { hasIn, valueIn, type Decider, type DecisionContext } from '#libs/model';
import { mergeCases, openCase, splitCase } from './by-hand.js';
import { placeFinding } from './place-finding.js';
import { evolve, initial, type ClusteringState } from './state.js';

type ClusteringDecision<Request> = (
  request: Request,
  state: ClusteringState,
  context: DecisionContext<TenantState>,
) => ClusteringFact[];

/** A closed case attracts no more findings. */
const releaseCase: ClusteringDecision<ClusteringReleaseCase> = ({ caseId }, { cases, dormant }, { now }) =>
  hasIn(cases, caseId) || valueIn(dormant, caseId)?.closed === false
    ? [{ type: 'clustering.case-released', caseId, at: now }]
    : [];

/** A reopened case attracts findings again, as far as it is remembered. */
const recallCase: ClusteringDecision<ClusteringRecallCase> = ({ caseId }, { dormant }, { now }) =>
  valueIn(dormant, caseId)?.closed ? [{ type: 'clustering.case-recalled', caseId, at: now }] : [];

const decisions: {
  [Type in ClusteringRequest['type']]: ClusteringDecision<Extract<ClusteringRequest, { type: Type }>>;
} = {
  'clustering.place-finding': placeFinding,
  'clustering.open-case': openCase,
  'clustering.merge-cases': mergeCases,
  'clustering.split-case': splitCase,
  'clustering.release-case': releaseCase,
  'clustering.recall-case': recallCase,
};

/**
 * Which finding belongs to which case: one stream a tenant, in which numbers are given, merges and splits recorded
 * first.
 */
export const clusteringStream: Decider<ClusteringState, ClusteringRequest, ClusteringFact, TenantState> = {
  subject: 'clustering',
  version: 4,
  key: (_request, tenant) => tenant,
  initial,
  evolve,
  decide: (request, state, context) =>
    (decisions[request.type] as ClusteringDecision<ClusteringRequest>)(request, state, context),
};
