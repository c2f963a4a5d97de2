import type { CaseFact } from '#contracts';
import type { Heard } from '#libs/model';
import { showing } from '#libs/testing';
import { ada, at, sameInAnyOrder } from '../../test/fact-order.js';
import { aSummary, minute } from '../../test/samples.js';
import { caseJournal } from './index.js';

const opened: CaseFact = {
  type: 'case.opened',
  caseId: 'c1',
  number: 7,
  title: 'PsExec',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: 'workstation',
  findings: [aSummary()],
  entities: [],
  clocks: [],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: minute(0),
};
const caseStream: Heard<CaseFact>[] = [
  at<CaseFact>(1, opened),
  at<CaseFact>(2, { type: 'case.acknowledged', caseId: 'c1', by: ada, at: minute(4) }),
  at<CaseFact>(3, {
    type: 'case.status-changed',
    caseId: 'c1',
    from: 'NEW',
    to: 'ON_HOLD',
    onHoldReason: 'AWAITING_CUSTOMER',
    clocks: [],
    byItself: false,
    by: ada,
    at: minute(6),
  }),
  at<CaseFact>(4, { type: 'case.findings-removed', caseId: 'c1', findingIds: ['f1'], toCaseId: 'c2', at: minute(7) }),
  at<CaseFact>(5, {
    type: 'case.status-changed',
    caseId: 'c1',
    from: 'ON_HOLD',
    to: 'CLOSED',
    onHoldReason: 'NONE',
    clocks: [],
    byItself: false,
    by: ada,
    at: minute(9),
  }),
  at<CaseFact>(6, {
    type: 'case.closed',
    caseId: 'c1',
    verdict: 'TRUE_POSITIVE',
    reason: 'NONE',
    summary: 'stopped',
    impact: false,
    by: ada,
    at: minute(9),
  }),
];

it('the journal of a case stays a small document, whatever happens to it', () => {
  const huge = 'x'.repeat(440_000);
  const facts = Array.from(
    { length: 2_000 },
    (_, index): Heard<CaseFact> =>
      at<CaseFact>(
        index + 2,
        index % 2
          ? {
              type: 'case.message-posted',
              caseId: 'c1',
              messageId: `m${index}`,
              kind: 'MESSAGE',
              text: huge,
              inReplyTo: null,
              blocking: false,
              by: ada,
              at: minute(index),
            }
          : {
              type: 'case.findings-added',
              caseId: 'c1',
              findings: [{ ...aSummary(), findingId: `f${index}`, title: huge }],
              entities: [],
              because: '',
              at: minute(index),
            },
      ),
  );
  const doc = showing(caseJournal).of(at<CaseFact>(1, opened), ...facts)['c1'];
  expect(JSON.stringify(doc).length).toBeLessThan(4_000_000);
  expect([doc?.findings[0]?.findingId, doc?.messages.at(-1)?.messageId, doc?.statuses.length]).toEqual([
    'f1',
    'm1999',
    1,
  ]);
});
describe('the journal of cases', () => {
  it('keeps the instant of every change', () => {
    const { c1 } = showing(caseJournal).of(...caseStream);
    expect(c1).toMatchObject({ applied: [6, 0], number: 7, openedAt: minute(0), acknowledgedAt: [minute(4)] });
    expect(c1?.statuses.map(({ status, at: when }) => [status, when])).toEqual([
      ['NEW', minute(0)],
      ['ON_HOLD', minute(6)],
      ['CLOSED', minute(9)],
    ]);
    expect(c1?.findings[0]).toMatchObject({ addedAt: minute(0), removedAt: minute(7) });
    expect(c1?.closings).toMatchObject([
      { verdict: 'TRUE_POSITIVE', reason: 'NONE', summary: 'stopped', impact: false, rootCause: null, at: minute(9) },
    ]);
  });
  it('is the same however streams mix, and when everything is heard twice', () => {
    const other = caseStream.map(({ message, envelope }) => ({ envelope, message: { ...message, caseId: 'c2' } }));
    sameInAnyOrder(caseJournal, [caseStream, other]);
  });
  it('takes nobody for told who was only to be, as an earlier release wrote at the opening', () => {
    const toBe: CaseFact = {
      ...{ type: 'case.customer-notified', caseId: 'c1', contact: 'zoe', channel: 'mail', at: minute(0) + 40 },
      by: { subject: 'cases', side: 'SYSTEM' },
      occurredAt: null,
    };
    const { c1 } = showing(caseJournal).of(at<CaseFact>(1, opened), at<CaseFact>(2, toBe));
    expect([c1?.notifiedAt, c1?.told ?? []]).toEqual([[], []]);
    const delivered = { ...toBe, at: minute(3), occurredAt: minute(2) };
    const told = showing(caseJournal).of(at<CaseFact>(1, opened), at<CaseFact>(2, toBe), at<CaseFact>(3, delivered));
    expect([told['c1']?.notifiedAt, told['c1']?.told?.length]).toEqual([[minute(2)], 1]);
  });
  it('knows nothing of a case that was not opened', () => expect(showing(caseJournal).of(caseStream[1]!)).toEqual({}));
});
