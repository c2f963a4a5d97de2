import { figures, MINUTE } from '../../../test/figures.js';
import { aCase, aFinding, aFindingDoc, anAction, minute, theWeek } from '../../../test/samples.js';

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
it('counts an action as verified only when its effect was seen', () => {
  const verified = (effective: boolean) => [{ effective, evidence: '', at: minute(3) }];
  expect(
    figures({
      actions: [anAction({ verified: verified(true) }), anAction({ actionId: 'a2', verified: verified(false) })],
    })['actions-verified'],
  ).toBe(1);
});
