import type { ActionApprovalRequested, ActionDecided, ActionProposed } from '#contracts';
import { THEN, idsOf, markOf } from './ids.js';

export const actionFacts = (tenant: string) => {
  const { case: caseId, action: actionId } = idsOf(tenant);
  const at = THEN + 20;
  return [
    {
      type: 'action.proposed',
      actionId,
      caseId,
      actionClass: 'isolate-host',
      openc2Action: 'contain',
      reactId: 'RA3102',
      d3fend: 'D3-NI',
      inverse: 'release-host',
      target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
      severity: 'HIGH',
      confidence: 80,
      assetGroups: [],
      reason: markOf(tenant),
      ttlMinutes: 60,
      detectedAt: THEN + 2,
      by: { subject: 'response', side: 'SYSTEM' },
      at,
    } satisfies ActionProposed,
    {
      type: 'action.decided',
      actionId,
      caseId,
      decision: 'ASK',
      rule: 'mode',
      because: markOf(tenant),
      policyVersion: 1,
      at,
    } satisfies ActionDecided,
    {
      type: 'action.approval-requested',
      actionId,
      caseId,
      contacts: [],
      question: markOf(tenant),
      expiresAt: at + 1,
      at,
    } satisfies ActionApprovalRequested,
  ];
};
