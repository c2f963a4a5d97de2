import type { ReportMake, ReportMade } from '#contracts';
import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { someSettings } from '../../test/samples.js';
import { monthly, weekly } from './periodic-reports.js';

const at = (iso: string): number => Date.parse(iso);
const paris = { ...someSettings, timeZone: 'Europe/Paris', language: 'FR' as const };
const week = (monday: string, from: string, to: string): ReportMake => ({
  type: 'report.make',
  reportId: idOf('report', 'acme', 'WEEKLY', monday),
  kind: 'WEEKLY',
  from: at(from),
  to: at(to),
  language: 'FR',
  send: true,
});
const made = (iso: string, kind: 'WEEKLY' | 'MONTHLY' = 'WEEKLY'): ReportMade => ({
  type: 'report.made',
  reportId: 'r',
  kind,
  from: 0,
  to: 1,
  language: 'FR',
  verdict: '',
  colour: 'GREEN',
  figures: Buffer.of(),
  figuresHash: '',
  pdf: Buffer.of(),
  at: at(iso),
  send: true,
});

it('asks for the first report when a tenant comes, due on Monday at six', () => {
  const told = hearing(weekly, paris).of(paris, { time: at('2026-11-18T12:00:00Z') });
  told.asks(week('2026-11-16', '2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z'));
  expect(told.asked[0]?.dueAt).toBe(at('2026-11-23T05:00:00Z'));
});

it('asks for the next one when a report is made', () =>
  hearing(weekly, paris)
    .of(made('2026-11-23T05:00:07Z'))
    .asks(week('2026-11-23', '2026-11-22T23:00:00Z', '2026-11-29T23:00:00Z')));

it('asks for the same report however often the tenant changes, also for another time zone', () => {
  const ids = ['Europe/Paris', 'Asia/Tokyo'].map(
    (timeZone) =>
      hearing(weekly).of({ ...paris, timeZone }, { time: at('2026-11-18T12:00:00Z') }).asked[0]?.request.reportId,
  );
  expect(new Set(ids).size).toBe(1);
});

it("keeps six o'clock through the change of clocks", () =>
  expect(hearing(weekly, paris).of(made('2026-03-23T05:00:00Z')).asked[0]?.dueAt).toBe(at('2026-03-30T04:00:00Z')));

it('asks nothing for a tenant that has left, nor after a monthly report', () => {
  hearing(weekly)
    .of({ ...paris, active: false })
    .asks();
  hearing(weekly, { ...paris, active: false })
    .of(made('2026-11-23T05:00:00Z'))
    .asks();
  hearing(weekly, paris).of(made('2026-11-23T05:00:00Z', 'MONTHLY')).asks();
});

it('asks for the month as well, due on the first at six, and for the next one by each', () => {
  const month = (first: string, from: string, to: string): ReportMake => ({
    ...week(first, from, to),
    reportId: idOf('report', 'acme', 'MONTHLY', first),
    kind: 'MONTHLY',
  });
  const told = hearing(monthly, paris).of(paris, { time: at('2026-11-18T12:00:00Z') });
  told.asks(month('2026-11-01', '2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z'));
  expect(told.asked[0]?.dueAt).toBe(at('2026-12-01T05:00:00Z'));
  hearing(monthly, paris)
    .of(made('2026-12-01T05:00:07Z', 'MONTHLY'))
    .asks(month('2026-12-01', '2026-11-30T23:00:00Z', '2026-12-31T23:00:00Z'));
  hearing(monthly, paris).of(made('2026-11-23T05:00:00Z')).asks();
});

describe('after the report of a week', () => {
  const ofTheWeek = (made: ReportMade, zone: string): ReportMade => ({
    ...made,
    reportId: idOf('report', 'acme', 'WEEKLY', '2026-11-09'),
    from: at(`2026-11-09T00:00${zone}`),
    to: at(`2026-11-16T00:00${zone}`),
  });
  const next = week('2026-11-16', '2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z');
  it('asks for the week after it, though it was made later than that', () => {
    const told = hearing(weekly, paris).of(ofTheWeek(made('2026-11-25T12:00:00Z'), '+01:00'));
    told.asks(next);
    expect(told.asked[0]?.dueAt).toBe(at('2026-11-23T05:00:00Z'));
  });
  it.each(['+09:00', '-10:00', '+14:00'])('asks for it by the clock of today, when that of before was %s', (zone) =>
    hearing(weekly, paris)
      .of(ofTheWeek(made('2026-11-16T05:00:00Z'), zone))
      .asks(next),
  );
});
