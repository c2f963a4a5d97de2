import * as fc from 'fast-check';
import type { ReportFact, ReportKind, ReportMade, ReportMake, ReportRequest, TenantState } from '#contracts';
import { Refused, type DecisionContext, type Reaction, type Typed } from '#libs/model';
import { heard, testContext } from '#libs/testing';
import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS } from '#libs/terms';
import { someSettings } from '../../test/samples.js';
import { reportStream, type ReportState } from '../domain/report/decider.js';
import { makePlanned, planReports } from './periodic-reports.js';

const reactions = [planReports, makePlanned] as unknown as Reaction<Typed, ReportRequest, TenantState>[];

const ZONES = [
  'Asia/Tokyo',
  'Europe/Paris',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kolkata',
  'UTC',
];
const BEGIN = Date.parse('2026-09-16T12:00:00Z');

interface Life {
  made: ReportMade[];
  refused: string[];
  /** The most timers of a kind that were alive at once. */
  most: number;
}

/** A tenant that moves now and then, from its coming on: everything that is asked of the service, in virtual time. */
const livesOf = (moves: { after: number; zone: string }[], makingMs: number, forMs: number): Life => {
  const life: Life = { made: [], refused: [], most: 0 };
  const states = new Map<string, ReportState>();
  let [now, settings] = [BEGIN, { ...someSettings, timeZone: 'Asia/Tokyo' }];
  let todo: { at: number; kind?: ReportKind; run: () => void }[] = [];
  const later = (at: number, run: () => void, kind?: ReportKind): void => {
    todo = [...todo, { at, run, ...(kind ? { kind } : {}) }].sort((a, b) => a.at - b.at);
    for (const one of ['WEEKLY', 'MONTHLY'])
      life.most = Math.max(life.most, todo.filter((timer) => timer.kind === one).length);
  };
  const decide = (request: ReportRequest): void => {
    const before = states.get(request.reportId) ?? reportStream.initial();
    const of = { tenant: settings.tenantId, actor: { subject: 'reporting', side: 'SYSTEM' }, now, settings };
    const context = { ...testContext, ...of } as DecisionContext<TenantState>;
    try {
      const facts = reportStream.decide(request, before, context);
      states.set(request.reportId, facts.reduce(reportStream.evolve, before));
      facts.forEach(tell);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      life.refused.push(error.code);
    }
  };
  const tell = (fact: ReportFact | TenantState): void => {
    if (fact.type === 'report.requested') {
      const { by: _by, ...rest } = fact;
      const pages = { verdict: '', colour: 'GREEN', figures: Buffer.of(), figuresHash: '', pdf: Buffer.of() } as const;
      later(now + makingMs, () => tell({ ...rest, ...pages, type: 'report.made', at: now }));
    }
    if (fact.type === 'report.made') life.made.push(fact);
    for (const { hears, react } of reactions) {
      if (!hears.includes(fact.type)) continue;
      for (const { request, dueAt = now } of react(heard(fact, { time: now }), settings)) {
        if (dueAt > now) later(dueAt, () => decide(request), (request as ReportMake).kind);
        else decide(request);
      }
    }
  };
  tell(settings);
  moves.forEach(({ after, zone }, index) =>
    later(BEGIN + after, () => {
      settings = { ...settings, timeZone: zone, version: settings.version + index + 1 };
      tell(settings);
    }),
  );
  for (let [next] = todo; next && next.at < BEGIN + forMs; [next] = todo) {
    todo = todo.slice(1);
    now = next.at;
    next.run();
  }
  return life;
};

const periods = ({ made }: Life, kind: ReportKind): [from: number, to: number][] =>
  made.filter((one) => one.kind === kind).map(({ from, to }) => [from, to]);

const someMoves = fc.array(
  fc.record({
    // Mostly about a Monday, where the reports are made.
    after: fc.oneof(
      fc.integer({ min: 1, max: 150 * 24 * 60 }).map((minutes) => minutes * MINUTE_MS),
      fc
        .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -30, max: 60 }))
        .map(([week, hours]) => 5 * DAY_MS + week * WEEK_MS + hours * HOUR_MS),
    ),
    zone: fc.constantFrom(...ZONES),
  }),
  { maxLength: 8 },
);

it('tells each hour in one report of a week and in one of a month, with one timer alive, wherever a tenant moves', () =>
  fc.assert(
    fc.property(someMoves, fc.constantFrom(0, 7 * MINUTE_MS, 9 * HOUR_MS), (moves, makingMs) => {
      const life = livesOf(moves, makingMs, 160 * DAY_MS);
      for (const kind of ['WEEKLY', 'MONTHLY'] as const) {
        const told = periods(life, kind);
        expect(told.length).toBeGreaterThan(kind === 'WEEKLY' ? 20 : 3);
        told.slice(1).forEach(([from], index) => expect(from).toBe(told[index]![1]));
      }
      expect(life.refused).toEqual([]);
      expect(life.most).toBe(1);
    }),
  ));

it.each(['Europe/Paris', 'Pacific/Kiritimati'])('goes on from where the week of before ended, in %s', (zone) => {
  const [first, second] = periods(livesOf([{ after: DAY_MS, zone }], MINUTE_MS, 3 * WEEK_MS), 'WEEKLY');
  expect(first).toEqual([Date.parse('2026-09-14T00:00+09:00'), Date.parse('2026-09-21T00:00+09:00')]);
  const offset = zone === 'Europe/Paris' ? '+02:00' : '+14:00';
  expect(second).toEqual([first?.[1], Date.parse(`2026-09-28T00:00${offset}`)]);
});
