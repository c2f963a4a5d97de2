import type { ReportMake, ReportRecord, ReportMade, ReportRequested } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { hashOf } from './canonical-json.js';
import { reportStream } from './decider.js';
import { someSettings } from '../../../test/samples.js';

const { now } = testContext;
const period = { from: now - 7 * DAY_MS, to: now - DAY_MS };
const make: ReportMake = { type: 'report.make', reportId: 'r1', kind: 'WEEKLY', ...period, language: 'FR', send: true };
const requested: ReportRequested = {
  type: 'report.requested',
  reportId: 'r1',
  kind: 'WEEKLY',
  ...period,
  language: 'FR',
  by: testContext.actor,
  at: now,
  send: true,
};
const figures = Buffer.from('{}');
const record: ReportRecord = {
  type: 'report.record',
  reportId: 'r1',
  kind: 'WEEKLY',
  ...period,
  language: 'FR',
  verdict: 'Calme.',
  colour: 'GREEN',
  figures,
  figuresHash: hashOf(figures),
  pdf: Buffer.from('%PDF-1.7'),
};
const made: ReportMade = { ...record, type: 'report.made', at: now, send: true };
const system = { actor: { subject: 'reporting', side: 'SYSTEM' as const } };
const { given } = scenario(reportStream, { settings: someSettings });

describe('asking for a report', () => {
  it('requests it', () => given().when(make).then(requested));
  it('ends its period now when it reaches ahead', () =>
    given()
      .when({ ...make, to: now + DAY_MS })
      .then({ ...requested, to: now }));
  it('says nothing twice', () => given(requested).when(make).then());
  it('says nothing when it is made', () => given(requested, made).when(make).then());
  it('refuses another period under the same id', () =>
    given(requested)
      .when({ ...make, from: 1 })
      .refuses('another period'));
  it('refuses a period without time in it', () =>
    given()
      .when({ ...make, to: make.from })
      .refuses('ends after it begins'));
  it('refuses a period that has not begun', () =>
    given()
      .when({ ...make, from: now + 1, to: now + DAY_MS })
      .refuses('has begun'));
  it('refuses more than 62 days', () =>
    given()
      .when({ ...make, from: now - 64 * DAY_MS })
      .refuses('62 days'));
  it('refuses a tenant nobody knows', () => given().when(make, { settings: undefined }).refuses('no such tenant'));
  it('speaks the language the tenant has when a timer fires', () =>
    given()
      .when(make, system)
      .then({ ...requested, language: 'EN', by: system.actor }));
  it('lets the timer of a tenant that has left do nothing', () =>
    given()
      .when(make, { ...system, settings: { ...someSettings, active: false } })
      .refuses('has ended'));
});

describe('recording a report', () => {
  it('makes it', () => given(requested).when(record, system).then(made));
  it('says nothing twice', () => given(requested, made).when(record, system).then());
  it('refuses people', () => given(requested).when(record).refuses('only the service'));
  it('refuses what nobody asked for', () => given().when(record, system).refuses('not requested'));
  it('refuses another period', () =>
    given(requested)
      .when({ ...record, to: period.to + 1 }, system)
      .refuses('not the report'));
  it('refuses figures that are not those hashed', () =>
    given(requested)
      .when({ ...record, figures: Buffer.from('[]') }, system)
      .refuses('not those that were hashed'));
  it('refuses more than fits a message', () =>
    given(requested)
      .when({ ...record, pdf: Buffer.alloc(701 * 1024) }, system)
      .refuses('too large'));
});
