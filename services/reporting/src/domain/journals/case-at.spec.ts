import { caseAt, openedIn, waitedMs } from './case-at.js';
import type { CaseJournal } from './case.js';
import { aCase, minute } from '../../../test/samples.js';

const doc = aCase({
  openedAt: minute(0),
  statuses: [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(0) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(5) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(20) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(50) },
    { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(60) },
    { status: 'CLOSED', onHoldReason: 'NONE', at: minute(70) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(100) },
  ],
  acknowledgedAt: [minute(5)],
});

it('shows a case as it stood', () => {
  expect(caseAt(doc, minute(30))).toMatchObject({
    status: 'ON_HOLD',
    onHoldReason: 'AWAITING_CUSTOMER',
    isOpen: true,
    resolvedAt: null,
  });
  expect(caseAt(doc, minute(80))).toMatchObject({ status: 'CLOSED', isOpen: false, resolvedAt: minute(60) });
  expect(caseAt(doc, minute(110))).toMatchObject({ status: 'IN_PROGRESS', isOpen: true, resolvedAt: null });
});

it('does not know at an instant what happens at it', () => {
  expect(caseAt(doc, minute(5)).acknowledgedAt).toBeNull();
  expect(caseAt(doc, minute(5) + 1).acknowledgedAt).toBe(minute(5));
});

it('has no verdict from before it was reopened', () => {
  const judged = (verdict: 'FALSE_POSITIVE' | 'UNKNOWN', at: number) => ({ verdict, reason: 'NONE' as const, at });
  const reopened = { verdicts: [judged('FALSE_POSITIVE', minute(55))], reopenedAt: [minute(100)] };
  const verdictOf = (over: Partial<CaseJournal>, at: number) => caseAt({ ...doc, ...over }, at).verdict;
  expect([minute(90), minute(110)].map((at) => verdictOf(reopened, at))).toEqual(['FALSE_POSITIVE', 'UNKNOWN']);
  const said = { ...reopened, verdicts: [...reopened.verdicts, judged('UNKNOWN', minute(100))] };
  expect(verdictOf(said, minute(110))).toBe('UNKNOWN');
  const again = { ...said, verdicts: [...said.verdicts, judged('FALSE_POSITIVE', minute(105))] };
  expect(verdictOf(again, minute(110))).toBe('FALSE_POSITIVE');
});

it('gives each minute to the side the case waited for', () =>
  expect(waitedMs(doc, { from: minute(0), to: minute(60) })).toEqual({
    OURS: 30 * 60_000,
    CUSTOMER: 30 * 60_000,
    THIRD_PARTY: 0,
  }));

it('waits for nobody while done', () =>
  expect(waitedMs(doc, { from: minute(60), to: minute(110) })).toEqual({
    OURS: 10 * 60_000,
    CUSTOMER: 0,
    THIRD_PARTY: 0,
  }));

it('counts a merged case once it is merged no more', () => {
  const merged = aCase({ openedAt: minute(0), merged: { intoCaseId: 'other', at: minute(10) } });
  expect(openedIn([merged], { from: minute(0), to: minute(10) })).toHaveLength(1);
  expect(openedIn([merged], { from: minute(0), to: minute(11) })).toHaveLength(0);
});

describe('a case that waits for a yes', () => {
  const step = (state: string, told: boolean | null, at: number, actionId = 'x'): CaseJournal['actions'][number] => ({
    actionId,
    actionClass: 'isolate-host',
    state,
    summary: '',
    occurredAt: minute(at),
    at: minute(at + 1),
    told,
  });
  const waited = (...actions: CaseJournal['actions']) => {
    const statuses: CaseJournal['statuses'] = [
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(0) },
      { status: 'ON_HOLD', onHoldReason: 'AWAITING_APPROVAL', at: minute(10) },
      { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(50) },
    ];
    const { OURS, CUSTOMER } = waitedMs(aCase({ statuses, actions }), { from: minute(0), to: minute(60) });
    return [OURS / 60_000, CUSTOMER / 60_000];
  };
  const asked = step('AWAITING_APPROVAL', false, 9);
  it('waits for the customer once it was told of the question, and not before', () => {
    expect(waited(asked, step('EXPIRED', null, 49))).toEqual([60, 0]);
    expect(waited(asked, step('AWAITING_APPROVAL', true, 30), step('DENIED', null, 50))).toEqual([40, 20]);
    expect(waited(asked, step('AWAITING_APPROVAL', true, 30, 'y'), step('DENIED', null, 50))).toEqual([40, 20]);
  });
  it('waits for it all the while where nobody said whether it was told', () =>
    expect(waited(step('AWAITING_APPROVAL', null, 9))).toEqual([20, 40]));
});
