import type { ActionPropose } from '#contracts';
import { idOf } from '#libs/model';
import { foldName } from '#libs/terms';
import { shownBy } from '../asking/shown-in.js';
import { nodeId, readNodeId } from '../domain/node-id.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import { tenantKeys, tenantNode, type Item } from '../graphql/items.js';
import { about, type MutationMaker } from '../graphql/mutation.js';
import { changes } from '../graphql/subscription.js';
import { actionFields, actionsOf } from '../shared/actions.js';
import { actions, type ActionDoc } from '../views/actions.js';
import { cases } from '../views/cases.js';
import type { AnalystSubject } from './subject.js';

/** Sure enough: a person judged. */
const CONFIDENCE = 100;

/** With what the policy has to know of the case. */
const proposeAction: MutationMaker<AnalystMutationArgs['proposeAction']> = async (args, { gate }, requestId) => {
  const ref = readNodeId(args.caseId, 'Case');
  if (!ref) return undefined;
  const { actionClass, targetKind, targetId, reason } = args;
  const found = await gate.read(cases, [ref.tenant]).get(ref.key);
  const actionId = idOf('action', requestId);
  const request: ActionPropose = {
    type: 'action.propose',
    actionId,
    caseId: ref.key,
    actionClass,
    target: { kind: targetKind, id: targetId, entity: `${targetKind.toLowerCase()}:${foldName(targetId)}` },
    severity: found?.severity ?? 'UNKNOWN',
    confidence: CONFIDENCE,
    // Whoever decides looks up the target's own, whatever is handed in.
    assetGroups: [],
    reason,
    detectedAt: found?.detectedAt ?? found?.openedAt ?? 0,
  };
  return {
    tenant: ref.tenant,
    request,
    isThere: found !== undefined,
    id: nodeId('Action', ref.tenant, actionId),
    shownIn: shownBy(actions, actionId),
  };
};

/** Response actions. */
export const response = {
  queries: { actions: (_parent, args, visit) => actionsOf(visit, args) },
  mutations: {
    proposeAction,
    withdrawAction: about('Action', (actionId, { reason }) => ({ type: 'action.withdraw', actionId, reason })),
    revertAction: about('Action', (actionId, { reason }) => ({ type: 'action.revert', actionId, reason })),
  },
  subscriptions: {
    actionChanged: {
      subscribe: (_parent, { tenants }, visit) => changes(visit, 'actionChanged', 'Action', tenantKeys(tenants)),
    },
  },
  types: { Action: { ...actionFields, tenant: ({ tenant }: Item<ActionDoc>) => tenantNode(tenant) } },
} satisfies AnalystSubject;
