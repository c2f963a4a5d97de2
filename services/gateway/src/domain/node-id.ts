import { isTenant } from '#libs/terms';

/** Types that can be asked for by `node(id)`. */
export const NODE_TYPES = [
  'Action',
  'Backtest',
  'Case',
  'Exception',
  'Finding',
  'Hunt',
  'Posture',
  'Recommendation',
  'Report',
  'Tenant',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export interface NodeRef {
  type: NodeType;
  tenant: string;
  key: string;
}

const REF = /^([A-Z][a-z]+):([^:]+):(.{1,200})$/s;
const isNodeType = (type: string | undefined): type is NodeType => NODE_TYPES.some((known) => known === type);

/** An id that is unique over all types and tenants; opaque to clients. */
export const nodeId = (type: NodeType, tenant: string, key: string): string =>
  Buffer.from(`${type}:${tenant}:${key}`).toString('base64url');

/** @returns undefined for what is no id of ours, or one of another type than wanted. */
export const readNodeId = (id: string, wanted?: NodeType): NodeRef | undefined => {
  if (id.length > 400 || !/^[A-Za-z0-9_-]+$/.test(id)) return undefined;
  const [, type, tenant, key] = REF.exec(Buffer.from(id, 'base64url').toString('utf8')) ?? [];
  if (!isNodeType(type) || !tenant || !isTenant(tenant) || !key || (wanted && type !== wanted)) return undefined;
  return { type, tenant, key };
};

/** Tenants are named by their own id as well: it is what people chose. */
export const tenantKey = (id: string): string => readNodeId(id, 'Tenant')?.key ?? id;
