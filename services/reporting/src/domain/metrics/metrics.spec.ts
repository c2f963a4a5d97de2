import type { Journals } from '../journals/index.js';
import {
  aCase,
  aClock,
  aFinding,
  aFindingDoc,
  aHunt,
  anAction,
  aReceipt,
  minute,
  nothing,
  someSettings,
  theWeek,
} from '../../../test/samples.js';
import { clockResults } from './service-levels.js';
import { sourceStates } from './coverage.js';
import { allFigures, type FigureId } from './index.js';
import { shareOf, spreadOf } from './statistics.js';

const MINUTE = 60_000;
const figures = (journals: Partial<Journals>, settings = someSettings) =>
  Object.fromEntries(
    allFigures({ ...nothing, ...journals }, theWeek, settings).map(({ id, value }) => [id, value]),
  ) as Record<FigureId, unknown>;

describe('statistics', () => {
  it('takes the middle of three and the mean of the middle two of four', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, p90: 9, n: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, p90: 4, n: 4 });
  });
  it('takes the ninth of ten and the eighteenth of nineteen', () => {
    expect(spreadOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])?.p90).toBe(9);
    expect(spreadOf(Array.from({ length: 19 }, (_, index) => index + 1))?.p90).toBe(18);
  });
  it('is null without values', () => {
    expect(spreadOf([])).toBeNull();
    expect(shareOf(0, 0)).toBeNull();
  });
});

it('without data, every figure but the number of assets and of silent sources is null', () => {
  const { assets, 'coverage-sources': sources, ...rest } = figures({});
  expect([assets, sources]).toEqual([2, 0]);
  expect(Object.entries(rest).filter(([, value]) => value !== null)).toEqual([]);
});

it('names each figure once', () => {
  const ids = allFigures(nothing, theWeek, someSettings).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('detection', () => {
  // 150 s and 30 s from the first activity; 30 s and 10 s from arrival.
  const findings = [
    aFindingDoc({}),
    aFindingDoc(
      { occurredAt: minute(10), ingestedAt: minute(10) + 20_000, detectedAt: minute(10) + 30_000 },
      { findingId: 'f2' },
    ),
    aFindingDoc({ detectedAt: theWeek.to }, { findingId: 'f3' }),
  ];
  it('counts from the first activity to the detection, of findings detected in the period', () =>
    expect(figures({ findings })['time-to-detect']).toEqual({ median: 90_000, p90: 150_000, n: 2 }));
  it('counts the delay of our own pipeline from arrival', () =>
    expect(figures({ findings })['pipeline-delay']).toEqual({ median: 20_000, p90: 30_000, n: 2 }));
  it("never counts less than no time when a source's clock runs ahead", () =>
    expect(
      figures({ findings: [aFindingDoc({ occurredAt: minute(9), detectedAt: minute(5) })] })['time-to-detect'],
    ).toEqual({ median: 0, p90: 0, n: 1 }));
});

describe('response', () => {
  const cases = [
    aCase({
      acknowledgedAt: [minute(4)],
      notifiedAt: [minute(10)],
      findings: [aFinding()],
      contained: [{ occurredAt: minute(8), at: minute(9), actionId: 'a1' }],
    }),
    aCase({ caseId: 'c2', number: 2, acknowledgedAt: [minute(12), minute(30)] }),
  ];
  it('counts to the first acknowledgement', () =>
    expect(figures({ cases })['time-to-acknowledge']).toEqual({ median: 8 * MINUTE, p90: 12 * MINUTE, n: 2 }));
  it('counts to the notification', () =>
    expect(figures({ cases })['time-to-notify']).toEqual({ median: 10 * MINUTE, p90: 10 * MINUTE, n: 1 }));
  it('counts from the first detection to the verified effect, not to when the case learned of it', () =>
    expect(figures({ cases })['time-to-contain']).toEqual({ median: 8.5 * MINUTE, p90: 8.5 * MINUTE, n: 1 }));
  it('counts how long the customer took to decide, and not what was decided for want of an answer', () => {
    const asked = { approvalRequested: { expiresAt: minute(60), question: 'May we?', at: minute(2) } };
    const by = { subject: 'bo', side: 'CUSTOMER' } as const;
    const actions = [
      anAction({ ...asked, approved: { by, comment: '', at: minute(9) } }),
      anAction({ ...asked, actionId: 'a2', denied: { by, comment: '', at: minute(5) } }),
      anAction({
        ...asked,
        actionId: 'a3',
        approved: { by: { subject: 'response', side: 'SYSTEM' }, comment: '', at: minute(60) },
      }),
    ];
    expect(figures({ actions })['time-to-approve']).toEqual({ median: 5 * MINUTE, p90: 7 * MINUTE, n: 2 });
  });
});

describe('resolution', () => {
  const statuses = [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(4) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_APPROVAL', at: minute(10) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_THIRD_PARTY', at: minute(40) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(45) },
    { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(60) },
  ] as const;
  const cases = [aCase({ acknowledgedAt: [minute(4)], statuses: [...statuses] })];
  it("splits an hour into our 25 minutes, the customer's 30 and a third party's 5", () => {
    const found = figures({ cases });
    expect(found['time-to-resolve']).toEqual({ median: 60 * MINUTE, p90: 60 * MINUTE, n: 1 });
    expect(found['time-to-resolve-ours']).toEqual({ median: 25 * MINUTE, p90: 25 * MINUTE, n: 1 });
    expect(found['time-to-resolve-customer']).toEqual({ median: 30 * MINUTE, p90: 30 * MINUTE, n: 1 });
    expect(found['time-to-resolve-third-party']).toEqual({ median: 5 * MINUTE, p90: 5 * MINUTE, n: 1 });
  });
  it("counts our minutes from the acknowledgement as an analyst's", () =>
    expect(figures({ cases })['analyst-minutes']).toBe(21));
  it('does not count a case that was opened again', () =>
    expect(
      figures({
        cases: [aCase({ statuses: [...statuses, { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(90) }] })],
      })['time-to-resolve'],
    ).toBeNull());
});

describe('service levels', () => {
  const clocks = [
    {
      at: minute(0),
      clocks: [
        aClock('ACKNOWLEDGE', 15, minute(0)),
        aClock('CONTAIN', 60, minute(0)),
        aClock('RESOLVE', 480, minute(0)),
      ],
    },
  ];
  it('are attained when met in time, and missed when not met by then', () => {
    const cases = [
      aCase({ clocks, acknowledgedAt: [minute(15)] }),
      aCase({
        caseId: 'c2',
        number: 2,
        clocks,
        acknowledgedAt: [minute(16)],
        contained: [{ occurredAt: minute(20), at: minute(21), actionId: 'a' }],
      }),
    ];
    const found = figures({ cases });
    expect(found['sla-acknowledge']).toBe(0.5);
    expect(found['sla-contain']).toBe(0.5);
    expect(found['sla-resolve']).toBe(0);
    expect(found['sla-notify']).toBeNull();
    expect(
      clockResults(cases, theWeek)
        .filter(({ attained }) => !attained)
        .map(({ number, kind, metAt }) => [number, kind, metAt]),
    ).toEqual([
      [2, 'ACKNOWLEDGE', minute(16)],
      [1, 'CONTAIN', null],
      [1, 'RESOLVE', null],
      [2, 'RESOLVE', null],
    ]);
  });
  it('do not count a clock that stands still while the case waits for the customer', () => {
    const paused = [
      ...clocks,
      { at: minute(30), clocks: clocks[0]!.clocks.map((clock) => ({ ...clock, pausedAt: minute(30) })) },
    ];
    expect(
      clockResults([aCase({ clocks: paused, acknowledgedAt: [minute(1)] })], theWeek).map(({ kind }) => kind),
    ).toEqual(['ACKNOWLEDGE']);
  });
  it('do not ask to contain what was resolved before', () => {
    const statuses = [
      { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
      { status: 'CLOSED', onHoldReason: 'NONE', at: minute(30) },
    ] as const;
    const kinds = clockResults([aCase({ clocks, statuses: [...statuses], acknowledgedAt: [minute(1)] })], theWeek).map(
      ({ kind, attained }) => [kind, attained],
    );
    expect(kinds).toEqual([
      ['ACKNOWLEDGE', true],
      ['RESOLVE', true],
    ]);
  });
  it('count in the week in which they were missed, and only there', () => {
    const late = [
      aCase({
        clocks: [{ at: minute(0), clocks: [aClock('ACKNOWLEDGE', 15, minute(0))] }],
        acknowledgedAt: [theWeek.to + MINUTE],
      }),
    ];
    expect(clockResults(late, theWeek)).toHaveLength(1);
    expect(clockResults(late, { from: theWeek.to, to: theWeek.to + 7 * 86_400_000 })).toHaveLength(0);
  });
});

describe('reduction and fidelity', () => {
  const closed = (verdict: 'TRUE_POSITIVE' | 'FALSE_POSITIVE', over: object) =>
    aCase({
      statuses: [
        { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
        { status: 'CLOSED', onHoldReason: 'NONE', at: minute(30) },
      ],
      verdicts: [{ verdict, reason: 'NONE', at: minute(30) }],
      ...over,
    });
  const journals = {
    receipts: [aReceipt()],
    findings: [
      aFindingDoc(),
      aFindingDoc({}, { findingId: 'f2' }),
      aFindingDoc({}, { findingId: 'f3', places: [{ version: 1, caseId: 'c1', at: minute(1) }] }),
    ],
    cases: [
      closed('TRUE_POSITIVE', {}),
      closed('FALSE_POSITIVE', { caseId: 'c2', number: 2, notifiedAt: [minute(5)] }),
      closed('TRUE_POSITIVE', { caseId: 'c3', number: 3, notifiedAt: [minute(5)] }),
      closed('FALSE_POSITIVE', { caseId: 'c4', number: 4 }),
      aCase({ caseId: 'c5', merged: { intoCaseId: 'c1', at: minute(3) } }),
    ],
    actions: [anAction({ approvalRequested: { expiresAt: minute(60), question: 'May we?', at: minute(2) } })],
  };
  it('counts events : findings : cases : cases that needed the customer', () => {
    const found = figures(journals);
    expect([found.events, found.findings, found.cases, found['cases-needing-customer']]).toEqual([1_000, 3, 4, 1]);
    expect([found['dead-letters'], found.bytes]).toEqual([2, 500_000]);
  });
  it('takes two true of three that reached the customer', () => expect(figures(journals).fidelity).toBe(0.6667));
  it('saves a quarter of an hour for each finding that the customer never had to look at', () =>
    expect(figures(journals)['hours-saved']).toBe(0.5));
  it('counts none, not nothing, in a quiet week', () =>
    expect(figures({ receipts: [aReceipt()] })).toMatchObject({ findings: 0, cases: 0, 'time-to-detect': null }));
});

describe('coverage', () => {
  const hosts = [
    {
      source: 'endpoint',
      day: '2026-11-16',
      hosts: [
        { host: 'ws-01.acme.example', first: minute(0), last: minute(5) },
        { host: 'unknown', first: minute(0), last: minute(0) },
      ],
    },
  ];
  const lastSlot = {
    slot: Math.floor((theWeek.to - 3_600_000) / 900_000),
    messages: 1,
    accepted: 20,
    dead: 0,
    bytes: 1,
  };
  const receipts = [aReceipt({ slots: [...aReceipt().slots, lastSlot] })];
  it('is the share of sources that are not silent', () => expect(figures({ receipts })['coverage-sources']).toBe(0.5));
  it('says which source is silent, and since when', () => {
    const before = { from: theWeek.from - 7 * 86_400_000, to: theWeek.from };
    expect(sourceStates({ ...nothing, receipts }, someSettings.sources, theWeek, before)).toMatchObject([
      { name: 'endpoint', events: 1_020, eventsBefore: null, isSilent: false, lastReceivedAt: theWeek.to - 3_600_000 },
      { name: 'network', events: null, isSilent: true, lastReceivedAt: null },
    ]);
  });
  it('knows an asset by any of its names', () => expect(figures({ hosts })['coverage-assets']).toBe(0.5));
  it('counts a technique that a tested rule watches on a source that is alive', () => {
    const rule = (techniques: string[], kind: 'WINDOWS' | 'SURICATA' | 'OKTA', tested: boolean) => ({
      ruleId: techniques.join(),
      techniques,
      kind,
      tested,
    });
    const rules = [
      {
        importId: 'i',
        at: 1,
        rules: [
          rule(['T1'], 'WINDOWS', true),
          rule(['T2'], 'WINDOWS', false),
          rule(['T3'], 'SURICATA', true),
          rule(['T4'], 'OKTA', true),
          rule(['T1'], 'WINDOWS', false),
        ],
      },
    ];
    expect(figures({ receipts, rules })['coverage-techniques']).toBe(0.3333);
  });
});

it("takes the customer's last rating of each case", () =>
  expect(
    figures({
      cases: [
        aCase({
          ratings: [
            { stars: 2, comment: '', at: minute(1) },
            { stars: 4, comment: '', at: minute(2) },
          ],
        }),
        aCase({ ratings: [{ stars: 5, comment: '', at: minute(3) }] }),
      ],
    }).satisfaction,
  ).toEqual({ median: 4.5, p90: 5, n: 2 }));

it('counts hunts that found nothing', () =>
  expect(
    figures({
      hunts: [
        aHunt(),
        aHunt({ huntId: 'h2', finished: { rows: 3, scanned: 8_000, elapsedMs: 150, failure: null, at: minute(300) } }),
      ],
    }),
  ).toMatchObject({
    hunts: 2,
    'hunt-hypotheses': 1,
    'hunt-events': 20_000,
    'hunts-with-rows': 1,
    'hunt-time': 1_000,
  }));

it('counts what was stopped only when the effect was seen', () => {
  const verified = (effective: boolean) => [{ effective, evidence: '', at: minute(3) }];
  expect(
    figures({
      actions: [anAction({ verified: verified(true) }), anAction({ actionId: 'a2', verified: verified(false) })],
    })['actions-verified'],
  ).toBe(1);
});
