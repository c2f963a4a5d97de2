import type { ReportKind, ReportMake, ReportMade, TenantState } from '#contracts';
import { idOf, type Asked, type Reaction } from '#libs/model';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { dateOf, nextReport } from '../domain/report/period.js';

/** By the local date, so that a tenant that moves to another time zone still gets one report of the period. */
const periodicId = (tenantId: string, kind: ReportKind, date: string): string => idOf('report', tenantId, kind, date);

/** Whether a report is the one of its week or month, in whatever time zone the tenant was when it was asked for. */
export const isPeriodic = (tenantId: string, { reportId, kind, from }: ReportMade): boolean =>
  [-DAY_MS, 0, DAY_MS].some((off) => reportId === periodicId(tenantId, kind, dateOf(from + off, 'UTC')));

/** After its Monday or first, wherever the tenant was by then: time zones are 26 hours apart at most. */
const INTO_NEXT_MS = 36 * HOUR_MS;

const asksNext = (kind: ReportKind, state: TenantState, after: number): Asked<ReportMake>[] => {
  if (!state.active) return [];
  const { from, to, dueAt } = nextReport(kind, after, state.timeZone);
  const reportId = periodicId(state.tenantId, kind, dateOf(from, state.timeZone));
  return [{ request: { type: 'report.make', reportId, kind, from, to, language: state.language, send: true }, dueAt }];
};

const reportsOf = (name: string, kind: ReportKind): Reaction<TenantState | ReportMade, ReportMake, TenantState> => ({
  name,
  hears: ['tenant.state', 'report.made'],
  react: ({ envelope, message }, settings) => {
    if (message.type === 'tenant.state') return asksNext(kind, message, envelope.time);
    if (message.kind !== kind || !settings) return [];
    // However late it was made: the period after it is the next one.
    const after = isPeriodic(settings.tenantId, message) ? message.to + INTO_NEXT_MS : message.at;
    return asksNext(kind, settings, after);
  },
});

/**
 * The report of each week, on the Monday after at 06:00 local time: asked for when a tenant comes, and again by each
 * report.
 */
export const weekly = reportsOf('weekly', 'WEEKLY');

/** The report of each month, on the first of the next at 06:00 local time. */
export const monthly = reportsOf('monthly', 'MONTHLY');
