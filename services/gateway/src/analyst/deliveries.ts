import { nodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { tenantKeys, tenantNode } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { aboutDelivery } from '../shared/deliveries.js';
import { deliveries, type DeliveryDoc } from '../views/deliveries.js';
import type { AnalystSubject } from './subject.js';

const CALLS = 200;

const openCalls = async ({ gate }: Visit, { tenants }: AnalystQueryArgs['openCalls']) => {
  const { items } = await gate
    .read(deliveries, tenantKeys(tenants))
    .find({ where: { calling: true }, sort: { requestedAt: 1 }, limit: CALLS });
  return items.map(({ tenant, doc: { caseId, deliveryId, purpose, title, call } }) => ({
    tenant: tenantNode(tenant),
    caseId: nodeId('Case', tenant, caseId),
    deliveryId,
    purpose,
    title,
    call,
  }));
};

/** Who was told, and the calls that people make. */
export const telling = {
  queries: { openCalls: (_parent, args, visit) => openCalls(visit, args) },
  mutations: {
    recordCall: (args) => {
      const { deliveryId, turn, answered, note } = args;
      return aboutDelivery(args, { type: 'delivery.answer-call', deliveryId, turn, answered, note });
    },
  },
  types: { Delivery: { id: ({ deliveryId }: DeliveryDoc) => deliveryId } },
} satisfies AnalystSubject;
