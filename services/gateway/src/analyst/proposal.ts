import type { ActionPropose, TargetType } from '#contracts';
import { idOf } from '#libs/model';
import { foldName } from '#libs/terms';
import type { NodeRef } from '../domain/node-id.js';
import type { Visit } from '../reading/visit.js';
import type { CaseDoc } from '../views/cases.js';

/** Sure enough: a person judged. */
const CONFIDENCE = 100;

/** @returns undefined when there is no such case for the caller. */
export const proposal = async (
  visit: Visit,
  { tenant, key }: NodeRef,
  {
    actionClass,
    targetKind,
    targetId,
    reason,
  }: { actionClass: string; targetKind: TargetType; targetId: string; reason: string },
  requestId: string,
): Promise<ActionPropose | undefined> => {
  const found = await visit.gate.read<CaseDoc>('cases', [tenant]).get(key);
  if (!found) return undefined;
  return {
    type: 'action.propose',
    actionId: idOf('action', requestId),
    caseId: key,
    actionClass,
    target: { kind: targetKind, id: targetId, entity: `${targetKind.toLowerCase()}:${foldName(targetId)}` },
    severity: found.severity,
    confidence: CONFIDENCE,
    // Whoever decides looks up the target's own, whatever is handed in.
    assetGroups: [],
    reason,
    detectedAt: found.detectedAt ?? found.openedAt,
  };
};
