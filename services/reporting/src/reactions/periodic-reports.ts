import type { ReportKind, ReportMade, ReportMake, ReportPlan, ReportPlanned, TenantState } from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { isPeriodic, planId } from '../domain/report/plan.js';

const KINDS: readonly ReportKind[] = ['WEEKLY', 'MONTHLY'];

const asksPlan = (kind: ReportKind, state: TenantState, after: ReportPlan['after']): Asked<ReportPlan>[] => {
  const { active, tenantId, timeZone } = state;
  if (!active) return [];
  return [{ request: { type: 'report.plan', reportId: planId(tenantId, kind), kind, timeZone, after }, seed: kind }];
};

/** The first report of each kind is planned when a tenant comes, each next one when that before it is made. */
export const planReports: Reaction<TenantState | ReportMade, ReportPlan, TenantState> = {
  name: 'plan-reports',
  hears: ['tenant.state', 'report.made'],
  react: ({ message }, settings) => {
    if (message.type === 'tenant.state') return KINDS.flatMap((kind) => asksPlan(kind, message, null));
    const { kind, reportId, to } = message;
    return settings && isPeriodic(settings.tenantId, message) ? asksPlan(kind, settings, { reportId, to }) : [];
  },
};

/**
 * The report of each week is asked for on the Monday after at 06:00, that of each month on the first of the next, where
 * the tenant was when it was planned.
 */
export const makePlanned: Reaction<ReportPlanned, ReportMake, TenantState> = {
  name: 'make-planned',
  hears: ['report.planned'],
  react: ({ message: { makes: reportId, kind, from, to, dueAt } }, settings) => [
    {
      request: {
        ...{ type: 'report.make', reportId, kind, from, to, send: true },
        // The decider knows that of then.
        language: settings?.language ?? 'EN',
      },
      dueAt,
    },
  ],
};
