import type { ClusteringRequest, ClusteringFact, TenantState } from '#contracts';
import type { Decider } from '#libs/model';
import { mergeCases, openCase, splitCase } from './by-hand.js';
import { placeFinding } from './place-finding.js';
import { evolve, initial, type ClusteringState } from './state.js';

/**
 * Which finding belongs to which case: one stream a tenant, in which numbers are given, merges and splits recorded
 * first.
 */
export const clusteringStream: Decider<ClusteringState, ClusteringRequest, ClusteringFact, TenantState> = {
  subject: 'clustering',
  version: 1,
  key: (_request, tenant) => tenant,
  initial,
  evolve,
  decide: (request, state, known) => {
    switch (request.type) {
      case 'clustering.place-finding':
        return placeFinding(request, state, known);
      case 'clustering.open-case':
        return openCase(request, state, known);
      case 'clustering.merge-cases':
        return mergeCases(request, state, known);
      case 'clustering.split-case':
        return splitCase(request, state, known);
      case 'clustering.release-case':
        return Object.hasOwn(state.cases, request.caseId)
          ? [{ type: 'clustering.case-released', caseId: request.caseId, at: known.now }]
          : [];
    }
  },
};
