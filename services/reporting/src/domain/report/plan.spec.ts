import type { ReportPlan, ReportPlanned } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { isPeriodic, nextPlan, planId } from './plan.js';

const at = (iso: string): number => Date.parse(iso);
const request = (timeZone: string, after: ReportPlan['after'] = null): ReportPlan => ({
  ...{ type: 'report.plan', reportId: planId('acme', 'WEEKLY'), kind: 'WEEKLY', timeZone, after },
});
const asked = (now: string, ...of: Parameters<typeof request>) =>
  nextPlan(request(...of), null, { tenant: 'acme', now: at(now) });
const plannedIn = (timeZone: string): ReportPlanned => asked('2026-11-18T12:00:00Z', timeZone)[0]!;

it('is first of the week that a tenant comes in, due on Monday at six', () =>
  expect(plannedIn('Europe/Paris')).toMatchObject({
    from: at('2026-11-15T23:00:00Z'),
    to: at('2026-11-22T23:00:00Z'),
    dueAt: at('2026-11-23T05:00:00Z'),
  }));

it("keeps six o'clock through the change of clocks", () =>
  expect(asked('2026-03-23T06:00:00Z', 'Europe/Paris')).toMatchObject([{ dueAt: at('2026-03-30T04:00:00Z') }]));

it.each([
  ['later, in Paris', 'Asia/Tokyo', 'Europe/Paris', '2026-11-29T23:00:00Z', '2026-11-30T05:00:00Z'],
  ['earlier, in Tokyo', 'Europe/Paris', 'Asia/Tokyo', '2026-11-29T15:00:00Z', '2026-11-29T21:00:00Z'],
])('goes on where the last one ended, and ends %s', (_what, before, now, to, dueAt) => {
  const last = plannedIn(before);
  const told = { reportId: last.makes, to: last.to };
  const context = { tenant: 'acme', now: at('2026-12-03T12:00:00Z') };
  const [next] = nextPlan(request(now, told), last, context);
  expect(next).toMatchObject({ from: last.to, to: at(to), dueAt: at(dueAt) });
  expect(next?.makes).not.toBe(last.makes);
  expect(isPeriodic('acme', { reportId: next!.makes, kind: 'WEEKLY', to: next!.to })).toBe(true);
  // Heard once more, and whatever else the tenant changes: it stands.
  expect(nextPlan(request(before, told), next!, context)).toEqual([]);
});

it('stands while it is to come, wherever the tenant moves', () => {
  const planned = plannedIn('Asia/Tokyo');
  const now = planned.dueAt + DAY_MS;
  expect(nextPlan(request('Europe/Paris'), planned, { tenant: 'acme', now })).toEqual([]);
});

it('goes on for a tenant that had left and comes again, and not for months of nothing', () => {
  const planned = plannedIn('Europe/Paris');
  const again = (now: string) => nextPlan(request('Europe/Paris'), planned, { tenant: 'acme', now: at(now) });
  expect(again('2026-12-09T12:00:00Z')).toMatchObject([{ from: planned.to, to: at('2026-12-13T23:00:00Z') }]);
  expect(again('2027-06-09T12:00:00Z')).toMatchObject([{ from: at('2027-06-06T22:00:00Z') }]);
});

it('is the same report whatever a tenant changes, and after an upgrade whichever timer fires', () =>
  expect(plannedIn('Asia/Tokyo').makes).toBe(plannedIn('Europe/Paris').makes));
