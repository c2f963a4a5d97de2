import type { ReportMake, ReportMade, TenantState } from '#contracts';
import { idOf, type Asked, type Reaction } from '#libs/model';
import { dateOf, nextWeekly } from '../domain/report/period.js';

const asksNext = (state: TenantState, after: number): Asked<ReportMake>[] => {
  if (!state.active) return [];
  const { from, to, dueAt } = nextWeekly(after, state.timeZone);
  // By the local date, so that a tenant that moves to another time zone still gets one report a week.
  const reportId = idOf('report', state.tenantId, 'WEEKLY', dateOf(from, state.timeZone));
  return [{ request: { type: 'report.make', reportId, kind: 'WEEKLY', from, to, language: state.language }, dueAt }];
};

/**
 * The report of each week, on the Monday after at 06:00 local time: asked for when a tenant comes, and again by each
 * report.
 */
export const weekly: Reaction<TenantState | ReportMade, ReportMake, TenantState> = {
  name: 'weekly',
  hears: ['tenant.state', 'report.made'],
  react: ({ envelope, message }, settings) => {
    if (message.type === 'tenant.state') return asksNext(message, envelope.time);
    return message.kind === 'WEEKLY' && settings ? asksNext(settings, message.at) : [];
  },
};
