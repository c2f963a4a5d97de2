import type { TenantDocument } from '#libs/store';
import { nodeId, readNodeId, tenantKey, type NodeType } from '../domain/node-id.js';
import type { Gate, ViewOf } from '../reading/gate.js';
import { actions, type ActionDoc } from '../views/actions.js';
import { backtests, type BacktestDoc } from '../views/backtests.js';
import { cases, type CaseDoc } from '../views/cases.js';
import { exceptions, type ExceptionDoc } from '../views/exceptions.js';
import { findings, type FindingDoc } from '../views/findings.js';
import { hunts, type HuntDoc } from '../views/hunts.js';
import { posture, type PostureDoc } from '../views/posture.js';
import { recommendations, type RecommendationDoc } from '../views/recommendations.js';
import { reports, type ReportDoc } from '../views/reports.js';
import { tenants, type TenantDoc } from '../views/tenants.js';

interface NodeDocs {
  Action: ActionDoc;
  Backtest: BacktestDoc;
  Case: CaseDoc;
  Exception: ExceptionDoc;
  Finding: FindingDoc;
  Hunt: HuntDoc;
  Posture: PostureDoc;
  Recommendation: RecommendationDoc;
  Report: ReportDoc;
  Tenant: TenantDoc;
}

/** The view that shows things of a type. */
export const VIEW_OF_NODE: { [Type in NodeType]: ViewOf<NodeDocs[Type]> } = {
  Action: actions,
  Backtest: backtests,
  Case: cases,
  Exception: exceptions,
  Finding: findings,
  Hunt: hunts,
  Posture: posture,
  Recommendation: recommendations,
  Report: reports,
  Tenant: tenants,
};

/** A document as resolvers have it: with its tenant, and the GraphQL type it is. */
export type Item<Doc> = Doc & { tenant: string; nodeType: NodeType };

export const item =
  <Type extends NodeType>(nodeType: Type) =>
  ({ tenant, doc }: Pick<TenantDocument<NodeDocs[Type]>, 'tenant' | 'doc'>): Item<NodeDocs[Type]> => ({
    ...doc,
    tenant,
    nodeType,
  });

/** One document, if one may see it. */
export const itemAt = async <Type extends NodeType>(
  { gate }: { gate: Gate },
  type: Type,
  tenant: string,
  key: string,
): Promise<Item<NodeDocs[Type]> | null> => {
  const doc = await gate.read(VIEW_OF_NODE[type], [tenant]).get(key);
  return doc ? item(type)({ tenant, doc }) : null;
};

/** One document by its node id, if one may see it. */
export const oneOf = async <Type extends NodeType>(visit: { gate: Gate }, type: Type, id: string) => {
  const ref = readNodeId(id, type);
  return ref ? itemAt(visit, type, ref.tenant, ref.key) : null;
};

export const tenantNode = (tenant: string): string => nodeId('Tenant', tenant, tenant);

/** Tenants as clients name them. */
export const tenantKeys = (tenants?: string[] | null): string[] | undefined => tenants?.map(tenantKey);
