import type { ViewQuery } from '#libs/store';
import { nodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { item, tenantKeys, type Item } from '../graphql/items.js';
import { about } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { posture, type PostureDoc } from '../views/posture.js';

const standingIn = (states: AnalystQueryArgs['posture']['states']): ViewQuery['where'] =>
  states ? { standing: { in: states } } : {};

/** The latest first. */
export const postureOf = ({ gate }: Visit, { tenants, states, ...paging }: AnalystQueryArgs['posture']) =>
  connection(
    gate.read(posture, tenantKeys(tenants)),
    { where: standingIn(states), sort: { openedAt: -1 } },
    paging,
    item('Posture'),
  );

/** What is the installation's, the latest first. */
export const installationPostureOf = (
  { gate }: Visit,
  { states, ...paging }: AnalystQueryArgs['installationPosture'],
) =>
  connection(
    gate.readOperator(posture),
    { where: standingIn(states), sort: { openedAt: -1 } },
    paging,
    ({ doc }) => doc,
  );

/** Fields of Posture that are the same in both schemas. */
export const postureFields = {
  id: ({ tenant, postureId }: Item<PostureDoc>) => nodeId('Posture', tenant, postureId),
  state: ({ standing }: Item<PostureDoc>) => standing,
};

export const reopenPosture = about<{ id: string; reason: string }>('Posture', (postureId, { reason }) => ({
  type: 'posture.reopen',
  postureId,
  reason,
}));
