import type { FindingSummary } from '#contracts';
import type { TenantDocument } from '#libs/store';
import { foldedEntities, rankedEntities } from '#libs/terms';
import { nodeId } from '../domain/node-id.js';
import type { AnalystCaseArgs, AnalystQueryArgs } from '../generated/analyst.js';
import { item, tenantKeys, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { cases, type CaseDoc } from '../views/cases.js';
import { ordered } from '../views/case-timeline.js';
import { findings, type FindingDoc } from '../views/findings.js';

/** The latest first. */
export const casesOf = ({ gate }: Visit, { tenants, statuses, ...paging }: AnalystQueryArgs['cases']) =>
  connection(
    gate.read(cases, tenantKeys(tenants)),
    { where: statuses ? { status: { in: statuses } } : {}, sort: { openedAt: -1 } },
    paging,
    item('Case'),
  );

const NUMBER = /^([A-Z]{2,8}|[A-Z0-9-]{2,32})-(\d{1,9})$/;

export const caseByNumber = async (visit: Visit, number: string): Promise<Item<CaseDoc> | null> => {
  const [, prefix = '', digits = ''] = NUMBER.exec(number.trim().toUpperCase()) ?? [];
  const tenants = visit.tenantsNumbering(prefix);
  const page = await visit.gate.read(cases, tenants).find({ where: { number: Number(digits) }, limit: 2 });
  // Of two tenants that had one prefix before prefixes were unique, neither is guessed: their ids tell them apart.
  return page.items.length === 1 ? item('Case')(page.items[0]!) : null;
};

const caseFindings = (tenant: string, summaries: FindingSummary[]) =>
  summaries.map(({ findingId, ...rest }) => ({ ...rest, id: nodeId('Finding', tenant, findingId) }));

const findingOf = ({ tenant, doc: { findingId, rule, ...rest } }: TenantDocument<FindingDoc>) => ({
  ...rest,
  title: rule?.title,
  id: nodeId('Finding', tenant, findingId),
});

/** Fields of Case that are the same in both schemas. */
export const caseFields = {
  messages: ({ messages }: Item<CaseDoc>) =>
    messages.map((one) => ({ ...one, blocking: one.blocking ?? false, withdrawn: one.withdrawn ?? false })),
  id: ({ tenant, caseId }: Item<CaseDoc>) => nodeId('Case', tenant, caseId),
  number: ({ tenant, number }: Item<CaseDoc>, _args: object, visit: Visit) => visit.caseNumber(tenant, number),
  entities: ({ entities }: Item<CaseDoc>) => rankedEntities(entities),
  entityFolds: ({ entities }: Item<CaseDoc>) => foldedEntities(entities),
  timeline: ({ timeline }: Item<CaseDoc>, asked: AnalystCaseArgs['timeline']) => ordered(timeline, asked),
  findings: ({ tenant, findings: summaries }: Item<CaseDoc>) => caseFindings(tenant, summaries),
  findingCount: ({ findings: summaries, findingCount }: Item<CaseDoc>) => findingCount ?? summaries.length,
  allFindings: ({ tenant, caseId }: Item<CaseDoc>, paging: AnalystCaseArgs['allFindings'], { gate }: Visit) =>
    connection(
      gate.read(findings, [tenant]),
      { where: { caseId, raised: true }, sort: { detectedAt: 1 } },
      paging,
      findingOf,
    ),
  actions: ({ tenant, caseId }: Item<CaseDoc>, _args: object, visit: Visit) => visit.actionsOf.load({ tenant, caseId }),
  deliveries: async ({ tenant, caseId }: Item<CaseDoc>, _args: object, visit: Visit) =>
    // Reminders of its advice stand with the advice.
    (await visit.deliveriesOf.load({ tenant, caseId })).filter(({ purpose }) => purpose !== 'REMINDER'),
  recommendations: ({ tenant, caseId }: Item<CaseDoc>, _args: object, visit: Visit) =>
    visit.adviceOf.load({ tenant, caseId }),
};
