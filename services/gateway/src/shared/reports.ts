import { idOf } from '#libs/model';
import { nodeId } from '../domain/node-id.js';
import type { AnalystQueryArgs } from '../generated/analyst.js';
import { item, tenantKeys, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { reports, type ReportDoc } from '../views/reports.js';

/** The latest first. */
export const reportsOf = ({ gate }: Visit, { tenants, kind, ...paging }: AnalystQueryArgs['reports']) =>
  connection(
    gate.read(reports, tenantKeys(tenants)),
    { where: kind ? { kind } : {}, sort: { madeAt: -1 } },
    paging,
    item('Report'),
  );

/** Fields of Report that are the same in both schemas. */
export const reportFields = {
  id: ({ tenant, reportId }: Item<ReportDoc>) => nodeId('Report', tenant, reportId),
  delivery: ({ tenant, reportId }: Item<ReportDoc>, _args: object, visit: Visit) =>
    visit.deliveryOf.load({ tenant, deliveryId: idOf('delivery', reportId) }),
  pdfUrl: ({ tenant, reportId }: Item<ReportDoc>) => `/reports/${nodeId('Report', tenant, reportId)}.pdf`,
};
