import { readNodeId, type NodeType } from '../domain/node-id.js';
import { dateTime } from '../graphql/date-time.js';
import { oneOf, tenantKeys } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';

/** The types of both schemas that are no objects. */
export const commonTypes = {
  DateTime: dateTime,
  Node: { __resolveType: ({ nodeType }: { nodeType: string }) => nodeType },
};

/** `node(id)`, of the types that are a Node in the schema. */
export const nodeAmong = (types: readonly NodeType[], id: string, visit: Visit) => {
  const ref = readNodeId(id);
  return ref && types.includes(ref.type) ? oneOf(visit, ref.type, id) : null;
};

/** Key of a case named as a filter, and the tenants to look in. An id that is none finds nothing. */
export const ofCase = (
  caseId: string | null | undefined,
  tenants?: string[] | null,
): { where: { caseId?: string }; tenants?: string[] } => {
  const named = tenantKeys(tenants);
  if (!caseId) return { where: {}, tenants: named };
  const ref = readNodeId(caseId, 'Case');
  if (!ref || (named && !named.includes(ref.tenant))) return { where: {}, tenants: [] };
  return { where: { caseId: ref.key }, tenants: [ref.tenant] };
};
