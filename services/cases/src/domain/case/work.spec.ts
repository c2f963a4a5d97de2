import type { CaseRequest } from '#contracts';
import {
  acknowledge,
  acknowledged,
  ada,
  after,
  caseId,
  clock,
  closed,
  given,
  hold,
  opened,
  resolve,
  resolved,
} from '../../../test/case-requests.js';
import { THEN } from '../../../test/samples.js';
import { caseStream } from './decider.js';
import { initial } from './state.js';

describe('work on a case', () => {
  it('begins when it is acknowledged, which stops that clock', () => {
    expect(acknowledged.slice(1)).toMatchObject([
      { type: 'case.acknowledged' },
      { type: 'case.clocks-changed' },
      { type: 'case.status-changed', from: 'NEW', to: 'IN_PROGRESS' },
    ]);
    expect(clock(acknowledged, 'ACKNOWLEDGE')?.stoppedAt).toBe(THEN);
  });
  it('begins once', () =>
    given(...acknowledged)
      .when(acknowledge)
      .then());
  it('is handed to an analyst, once', () => {
    const assigned = after({ type: 'case.assign', caseId, analyst: 'ada' });
    expect(assigned[1]).toMatchObject({ type: 'case.assigned', analyst: 'ada', by: ada });
    given(...assigned)
      .when({ type: 'case.assign', caseId, analyst: 'ada' })
      .then();
  });
  it('is not handed on when closed', () =>
    given(...closed)
      .when({ type: 'case.assign', caseId, analyst: 'ada' })
      .refuses('case is closed'));
  it('is noted, closed or not', () =>
    given(...closed)
      .when({ type: 'case.add-note', caseId, text: ' seen ' })
      .thenLike({ type: 'case.note-added', text: 'seen' }));
  it('needs words in a note', () =>
    given(opened).when({ type: 'case.add-note', caseId, text: ' ' }).refuses('the note is empty'));
  it('rests only for a reason', () =>
    given(opened)
      .when({ ...hold, onHoldReason: 'NONE' } as CaseRequest)
      .refuses('say for whom'));
  it('is not said to wait for the customer: it does by what is asked', () =>
    given(opened)
      .when({ ...hold, onHoldReason: 'AWAITING_CUSTOMER' } as CaseRequest)
      .refuses('on hold for the customer by itself'));
  it('does not end by a change of status', () =>
    given(opened)
      .when({ ...hold, status: 'CLOSED' } as CaseRequest)
      .refuses('closed with a verdict'));
  it('does not become new again', () =>
    given(...acknowledged)
      .when({ ...hold, status: 'NEW' } as CaseRequest)
      .refuses('IN_PROGRESS cannot become NEW'));
  it('is resolved with a verdict', () =>
    given(...acknowledged)
      .when(resolve)
      .refuses('resolved with a verdict'));
  it('goes on after the end only by reopening', () =>
    given(...resolved())
      .when(hold)
      .refuses('reopen it first'));
  it('has phases of their own', () =>
    given(opened)
      .when({ type: 'case.change-phase', caseId, phase: 'ERADICATION' })
      .thenLike({ type: 'case.phase-changed', from: 'IDENTIFICATION', to: 'ERADICATION' }));
});
describe('clocks of a case', () => {
  it('run no more when the case is resolved, and only RESOLVE is met by that', () =>
    expect(
      resolved()
        .reduce(caseStream.evolve, initial())
        .clocks.map(({ kind, pausedAt, stoppedAt }) => [kind, pausedAt, stoppedAt]),
    ).toEqual([
      ['ACKNOWLEDGE', THEN, null],
      ['NOTIFY', THEN, null],
      ['CONTAIN', THEN, null],
      ['RESOLVE', null, THEN],
    ]));
});
