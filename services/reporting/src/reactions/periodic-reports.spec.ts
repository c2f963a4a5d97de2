import type { ReportMade, ReportPlan, ReportPlanned } from '#contracts';
import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { someSettings } from '../../test/samples.js';
import { makePlanned, planReports } from './periodic-reports.js';

const at = (iso: string): number => Date.parse(iso);
const paris = { ...someSettings, timeZone: 'Europe/Paris', language: 'FR' as const };
const plan = (kind: 'WEEKLY' | 'MONTHLY', after: ReportPlan['after'] = null): ReportPlan => ({
  ...{ type: 'report.plan', kind, timeZone: 'Europe/Paris', after },
  reportId: idOf('report plan', 'acme', kind),
});
const made: ReportMade = {
  type: 'report.made',
  reportId: idOf('report', 'acme', 'WEEKLY', '2026-11-16'),
  kind: 'WEEKLY',
  from: at('2026-11-16T00:00+01:00'),
  to: at('2026-11-23T00:00+01:00'),
  language: 'FR',
  verdict: '',
  colour: 'GREEN',
  figures: Buffer.of(),
  figuresHash: '',
  pdf: Buffer.of(),
  at: at('2026-11-23T05:00:07Z'),
  send: true,
};

it('plans a report of each kind when a tenant comes', () =>
  hearing(planReports, paris).of(paris).asks(plan('WEEKLY'), plan('MONTHLY')));

it('plans the next one when the report of a week is made, wherever the tenant was then', () => {
  const { reportId } = made;
  hearing(planReports, paris)
    .of(made)
    .asks(plan('WEEKLY', { reportId, to: made.to }));
  for (const zone of ['+14:00', '-11:00']) {
    const to = at(`2026-11-23T00:00${zone}`);
    hearing(planReports, paris)
      .of({ ...made, to })
      .asks(plan('WEEKLY', { reportId, to }));
  }
});

it('plans nothing by a report that somebody had made, nor for a tenant that has left', () => {
  const left = { ...paris, active: false };
  hearing(planReports, paris)
    .of({ ...made, reportId: 'r' })
    .asks();
  hearing(planReports, left).of(left).asks();
  hearing(planReports, left).of(made).asks();
});

it('asks for what is planned once it is due', () => {
  const planned: ReportPlanned = {
    ...{ type: 'report.planned', reportId: 'p', makes: 'r', kind: 'MONTHLY', from: 1, to: 2, dueAt: 3, at: 0 },
  };
  const told = hearing(makePlanned, paris).of(planned);
  told.asks({ type: 'report.make', reportId: 'r', kind: 'MONTHLY', from: 1, to: 2, language: 'FR', send: true });
  expect(told.asked[0]?.dueAt).toBe(3);
});
