import { figures } from '../../../test/figures.js';
import { aCase, aFindingDoc, aReceipt, anAction, minute } from '../../../test/samples.js';

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
  it('saves none where the customer was asked in a case of an earlier period, be it part of another one by now', () => {
    const by = { subject: 'ada', side: 'PROVIDER' } as const;
    const asked = { messageId: 'q', kind: 'QUESTION', text: '?', inReplyTo: null, by, at: minute(2) } as const;
    const findings = [aFindingDoc({}, { places: [{ version: 1, caseId: 'c1', at: minute(1) }] })];
    const old = { openedAt: minute(-20_000) };
    const saved = (...cases: ReturnType<typeof aCase>[]): unknown => figures({ findings, cases })['hours-saved'];
    expect(saved(aCase({ ...old, messages: [asked] }))).toBe(0);
    const merged = { intoCaseId: 'c1', at: minute(3) };
    expect(saved(aCase(old), aCase({ ...old, caseId: 'c2', messages: [asked], merged }))).toBe(0);
    expect(saved(aCase(old))).toBe(0.25);
  });
  it('counts none, not nothing, in a quiet week', () =>
    expect(figures({ receipts: [aReceipt()] })).toMatchObject({ findings: 0, cases: 0, 'time-to-detect': null }));
});
