import { WEEK_MS } from '#libs/terms';
import { aCase, aFinding, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { reportOf } from '../report/compose.js';
import { sheetOf } from '../sheet/index.js';

const scope = { ...theWeek, kind: 'WEEKLY', language: 'EN', settings: { ...someSettings, timeZone: 'UTC' } } as const;
const caseOf = (caseId: string, weeksAgo: number, containedAfterMs: number) => {
  const openedAt = minute(0) - weeksAgo * WEEK_MS;
  return aCase({
    caseId,
    openedAt,
    findings: [aFinding({ findingId: caseId, detectedAt: openedAt, addedAt: openedAt })],
    contained: [{ occurredAt: openedAt + containedAfterMs, at: openedAt + containedAfterMs, actionId: 'a' }],
  });
};

describe('the trend', () => {
  const cases = [caseOf('old', 2, 600_000), caseOf('new', 0, 120_000), caseOf('newer', 0, 240_000)];
  const { trend } = reportOf({ ...nothing, cases }, scope);
  it('begins with the first case, and tells the periods between as they were', () =>
    expect(trend.map(({ cases: opened, containMs }) => [opened, containMs])).toEqual([
      [1, 600_000],
      [0, null],
      [2, 180_000],
    ]));
  it('tells of each period what its own report told', () => {
    const earlier = { ...scope, from: scope.from - 2 * WEEK_MS, to: scope.to - 2 * WEEK_MS };
    const own = reportOf({ ...nothing, cases }, earlier).figures.find(({ id }) => id === 'time-to-contain');
    expect(own?.value).toMatchObject({ median: trend[0]?.containMs });
  });
  it('is left out where there was nothing before', () =>
    expect(reportOf({ ...nothing, cases: cases.slice(1) }, scope).trend).toEqual([]));
});

it('findings and cases are divided so that their sums are the figures told elsewhere', () => {
  const cases = [caseOf('old', 2, 1), caseOf('new', 0, 1)];
  const found = (findingId: string, caseId?: string) => ({
    findingId,
    raised: { ...aFinding(), detectedAt: minute(1) },
    counts: [],
    places: caseId ? [{ version: 1, caseId, at: minute(1) }] : [],
  });
  const data = reportOf({ ...nothing, cases, findings: [found('1', 'old'), found('2', 'new'), found('3')] }, scope);
  expect(data.findingsIn).toEqual({ opened: 1, earlier: 1, none: 1 });
  expect(data.figures.find(({ id }) => id === 'findings')?.value).toBe(3);
  expect(data.casesTold.opened + data.casesTold.earlier).toBe(data.cases.length);
});

it('a tile without data is left out', () => {
  const tiles = sheetOf(reportOf(nothing, scope)).sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'tiles' ? block.tiles : [])),
  );
  expect(tiles.filter(({ tone }) => tone === 'mute')).toEqual([]);
});
