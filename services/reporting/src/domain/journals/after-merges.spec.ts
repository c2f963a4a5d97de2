import { aCase, aFinding, aReceipt, anAction, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
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
  it('leaves its containment there', () => {
    expect(report.verdict.colour).toBe('AMBER');
    expect(report.cases.map(({ caseNumber, containedAt }) => [caseNumber, containedAt])).toEqual([
      ['ACME-1001', minute(5)],
    ]);
    expect(report.containments.map(({ caseNumber }) => caseNumber)).toEqual(['ACME-1001']);
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
