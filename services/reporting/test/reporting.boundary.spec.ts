import type { FindingRaised, ReportKind, ReportMade, ReportMake } from '#contracts';
import { idOf } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { nextReport } from '../src/domain/report/period.js';
import type { ReportData } from '../src/domain/report/data.js';
import { caseFacts, MINUTE, raised, receipt, state } from './facts.js';
import { verifyStored } from '../src/effects/verify-report.js';
import { reporting } from '../src/reporting.module.js';

const TENANTS = { acme: 'EN', globex: 'FR', sakura: 'JA' } as const;

describe('reporting, Kafka in and Kafka out', () => {
  let world: World;
  let begin = 0;
  const made = (tenant: string, kind: ReportKind = 'WEEKLY'): ReportMade[] =>
    world
      .heard<ReportMade>('report.made', tenant)
      .map(({ message }) => message)
      .filter((report) => report.kind === kind);
  const figuresOf = (report: ReportMade): Record<string, unknown> =>
    Object.fromEntries(
      (JSON.parse(Buffer.from(report.figures).toString('utf8')) as ReportData).figures.map(({ id, value }) => [
        id,
        value,
      ]),
    );
  const make = (tenant: string): ReportMake => ({
    type: 'report.make',
    reportId: idOf('test report', tenant),
    kind: 'WEEKLY',
    from: begin - DAY_MS,
    to: begin + 10 * MINUTE,
    language: TENANTS[tenant as keyof typeof TENANTS],
    send: false,
  });
  const store = () => world.services['reporting']!.runtime.store;
  const known = async (tenant: string): Promise<number> => {
    const view = store().view('case-journal').for(tenant);
    return (await view.get('c1'))
      ? (await store().view('finding-journal').for(tenant).count()) +
          (await store().view('receipt-journal').for(tenant).count())
      : 0;
  };
  const tell = async (tenant: string): Promise<void> => {
    for (const [index, fact] of caseFacts(begin).entries()) {
      await world.say(tenant, fact, {
        subject: `case/${tenant}/c1`,
        time: begin,
        sequence: { version: index + 1, index: 0, count: 1 },
      });
    }
    await world.say(tenant, raised(begin), { time: begin });
    await world.say(tenant, receipt(0, 9, begin), { time: begin });
    await world.say(tenant, receipt(10, 19, begin), { time: begin });
  };

  beforeAll(async () => {
    world = await startWorld([reporting], {
      environment: { reporting: { REPORT_SETTLE_MS: '0' } },
    });
    begin = world.clock.now() - 60 * MINUTE;
    for (const [tenant, language] of Object.entries(TENANTS)) {
      await world.say(tenant, state(tenant, language));
      if (tenant !== 'sakura') for (let twice = 0; twice < 2; twice += 1) await tell(tenant);
    }
    for (const tenant of ['acme', 'globex'])
      await world.until(`the journals of ${tenant}`, async () => (await known(tenant)) === 2);
  });
  afterAll(async () => world?.stop());

  it('makes a report for each tenant, in its language, from its own facts, though all were delivered twice', async () => {
    for (const tenant of Object.keys(TENANTS)) {
      await world.until(`settings of ${tenant}`, () => world.services['reporting']!.runtime.settings.get(tenant));
      expect(await world.ask(tenant, make(tenant))).toMatchObject({ outcome: 'DONE' });
      expect(await world.ask(tenant, make(tenant))).toMatchObject({ outcome: 'UNCHANGED' });
    }
    for (const tenant of Object.keys(TENANTS))
      await world.until(`the report of ${tenant}`, () => made(tenant).length === 1);
    for (const tenant of ['acme', 'globex']) {
      expect(figuresOf(made(tenant)[0]!)).toMatchObject({
        events: 200,
        findings: 1,
        cases: 1,
        'time-to-detect': { median: 9_000, p90: 9_000, n: 1 },
        'pipeline-delay': { median: 4_000, p90: 4_000, n: 1 },
        'time-to-acknowledge': { median: 2 * MINUTE, p90: 2 * MINUTE, n: 1 },
        'time-to-contain': { median: 5 * MINUTE, p90: 5 * MINUTE, n: 1 },
        'coverage-assets': 0.5,
        satisfaction: null,
      });
      expect(Buffer.from(made(tenant)[0]!.pdf).subarray(0, 5).toString()).toBe('%PDF-');
    }
    expect(made('globex')[0]).toMatchObject({
      language: 'FR',
      colour: 'AMBER',
      verdict: expect.stringContaining('confiné'),
    });
    expect(made('sakura')[0]).toMatchObject({ language: 'JA', colour: 'GREY' });
    expect(figuresOf(made('sakura')[0]!)).toMatchObject({ events: null, findings: null, cases: null });
  });

  it('verifies from the facts, and names what was changed', async () => {
    for (const tenant of Object.keys(TENANTS))
      expect(await verifyStored(store(), tenant, make(tenant).reportId)).toMatchObject({
        differences: [],
        problems: [],
      });
    await expect(verifyStored(store(), 'acme', make('globex').reportId)).rejects.toThrow('no such report');
    await world.say('acme', { ...raised(begin + MINUTE), findingId: 'late' } as FindingRaised, { time: begin });
    await world.until(
      'the late finding',
      async () => (await store().view('finding-journal').for('acme').count()) === 2,
    );
    const { differences } = await verifyStored(store(), 'acme', make('acme').reportId);
    expect(differences).toContainEqual({ path: 'figures.findings.value', reported: 1, recomputed: 2 });
  });

  it('makes the weekly report on Monday at six, once, and the next one a week later', async () => {
    const first = nextReport('WEEKLY', world.clock.now(), 'Europe/Paris');
    world.clock.advance(first.dueAt - world.clock.now() + 1_000);
    await world.until('the weekly report', () =>
      made('acme').some(({ from, to }) => from === first.from && to === first.to),
    );
    const second = nextReport('WEEKLY', world.clock.now(), 'Europe/Paris');
    expect(second.dueAt - first.dueAt).toBeGreaterThan(6 * DAY_MS);
    // The next one is held once reactions have heard of this one.
    await world.until('the timer of the next week', async () => {
      const held = await store().due(second.dueAt, 100);
      return held.filter(({ request }) => (request as ReportMake).kind === 'WEEKLY').length >= 3;
    });
    world.clock.advance(second.dueAt - world.clock.now() + 1_000);
    await world.until('the next weekly report', () => made('acme').some(({ from }) => from === second.from));
    expect(made('acme')).toHaveLength(3);
  });

  it('says nothing new and shows nothing else when everything is delivered once more', async () => {
    for (const tenant of Object.keys(TENANTS))
      await world.until(`all reports of ${tenant}`, () => made(tenant).length === 3);
    const before = await store().view('receipt-journal').for('acme').find();
    for (const loop of ['views', 'requests', 'reactions', 'effects']) await world.rewind('reporting', loop);
    const late = { ...make('acme'), reportId: idOf('test report', 'acme', 'last') };
    expect(await world.ask('acme', late)).toMatchObject({ outcome: 'DONE' });
    await world.until('the last report', () => made('acme').length === 4);
    expect((await store().view('receipt-journal').for('acme').find()).items).toEqual(before.items);
    expect(Object.keys(TENANTS).map((tenant) => made(tenant).length)).toEqual([4, 3, 3]);
    expect(world.deadLetters('reporting')).toEqual([]);
  });

  it('makes the report of the month on the first at six, once', async () => {
    const month = nextReport('MONTHLY', begin, 'Europe/Paris');
    world.clock.advance(Math.max(0, month.dueAt - world.clock.now()) + 1_000);
    const monthly = (): ReportMade[] => made('acme', 'MONTHLY').filter(({ from }) => from === month.from);
    await world.until('the monthly report', () => monthly().length > 0);
    expect(monthly()).toMatchObject([{ to: month.to, language: made('acme')[0]?.language }]);
  });
});
