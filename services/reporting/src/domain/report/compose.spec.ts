import { sampleScope, sampleWeek } from '../../../test/sample-week/index.js';
import type { ActionJournal } from '../journals/index.js';
import { canonicalBytes } from './canonical-json.js';
import { reportOf } from './compose.js';
import { aCase, aReceipt, anAction, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';

const scope = sampleScope('EN');
const report = reportOf(sampleWeek, scope);
const quiet = { ...scope, settings: { ...someSettings, sources: [] } };

describe('the verdict', () => {
  it('is grey without telemetry', () => expect(reportOf(nothing, quiet).verdict.colour).toBe('GREY'));
  it('is green when nothing happened', () =>
    expect(reportOf({ ...nothing, receipts: [aReceipt()] }, quiet).verdict).toEqual({
      colour: 'GREEN',
      sentence: 'A calm period: nothing needed a case, and nothing is left for you to do.',
    }));
  it('is red while one of two targets is contained, and the other waits for a yes', () =>
    expect(report.verdict).toEqual({
      colour: 'RED',
      sentence: '1 serious case is not contained yet and needs attention now.',
    }));
  it('is amber after contained attacks', () =>
    expect(
      reportOf({ ...sampleWeek, actions: sampleWeek.actions.filter(({ actionId }) => actionId !== 'a3') }, scope)
        .verdict,
    ).toEqual({
      colour: 'AMBER',
      sentence:
        '3 cases were contained; 1 serious case is dealt with as you told us, which we have not seen; 2 items are waiting on you, 2 service levels were missed, 1 telemetry source is silent and 1 posture item is open.',
    }));
  it('is red while a serious case is not contained', () =>
    expect(reportOf({ ...nothing, cases: [aCase()] }, quiet).verdict.colour).toBe('RED'));
  describe('of a serious case that was contained', () => {
    const verified = { verified: [{ effective: true, evidence: '', at: minute(5) }] };
    const undoing = { started: [{ inverting: true, at: minute(7) }] };
    const undone = { reverted: { by: { subject: 'ada', side: 'PROVIDER' as const }, reason: '', at: minute(8) } };
    const colourWith = (...actions: ActionJournal[]): string =>
      reportOf(
        {
          ...nothing,
          cases: [aCase({ contained: [{ occurredAt: minute(5), at: minute(6), actionId: 'a1' }] })],
          actions,
        },
        quiet,
      ).verdict.colour;
    const isolation = anAction({ ...verified, ...undoing, ...undone });
    it('is amber while it is', () => expect(colourWith(anAction(verified))).toBe('AMBER'));
    it('is red again once the action behind it was undone', () => expect(colourWith(isolation)).toBe('RED'));
    it('is red while it is being undone, and amber when that failed', () => {
      expect(colourWith(anAction({ ...verified, ...undoing }))).toBe('RED');
      expect(colourWith(anAction({ ...verified, ...undoing, revertFailed: { detail: '', at: minute(8) } }))).toBe(
        'AMBER',
      );
    });
    it('is amber while another effect contains it', () =>
      expect(colourWith(isolation, anAction({ ...verified, actionId: 'a2', actionClass: 'suspend-user' }))).toBe(
        'AMBER',
      ));
    it('follows the records of the case where the action has no journal', () => {
      const record = (state: string, at: number) => ({
        actionId: 'a1',
        actionClass: 'isolate-host',
        state,
        summary: '',
        occurredAt: minute(at),
        at: minute(at),
      });
      const contained = [{ occurredAt: minute(5), at: minute(6), actionId: 'a1' }];
      const actions = [record('VERIFIED', 6), record('REVERTING', 7), record('REVERTED', 8)];
      const doc = aCase({ contained, actions });
      expect(reportOf({ ...nothing, cases: [doc] }, quiet).verdict.colour).toBe('RED');
      expect(reportOf({ ...nothing, cases: [doc] }, { ...quiet, to: minute(7) }).verdict.colour).toBe('AMBER');
    });
  });
  it('is not red once the customer has done what was advised', () => {
    const done = anAction({ doneByCustomer: { by: { subject: 'bo', side: 'CUSTOMER' }, comment: '', at: minute(9) } });
    expect(reportOf({ ...nothing, cases: [aCase()], actions: [done] }, quiet).verdict).toEqual({
      colour: 'AMBER',
      sentence: '1 serious case is dealt with as you told us, which we have not seen; nothing is left for you to do.',
    });
  });
  it('is not red for a serious case found harmless', () =>
    expect(
      reportOf(
        {
          ...nothing,
          receipts: [aReceipt()],
          cases: [aCase({ verdicts: [{ verdict: 'BENIGN', reason: 'EXPECTED_ACTIVITY', at: minute(5) }] })],
        },
        quiet,
      ).verdict.colour,
    ).toBe('GREEN'));
});

it('is red for a false alarm that something serious joined since', () => {
  const alarm = aCase({
    weights: [{ severity: 'CRITICAL', priority: 90, because: '', at: minute(0) }],
    verdicts: [{ verdict: 'FALSE_POSITIVE', reason: 'EXPECTED_ACTIVITY', at: minute(5) }],
    statuses: [
      { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(6) },
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(9) },
    ],
    reopenedAt: [minute(9)],
  });
  const { verdict, cases } = reportOf({ ...nothing, receipts: [aReceipt()], cases: [alarm] }, quiet);
  expect([verdict.colour, cases[0]?.story.map(({ says }) => says.code).includes('UNJUDGED')]).toEqual(['RED', true]);
});

it('says what waits for the customer, the pressing first, with its age', () =>
  expect(report.waiting.map(({ kind, caseNumber, ageMs }) => [kind, caseNumber, ageMs])).toEqual([
    ['APPROVAL', 'ACME-1043', theWeek.to - minute(6 * 1_440 + 700)],
    ['QUESTION', 'ACME-1045', theWeek.to - minute(5 * 1_440 + 30)],
    ['RECOMMENDATION', 'ACME-1042', theWeek.to - minute(305)],
  ]));

it('tells the grave cases first', () =>
  expect(report.cases.map(({ caseNumber, severity, verdict }) => [caseNumber, severity, verdict])).toEqual([
    ['ACME-1042', 'CRITICAL', 'TRUE_POSITIVE'],
    ['ACME-1043', 'HIGH', 'UNKNOWN'],
    ['ACME-1045', 'HIGH', 'UNKNOWN'],
    ['ACME-1044', 'MEDIUM', 'FALSE_POSITIVE'],
  ]));

it('tells a case as a story, by when things happened, with when they were known', () => {
  const story = report.cases[0]!.timeline;
  expect(story.slice(0, 5).map(({ what, happenedAt, knownAt }) => [what, happenedAt, knownAt])).toEqual([
    ['ACTIVITY', minute(0), minute(0.2)],
    ['OPENED', minute(1), minute(1)],
    ['ACTIVITY', minute(1), minute(1.3)],
    ['ACTIVITY', minute(3), minute(3.25)],
    ['ACKNOWLEDGED', minute(4), minute(4)],
  ]);
  expect(story.at(-1)).toMatchObject({ what: 'CLOSED' });
});

it('counts all cases in the verdict, tells the gravest thirty, and says how many it leaves out', () => {
  const cases = Array.from({ length: 45 }, (_, index) => aCase({ caseId: `c${index}`, number: index }));
  const many = reportOf({ ...nothing, cases }, quiet);
  expect(many.verdict.sentence).toBe('45 serious cases are not contained yet and need attention now.');
  expect([many.cases.length, many.omitted.cases]).toEqual([30, 15]);
});

it('says who agreed to an action and what came of it', () =>
  expect(
    report.actions.map(({ actionClass, state, approvedBy }) => [actionClass, state, approvedBy?.subject ?? null]),
  ).toEqual([
    ['isolate-host', 'REVERTED', null],
    ['suspend-user', 'VERIFIED', 'bo.tanaka'],
    ['isolate-host', 'AWAITING_APPROVAL', null],
    ['suspend-user', 'DONE_BY_CUSTOMER', null],
  ]));

it('lists each breach with how late it was', () =>
  expect(report.breaches.map(({ caseNumber, kind, lateMs }) => [caseNumber, kind, lateMs])).toEqual([
    ['ACME-1043', 'ACKNOWLEDGE', 6 * 60_000],
    ['ACME-1043', 'RESOLVE', theWeek.to - minute(3 * 1_440 + 5)],
  ]));

it('counts findings and cases by local day', () =>
  expect(report.days.map(({ date, findings, cases }) => [date.slice(-2), findings, cases])).toEqual([
    ['16', 3, 1],
    ['17', 0, 0],
    ['18', 1, 1],
    ['19', 1, 1],
    ['20', 0, 0],
    ['21', 1, 1],
    ['22', 0, 0],
  ]));

it('names gaps in visibility, each once', () => {
  expect(report.postureItems?.map(({ check, subject }) => [check, subject])).toEqual([['SOURCE_SILENT', 'network']]);
  expect(report.posture.map(({ kind, subjects }) => [kind, subjects])).toEqual([
    ['ASSETS_UNSEEN', ['build-07']],
    ['TECHNIQUES_UNCOVERED', ['T1046']],
  ]);
});

it('names the rules that were wrong', () =>
  expect(report.quality[0]).toEqual({
    ruleId: 'port-scan',
    title: 'Internal port scan',
    technique: 'T1046',
    falsePositives: 1,
    reasons: ['AUTHORIZED_TEST'],
    findings: 1,
    matches: 13,
  }));

it('is the same, to the byte, from the same facts in another order', () => {
  const shuffled = {
    ...sampleWeek,
    cases: [...sampleWeek.cases].reverse(),
    actions: [...sampleWeek.actions].reverse(),
    findings: [...sampleWeek.findings].reverse(),
    receipts: [...sampleWeek.receipts].reverse(),
  };
  expect(canonicalBytes(reportOf(shuffled, scope))).toEqual(canonicalBytes(report));
});

it('does not change by what happens after its period', () => {
  const later = sampleWeek.cases.map((doc) => ({
    ...doc,
    statuses: [...doc.statuses, { status: 'CLOSED' as const, onHoldReason: 'NONE' as const, at: theWeek.to }],
    ratings: [...doc.ratings, { stars: 1, comment: '', at: theWeek.to }],
  }));
  expect(reportOf({ ...sampleWeek, cases: later }, scope)).toEqual(report);
});
