import { WEEK_MS } from '#libs/terms';
import {
  aCase,
  aClock,
  aFinding,
  aReceipt,
  anAction,
  minute,
  nothing,
  someSettings,
  theWeek,
} from '../../../test/samples.js';
import { reportOf } from '../report/compose.js';
import type { Journals } from './index.js';

/** Case 1001 is open; 1002, whose host is cut off, is merged into it. */
const bridged: Journals = {
  ...nothing,
  receipts: [aReceipt()],
  cases: [
    aCase({ caseId: 'c1', number: 1001, notifiedAt: [minute(2)], findings: [aFinding()] }),
    aCase({
      caseId: 'c2',
      number: 1002,
      notifiedAt: [minute(3)],
      findings: [aFinding()],
      contained: [{ occurredAt: minute(5), at: minute(6), actionId: 'a1' }],
      statuses: [{ status: 'CLOSED', onHoldReason: 'NONE', at: minute(10) }],
      merged: { intoCaseId: 'c1', at: minute(10) },
    }),
  ],
  actions: [anAction({ caseId: 'c2', verified: [{ effective: true, evidence: '', at: minute(5) }] })],
};
const report = reportOf(bridged, {
  ...theWeek,
  kind: 'WEEKLY',
  language: 'EN',
  settings: { ...someSettings, sources: [] },
});
const figure = (id: string) => report.figures.find((one) => one.id === id)?.value;

describe('a case that went into another', () => {
  it('leaves what holds of it there, and its containment where it was', () => {
    expect(report.verdict.colour).toBe('AMBER');
    expect(report.cases.map(({ caseNumber, containedAt }) => [caseNumber, containedAt])).toEqual([
      ['ACME-1001', minute(5)],
    ]);
    expect(report.containments.map(({ caseNumber }) => caseNumber)).toEqual(['ACME-1002']);
    expect(report.actions.map(({ caseNumber }) => caseNumber)).toEqual(['ACME-1001']);
  });
  it('is counted once, as the one it went into', () => {
    expect(figure('time-to-notify')).toMatchObject({ n: 1 });
    expect(figure('time-to-contain')).toMatchObject({ n: 1 });
  });
  it('is by itself until then', () => {
    const before = reportOf(bridged, {
      ...{ from: theWeek.from, to: minute(10), kind: 'WEEKLY', language: 'EN', settings: someSettings },
    });
    expect(before.containments.map(({ caseNumber }) => caseNumber)).toEqual(['ACME-1002']);
  });
});

describe('a merge', () => {
  const { from, to } = theWeek;
  const settings = { ...someSettings, sources: [], timeZone: 'UTC' };
  const clocks = [{ at: minute(0), clocks: [aClock('CONTAIN', 60, minute(0))] }];
  const host = (value: string, occurredAt = minute(-3)) => [
    aFinding({ entities: [{ kind: 'host', value }], occurredAt }),
  ];
  const missedOf = (mergedAt: number, first = host('dc-01', minute(8))): Journals => {
    const [one, two] = bridged.cases;
    const recorded = {
      ...{ actionId: 'a1', actionClass: 'isolate-host', state: 'VERIFIED', summary: '' },
      ...{ target: anAction().target ?? undefined, occurredAt: minute(5), at: minute(6) },
    };
    const cases = [
      { ...one!, clocks, findings: first },
      {
        ...two!,
        clocks,
        findings: host('ws-01').map((finding) => ({ ...finding, removedAt: mergedAt })),
        actions: [recorded],
        statuses: [
          { status: 'NEW', onHoldReason: 'NONE', at: minute(0) } as const,
          { status: 'CLOSED', onHoldReason: 'NONE', at: mergedAt } as const,
        ],
        merged: { intoCaseId: 'c1', at: mergedAt },
      },
    ];
    return { ...bridged, cases };
  };
  const told = (mergedAt: number, weeksLater = 0, first = host('dc-01', minute(8))) =>
    reportOf(missedOf(mergedAt, first), {
      ...{ from: from + weeksLater * WEEK_MS, to: to + weeksLater * WEEK_MS, kind: 'WEEKLY', language: 'EN', settings },
    });
  const contain = (report_: ReturnType<typeof told>) =>
    report_.serviceLevels.filter(({ kind }) => kind === 'CONTAIN').map(({ attained, missed }) => [attained, missed]);

  it('meets no service level: what was missed stays missed, and one containment counts once', () => {
    const after = told(minute(120));
    expect(contain(after)).toEqual([[1, 1]]);
    expect(after.breaches.map(({ caseNumber, kind }) => [caseNumber, kind])).toEqual([['ACME-1001', 'CONTAIN']]);
    expect(after.containments.map(({ caseNumber }) => caseNumber)).toEqual(['ACME-1002']);
    expect(after.verdict.colour).toBe('RED');
  });
  it('misses none either, where what was done about the one contains the other as well', () =>
    expect(contain(told(minute(30), 0, host('ws-01', minute(8))))).toEqual([[1, 0]]));
  it('of a later week changes nothing that was told of an earlier one', () => {
    const later = told(to + WEEK_MS / 2, 1);
    expect(later.trend[0]).toMatchObject({ from, attained: 0.5, cases: 2 });
    expect(contain(told(to + WEEK_MS / 2))).toEqual([[1, 1]]);
  });
});
