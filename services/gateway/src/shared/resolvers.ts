import type { FindingSummary } from '#contracts';
import { nodeId } from '../domain/node-id.js';
import type { Item, Visit } from '../reading/visit.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';
import type { ReportDoc } from '../views/reports.js';
import { dateTime } from './scalars.js';

type Case = Item<CaseDoc>;
type Action = Item<ActionDoc>;
type Report = Item<ReportDoc>;

const caseFindings = (tenant: string, findings: FindingSummary[]) => findings.map(({ findingId, ...rest }) => ({ ...rest, id: nodeId('Finding', tenant, findingId) }));

/** What is the same in both schemas. */
export const caseFields = {
  id: ({ tenant, caseId }: Case) => nodeId('Case', tenant, caseId),
  number: ({ tenant, number }: Case, _args: unknown, visit: Visit) => visit.caseNumber(tenant, number),
  findings: ({ tenant, findings }: Case) => caseFindings(tenant, findings),
  actions: ({ tenant, caseId }: Case, _args: unknown, visit: Visit) => visit.actionsOf.load({ tenant, caseId }),
};

export const actionFields = {
  id: ({ tenant, actionId }: Action) => nodeId('Action', tenant, actionId),
  caseId: ({ tenant, caseId }: Action) => nodeId('Case', tenant, caseId),
};

export const reportFields = {
  id: ({ tenant, reportId }: Report) => nodeId('Report', tenant, reportId),
  pdfUrl: ({ tenant, reportId }: Report) => `/reports/${nodeId('Report', tenant, reportId)}.pdf`,
};

export const common = {
  DateTime: dateTime,
  Node: { __resolveType: ({ nodeType }: { nodeType: string }) => nodeType },
};
