import { nodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { item, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { actions, type ActionDoc } from '../views/actions.js';
import { ofCase } from './nodes.js';

/** The latest first. */
export const actionsOf = ({ gate }: Visit, { tenants, states, caseId, ...paging }: AnalystQueryArgs['actions']) => {
  const wanted = ofCase(caseId, tenants);
  const where = { ...wanted.where, ...(states ? { state: { in: states } } : {}) };
  return connection(gate.read(actions, wanted.tenants), { where, sort: { proposedAt: -1 } }, paging, item('Action'));
};

/** Fields of Action that are the same in both schemas. */
export const actionFields = {
  id: ({ tenant, actionId }: Item<ActionDoc>) => nodeId('Action', tenant, actionId),
  caseId: ({ tenant, caseId }: Item<ActionDoc>) => nodeId('Case', tenant, caseId),
};
