import { idOf } from '#libs/model';
import { NOWHERE } from '../asking/shown-in.js';
import { nodeId, tenantKey } from '../domain/node-id.js';
import { reportFields, reportsOf } from '../shared/reports.js';
import type { AnalystSubject } from './subject.js';

/** Reports, and making one out of turn. */
export const reporting = {
  queries: { reports: (_parent, args, visit) => reportsOf(visit, args) },
  mutations: {
    makeReport: ({ tenantId, kind, from, to, language: wanted, send }, { settings }, requestId) => {
      const tenant = tenantKey(tenantId);
      const reportId = idOf('report', requestId);
      const language = wanted ?? settings.get(tenant)?.language ?? 'EN';
      return {
        tenant,
        request: { type: 'report.make', reportId, kind, from, to, language, send: send ?? false },
        id: nodeId('Report', tenant, reportId),
        // It is made later, and shown by `reports`.
        shownIn: NOWHERE,
      };
    },
  },
  types: { Report: reportFields },
} satisfies AnalystSubject;
