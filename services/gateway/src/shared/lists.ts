import type { ActionState, CaseStatus, ReportKind } from '#contracts';
import { readNodeId, tenantKey, type NodeType } from '../domain/node-id.js';
import { connection, type Paging } from '../reading/connection.js';
import { item, type Item, type Visit } from '../reading/visit.js';
import type { ActionDoc } from '../views/actions.js';
import { bucketOf, type AnswerDoc, type AnswersDoc } from '../views/answers.js';
import type { CaseDoc } from '../views/cases.js';
import type { ReportDoc } from '../views/reports.js';

type Tenants = { tenants?: string[] | null };

/** Tenants as clients name them. */
export const tenantKeys = (tenants?: string[] | null): string[] | undefined => tenants?.map(tenantKey);

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

/** One document by its node id, if one may see it. */
export const oneOf = async <Doc extends object>(
  visit: Visit,
  type: NodeType,
  view: string,
  id: string,
): Promise<Item<Doc> | null> => {
  const ref = readNodeId(id, type);
  const doc = ref && (await visit.gate.read<Doc>(view, [ref.tenant]).get(ref.key));
  return ref && doc ? item<Doc>(type)({ tenant: ref.tenant, doc }) : null;
};

export const casesOf = (
  { gate }: Visit,
  { tenants, statuses, ...paging }: Paging & Tenants & { statuses?: CaseStatus[] | null },
) =>
  connection(
    gate.read<CaseDoc>('cases', tenantKeys(tenants)),
    { where: statuses ? { status: { in: statuses } } : {}, sort: { openedAt: -1 } },
    paging,
    item<CaseDoc>('Case'),
  );

export const actionsOf = (
  { gate }: Visit,
  { tenants, states, caseId, ...paging }: Paging & Tenants & { states?: ActionState[] | null; caseId?: string | null },
) => {
  const wanted = ofCase(caseId, tenants);
  const where = { ...wanted.where, ...(states ? { state: { in: states } } : {}) };
  return connection(
    gate.read<ActionDoc>('actions', wanted.tenants),
    { where, sort: { proposedAt: -1 } },
    paging,
    item<ActionDoc>('Action'),
  );
};

export const reportsOf = (
  { gate }: Visit,
  { tenants, kind, ...paging }: Paging & Tenants & { kind?: ReportKind | null },
) =>
  connection(
    gate.read<ReportDoc>('reports', tenantKeys(tenants)),
    { where: kind ? { kind } : {}, sort: { madeAt: -1 } },
    paging,
    item<ReportDoc>('Report'),
  );

const NUMBER = /^([A-Z]{2,8}|[A-Z0-9-]{2,32})-(\d{1,9})$/;

export const caseByNumber = async (visit: Visit, number: string): Promise<Item<CaseDoc> | null> => {
  const [, prefix = '', digits = ''] = NUMBER.exec(number.trim().toUpperCase()) ?? [];
  const tenants = visit.tenantsNumbering(prefix);
  const {
    items: [first],
  } = await visit.gate.read<CaseDoc>('cases', tenants).find({ where: { number: Number(digits) }, limit: 1 });
  return first ? item<CaseDoc>('Case')(first) : null;
};

/** The answer to a request of a person, within what the caller may see. */
export const answerOf = async (
  { gate }: Visit,
  requestId: string,
  isOurs: (answer: AnswerDoc) => boolean = () => true,
): Promise<AnswerDoc | null> => {
  const key = bucketOf(requestId);
  const buckets = await Promise.all([
    gate.read<AnswersDoc>('answers').getMany([key]),
    gate.readOperator<AnswersDoc>('answers').getMany([key]),
  ]);
  return (
    buckets
      .flat()
      .flatMap(({ doc }) => doc.answers)
      .find((answer) => answer.requestId === requestId && isOurs(answer)) ?? null
  );
};
