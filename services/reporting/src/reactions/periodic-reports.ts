import type { ReportKind, ReportMake, ReportMade, TenantState } from '#contracts';
import { idOf, type Asked, type Reaction } from '#libs/model';
import { dateOf, nextReport } from '../domain/report/period.js';

/** By the local date, so that a tenant that moves to another time zone still gets one report of the period. */
export const periodicId = ({ tenantId, timeZone }: TenantState, kind: ReportKind, from: number): string =>
  idOf('report', tenantId, kind, dateOf(from, timeZone));

const asksNext = (kind: ReportKind, state: TenantState, after: number): Asked<ReportMake>[] => {
  if (!state.active) return [];
  const { from, to, dueAt } = nextReport(kind, after, state.timeZone);
  const reportId = periodicId(state, kind, from);
  return [{ request: { type: 'report.make', reportId, kind, from, to, language: state.language }, dueAt }];
};

const reportsOf = (name: string, kind: ReportKind): Reaction<TenantState | ReportMade, ReportMake, TenantState> => ({
  name,
  hears: ['tenant.state', 'report.made'],
  react: ({ envelope, message }, settings) => {
    if (message.type === 'tenant.state') return asksNext(kind, message, envelope.time);
    return message.kind === kind && settings ? asksNext(kind, settings, message.at) : [];
  },
});

/**
 * The report of each week, on the Monday after at 06:00 local time: asked for when a tenant comes, and again by each
 * report.
 */
export const weekly = reportsOf('weekly', 'WEEKLY');

/** The report of each month, on the first of the next at 06:00 local time. */
export const monthly = reportsOf('monthly', 'MONTHLY');
