import type { BusinessCalendar, TenantPolicy } from '#contracts';
import { compareLines, joinDifferences, type PolicyDifference } from './difference.js';
import { linesOf, situationsOf } from './lines.js';

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The minutes of a weekday that are open. */
const openMinutes = ({ days }: BusinessCalendar, weekday: number): boolean[] => {
  const open = new Array<boolean>(1_440).fill(false);
  for (const { start, end } of days.filter((day) => day.weekday === weekday))
    open.fill(true, minutes(start), minutes(end));
  return open;
};

/** Whether `wider` is open at some time at which `narrower` is not. */
const opensMore = (narrower: BusinessCalendar, wider: BusinessCalendar): boolean =>
  narrower.holidays.some((date) => !wider.holidays.includes(date)) ||
  WEEK.some((weekday) => {
    const open = openMinutes(narrower, weekday);
    return openMinutes(wider, weekday).some((minute, index) => minute && !open[index]);
  });

const flipped = (policy: TenantPolicy, business: boolean): PolicyDifference => {
  const lines = linesOf(policy);
  const what = business ? 'hours that become business hours: ' : 'hours that are business hours no more: ';
  const situations = situationsOf(policy).filter((situation) => situation.businessHours);
  return compareLines(
    situations,
    (situation) => lines({ ...situation, businessHours: !business }),
    (situation) => lines({ ...situation, businessHours: business }),
    what,
    policy.overrides.length + 1,
  );
};

/** What becomes of a policy whose overrides know business hours when these change. */
export const calendarDifference = (
  policy: TenantPolicy,
  before: BusinessCalendar,
  after: BusinessCalendar,
): PolicyDifference => {
  if (policy.overrides.every(({ hours }) => hours === 'ANY')) return { looser: [], tighter: [] };
  return joinDifferences(
    ...(opensMore(before, after) ? [flipped(policy, true)] : []),
    ...(opensMore(after, before) ? [flipped(policy, false)] : []),
  );
};
