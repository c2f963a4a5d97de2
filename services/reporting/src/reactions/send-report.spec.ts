import type { ReportMade } from '#contracts';
import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { someSettings, theWeek } from '../../test/samples.js';
import { sendReport } from './send-report.js';

const settings = { ...someSettings, timeZone: 'UTC' };
const made = (reportId: string, send = false): ReportMade => ({
  type: 'report.made',
  reportId,
  kind: 'WEEKLY',
  ...theWeek,
  language: 'EN',
  verdict: '',
  colour: 'GREEN',
  figures: Buffer.of(),
  figuresHash: '',
  pdf: Buffer.of(),
  at: theWeek.to,
  send,
});
const ofTheWeek = idOf('report', 'acme', 'WEEKLY', '2026-11-16');

it('sends the report of a week, with its days and without its figures', () =>
  hearing(sendReport, settings)
    .of(made(ofTheWeek))
    .asks({
      type: 'delivery.send',
      deliveryId: idOf('delivery', ofTheWeek),
      caseId: '',
      actionId: '',
      purpose: 'REPORT',
      severity: 'UNKNOWN',
      number: 0,
      title: '2026-11-16 – 2026-11-22',
      to: [],
    }));

it('sends no report that somebody had made out of turn', () =>
  hearing(sendReport, settings)
    .of(made(idOf('report', 'by hand')))
    .asks());

it('sends one that somebody had made out of turn to be sent', () =>
  expect(hearing(sendReport, settings).of(made(idOf('report', 'by hand'), true)).asked).toHaveLength(1));

it('sends it also to a tenant that moved to another time zone since it was asked for', () => {
  const [from, to] = [Date.parse('2026-11-16T00:00+09:00'), Date.parse('2026-11-23T00:00+09:00')];
  const paris = { ...settings, timeZone: 'Europe/Paris' };
  expect(hearing(sendReport, paris).of({ ...made(ofTheWeek), from, to }).asked).toHaveLength(1);
});
