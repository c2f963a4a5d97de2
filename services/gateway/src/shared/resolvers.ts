import type { FindingSummary } from '#contracts';
import { nodeId } from '../domain/node-id.js';
import type { Shown } from '#libs/store';
import { connection, type Paging } from '../reading/connection.js';
import type { Item, Visit } from '../reading/visit.js';
import type { ActionDoc } from '../views/actions.js';
import type { CaseDoc } from '../views/cases.js';
import type { FindingDoc } from '../views/findings.js';
import type { ReportDoc } from '../views/reports.js';
import { dateTime } from './scalars.js';

type Case = Item<CaseDoc>;
type Action = Item<ActionDoc>;
type Report = Item<ReportDoc>;

const caseFindings = (tenant: string, findings: FindingSummary[]) =>
  findings.map(({ findingId, ...rest }) => ({ ...rest, id: nodeId('Finding', tenant, findingId) }));

const findingOf = ({ tenant, doc: { findingId, rule, ...rest } }: Shown<FindingDoc>) => ({
  ...rest,
  title: rule?.title,
  id: nodeId('Finding', tenant, findingId),
});

/** What is the same in both schemas. */
export const caseFields = {
  id: ({ tenant, caseId }: Case) => nodeId('Case', tenant, caseId),
  number: ({ tenant, number }: Case, _args: unknown, visit: Visit) => visit.caseNumber(tenant, number),
  findings: ({ tenant, findings }: Case) => caseFindings(tenant, findings),
  findingCount: ({ findings, findingCount }: Case) => findingCount ?? findings.length,
  allFindings: ({ tenant, caseId }: Case, paging: Paging, { gate }: Visit) =>
    connection(
      gate.read<FindingDoc>('findings', [tenant]),
      { where: { caseId, raised: true }, sort: { detectedAt: 1 } },
      paging,
      findingOf,
    ),
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
