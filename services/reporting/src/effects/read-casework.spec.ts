import type { ActionFact, CaseFact, ClusteringFact, RecommendationFact, ReportKind } from '#contracts';
import type { Heard, Typed } from '#libs/model';
import { viewsInMemory, type FoldedViews } from '#libs/store';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { raised, state } from '../../test/facts.js';
import { aClock, aSummary } from '../../test/samples.js';
import type { Journals } from '../domain/journals/index.js';
import { reportOf } from '../domain/report/compose.js';
import type { Period } from '../domain/report/period.js';
import { reporting } from '../reporting.module.js';
import { readJournals } from './read-journals.js';

const shows = reporting.shows ?? [];
const settings = { ...state('acme', 'EN'), timeZone: 'UTC' };
const END = Date.UTC(2026, 10, 30);
const LIFE = 300 * DAY_MS;
const CASES = 60;
const DAYS = { WEEKLY: 7, MONTHLY: 30 } as const;
const by = { subject: 'ada', side: 'PROVIDER' } as const;

/** Numbers from 0 to below 1 that a seed repeats. */
const chanceOf = (seed: number) => (): number =>
  (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;

type ToldAt = Typed & { at: number };
const stream = (subject: string, facts: readonly ToldAt[]): Heard[] =>
  facts.map((message, index) =>
    heard(message, { subject, time: message.at, sequence: { version: index + 1, index: 0, count: 1 } }),
  );

const statusOf = (caseId: string, to: string, onHoldReason: string, at: number): ToldAt =>
  ({
    type: 'case.status-changed',
    caseId,
    from: 'NEW',
    to,
    onHoldReason,
    clocks: [],
    by,
    byItself: false,
    at,
  }) as unknown as CaseFact;

/** One case that somebody worked on for hours or months, what was done about it, and what came of it. */
const oneCase = (nth: number, chance: () => number): Heard[] => {
  const [caseId, actionId] = [`c${nth}`, `a${nth}`];
  const opened = END - LIFE + Math.floor(chance() * LIFE);
  const findings = [aSummary({ findingId: `f${nth}`, detectedAt: opened - 60_000 })];
  let at = opened;
  const later = (): number => (at += Math.floor(chance() ** 3 * 30 * DAY_MS) + 60_000);
  const maybe = (share: number, tell: () => ToldAt[]): ToldAt[] => (chance() < share ? tell() : []);
  const target = { kind: 'HOST', id: 'ws-01', entity: 'host:ws-01' } as const;
  const action = { actionId, caseId, actionClass: 'isolate-host', target };
  const clocks = [aClock('ACKNOWLEDGE', 30, opened), aClock('CONTAIN', 600, opened), aClock('RESOLVE', 3_000, opened)];
  const told: ToldAt[] = [
    {
      ...{ type: 'case.opened', caseId, number: nth, title: 'x', description: '', severity: 'HIGH', priority: 1 },
      ...{ because: '', findings, entities: [], clocks, openedBy: by, at },
    } as CaseFact,
    ...maybe(0.8, () => [{ type: 'case.acknowledged', caseId, by, at: later() }] as CaseFact[]),
    ...maybe(0.3, () => [statusOf(caseId, 'ON_HOLD', 'AWAITING_CUSTOMER', later())]),
    ...maybe(0.4, () => [{ type: 'case.contained', caseId, actionId, occurredAt: later(), at }] as CaseFact[]),
    ...maybe(0.05, () => [
      { type: 'case.recommendation-added', caseId, recommendationId: `o${nth}`, text: 'y', by, at: later() } as never,
    ]),
    ...maybe(0.95, () => [statusOf(caseId, 'CLOSED', 'NONE', later())]),
    ...maybe(0.1, () => [{ type: 'case.rated', caseId, stars: 4, comment: '', by, at: later() } as never]),
    ...maybe(0.2, () => [{ type: 'case.merged', caseId, intoCaseId: `c${nth + 1}`, by, at: later() } as never]),
  ];
  const acted = maybe(0.5, () => [
    { type: 'action.proposed', ...action, reactId: '', d3fend: '', reason: 'z', ttlMinutes: 9, at: later() } as never,
    ...maybe(0.1, () => [{ type: 'action.guided', ...action, steps: [], at: later() } as ActionFact]),
    ...maybe(0.5, () => [
      { type: 'action.verified', ...action, effective: true, evidence: '', observedAt: 0, at: later() } as never,
    ]),
  ]);
  const recommendationId = `r${nth}`;
  const advised = maybe(0.3, () => [
    {
      ...{ type: 'recommendation.given', recommendationId, caseId, postureId: '', text: 'w', owner: '', dueAt: null },
      ...{ priority: 'HIGH', by, at: later() },
    } as RecommendationFact,
    ...maybe(0.9, () => [{ type: 'recommendation.completed', recommendationId, by, words: '', at: later() } as never]),
  ]);
  const late = chance() < 0.3 ? later() : opened;
  const finding = { ...raised(late), findingId: `f${nth}` };
  const placed = { type: 'clustering.finding-placed', finding: findings[0], caseId, at: late } as ClusteringFact;
  return [
    ...stream(`case/acme/${caseId}`, told),
    ...stream(`action/acme/${actionId}`, acted),
    ...stream(`recommendation/acme/${recommendationId}`, advised),
    heard(finding, { time: late }),
    heard(placed, { subject: 'clustering/acme', time: late, sequence: { version: nth + 1, index: 0, count: 1 } }),
  ];
};

/** As reports read them once: cases and what was done about them from the first day on. */
const wholeLife = async (views: FoldedViews, read: Journals, { to }: Period): Promise<Journals> => {
  const all = async <Doc>(name: string): Promise<Doc[]> => (await views.allOf<Doc>(name, 'acme')).map(({ doc }) => doc);
  return {
    ...read,
    cases: (await all<Journals['cases'][number]>('case-journal')).filter(({ openedAt }) => openedAt < to),
    actions: await all('action-journal'),
    postures: await all('posture-journal'),
    recommendations: await all('recommendation-journal'),
  };
};

/** A report of the period, from what is read for it and from the whole life; and how much of that was read. */
const bothWays = async (views: FoldedViews, kind: ReportKind, to: number) => {
  const period = { from: to - DAYS[kind] * DAY_MS, to };
  const scope = { ...period, kind, language: 'EN', settings } as const;
  const read = await readJournals(views, 'acme', { ...period, kind, timeZone: 'UTC' });
  const whole = await wholeLife(views, read, period);
  const share = (read.cases.length + read.actions.length) / (whole.cases.length + whole.actions.length);
  return { read: reportOf(read, scope), whole: reportOf(whole, scope), share };
};

it.each([1, 2, 3, 4])(
  'tells of a period what the whole life %i would tell, from what reaches into it',
  async (seed) => {
    const chance = chanceOf(seed);
    const facts = Array.from({ length: CASES }, (_, nth) => oneCase(nth, chance)).flat();
    const views = viewsInMemory(shows, facts);
    let least = 1;
    for (let ago = 0; ago < LIFE - 60 * DAY_MS; ago += 41 * DAY_MS) {
      const to = END - ago - Math.floor(chance() * 24) * HOUR_MS;
      for (const kind of ['WEEKLY', 'MONTHLY'] as const) {
        const { read, whole, share } = await bothWays(views, kind, to);
        expect(read).toEqual(whole);
        least = Math.min(least, share);
      }
    }
    expect(least).toBeLessThan(0.9);
  },
);
