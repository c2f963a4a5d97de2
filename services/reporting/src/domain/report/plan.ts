import type { ReportKind, ReportMade, ReportPlan, ReportPlanned } from '#contracts';
import { idOf } from '#libs/model';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { dateOf, MOST_MS, nextReport, sameDateBefore } from './period.js';

/** The stream that knows which report of a kind is next. */
export const planId = (tenantId: string, kind: ReportKind): string => idOf('report plan', tenantId, kind);

/** By the local date of its Monday or first, wherever the tenant was then. */
const periodicId = (tenantId: string, kind: ReportKind, date: string): string => idOf('report', tenantId, kind, date);

/** Whether a report is the one of its week or month, in whatever time zone the tenant was when it was planned. */
export const isPeriodic = (
  tenantId: string,
  { reportId, kind, to }: Pick<ReportMade, 'reportId' | 'kind' | 'to'>,
): boolean =>
  [-DAY_MS, 0, DAY_MS].some((off) => reportId === periodicId(tenantId, kind, sameDateBefore(kind, to + off)));

/** After a Monday or first, wherever the tenant was by then: time zones are 26 hours apart at most. */
const INTO_NEXT_MS = 36 * HOUR_MS;

/** One that is due for so long is not coming: its tenant had left. */
const LATE_MS = 2 * DAY_MS;

/** Whether what was planned is still to come. */
const stands = ({ makes, to, dueAt }: ReportPlanned, { after }: ReportPlan, now: number): boolean =>
  after ? makes !== after.reportId && to > after.to : now < dueAt + LATE_MS;

/**
 * The report that comes next: it begins where the one before ended, and ends with the week or month where the tenant is
 * now. One that is planned already stands, wherever the tenant moves. So each hour is in one report of a kind.
 * @param planned the one that was planned last.
 * @returns nothing where that one is still to come.
 */
export const nextPlan = (
  request: ReportPlan,
  planned: ReportPlanned | null,
  { tenant, now }: { tenant: string; now: number },
): ReportPlanned[] => {
  if (planned && stands(planned, request, now)) return [];
  const { reportId, kind, timeZone, after } = request;
  // However late one was made: the period after it is the next one.
  const next = nextReport(kind, after ? after.to + INTO_NEXT_MS : now, timeZone);
  const since = after?.to ?? planned?.to;
  const from = since !== undefined && next.to - since <= MOST_MS ? since : next.from;
  const makes = periodicId(tenant, kind, dateOf(next.from, timeZone));
  return [{ type: 'report.planned', reportId, makes, kind, from, to: next.to, dueAt: next.dueAt, at: now }];
};
