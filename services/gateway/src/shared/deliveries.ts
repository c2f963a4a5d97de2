import type { AnyRequest } from '#contracts';
import { shownBy } from '../asking/shown-in.js';
import { readNodeId } from '../domain/node-id.js';
import type { MutationRequest } from '../graphql/mutation.js';
import { deliveries } from '../views/deliveries.js';

/** What is asked of a delivery, which is named by its case, whose tenant it belongs to, and its own id. */
export const aboutDelivery = (
  { caseId, deliveryId }: { caseId: string; deliveryId: string },
  request: AnyRequest,
): MutationRequest | undefined => {
  const ref = readNodeId(caseId, 'Case');
  return ref && { tenant: ref.tenant, request, id: caseId, shownIn: shownBy(deliveries, deliveryId) };
};
