import type { ActionState, CaseFact, CaseRequest } from '#contracts';
import { after, caseId, clock, given, opened, service } from '../../../test/case-requests.js';
import { finding, THEN } from '../../../test/samples.js';
import { caseStream } from './decider.js';
import { initial } from './state.js';

describe('response actions', () => {
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const record = (state: ActionState, special = {}): CaseRequest => ({
    type: 'case.record-action',
    caseId,
    actionId: 'x',
    actionClass: 'isolate-host',
    target,
    state,
    summary: state,
    occurredAt: THEN + 1,
    ...special,
  });
  it('contain the case once their effect is verified, and only once', () => {
    const contained = after(record('VERIFIED'), [opened], service);
    expect(contained.slice(1).map(({ type }) => type)).toEqual([
      'case.action-recorded',
      'case.contained',
      'case.clocks-changed',
      'case.phase-changed',
    ]);
    expect(clock(contained, 'CONTAIN')?.stoppedAt).toBe(THEN + 1);
    given(...contained)
      .when(record('VERIFIED', { actionId: 'y' }), { actor: service })
      .thenLike({ type: 'case.action-recorded' });
    given(...contained)
      .when(record('VERIFIED'), { actor: service })
      .then();
  });
  it('contain the case again after what contained it was undone, and leave its clocks as they are', () => {
    const undone = ['VERIFIED', 'REVERTING', 'REVERTED'] as const;
    const open = undone.reduce<CaseFact[]>((facts, state) => after(record(state), facts, service), [opened]);
    const again = { actionId: 'y', occurredAt: THEN + 9 };
    given(...open)
      .when(record('VERIFIED', again), { actor: service })
      .thenLike({ type: 'case.action-recorded' }, { type: 'case.contained', ...again });
  });
  describe('on two targets', () => {
    const dc = { target: { kind: 'HOST', id: 'dc1', entity: 'host:dc1' }, actionId: 'y' } as const;
    const half = after(record('VERIFIED'), after(record('AWAITING_APPROVAL', dc), [opened], service), service);
    const contained = (facts: CaseFact[]) => facts.filter(({ type }) => type === 'case.contained');
    const whole = (state: ActionState) => after(record(state, { ...dc, occurredAt: THEN + 5 }), half, service);
    it('contain the case once both are verified: CONTAIN runs until then', () => {
      expect([contained(half), clock(half, 'CONTAIN')?.stoppedAt ?? null]).toEqual([[], null]);
      expect(contained(whole('VERIFIED'))).toMatchObject([{ actionId: 'y', occurredAt: THEN + 5 }]);
      expect(clock(whole('VERIFIED'), 'CONTAIN')?.stoppedAt).toBe(THEN + 5);
    });
    it.each(['DENIED', 'EXPIRED', 'FAILED', 'SUCCEEDED'] as const)('contain nothing when the second is %s', (state) =>
      expect(contained(whole(state))).toEqual([]),
    );
    it('contain nothing when the customer says that it did the second: nobody saw it, and CONTAIN runs', () => {
      expect(contained(whole('DONE_BY_CUSTOMER'))).toEqual([]);
      expect(clock(whole('DONE_BY_CUSTOMER'), 'CONTAIN')?.stoppedAt ?? null).toBeNull();
    });
    it('have impact also where only one was verified', () =>
      expect(half.reduce(caseStream.evolve, initial()).wasContained).toBe(true));
  });
  it('contain the case anew once something grave that happened elsewhere is contained, too', () => {
    const worse = finding('z', 'host:dc1', { severity: 'CRITICAL', occurredAt: THEN + 3 });
    const add: CaseRequest = { type: 'case.add-findings', caseId, findings: [worse], because: '' };
    const spread = after(add, after(record('VERIFIED'), [opened], service), service);
    const dc = { kind: 'HOST', id: 'dc1', entity: 'host:dc1' };
    given(...spread)
      .when(record('VERIFIED', { actionId: 'y', target: dc, occurredAt: THEN + 9 }), { actor: service })
      .thenLike(
        { type: 'case.action-recorded' },
        { type: 'case.contained', actionId: 'y' },
        { type: 'case.clocks-changed' },
      );
  });
  it('without effect contain nothing', () =>
    given(opened).when(record('VERIFY_FAILED'), { actor: service }).thenLike({ type: 'case.action-recorded' }));
  it('that release contain nothing', () =>
    given(opened)
      .when(record('VERIFIED', { actionClass: 'release-host' }), { actor: service })
      .thenLike({ type: 'case.action-recorded' }));
  it('that could not be undone are what they were before, and contain nothing anew', () => {
    const undoing = after(record('REVERTING'), after(record('VERIFY_FAILED'), [opened], service), service);
    given(...undoing)
      .when(record('OUTCOME_UNKNOWN', { summary: 'could not be undone yet' }), { actor: service })
      .thenLike({
        type: 'case.action-recorded',
        state: 'VERIFY_FAILED',
        summary: 'could not be undone yet (it is VERIFY_FAILED as before)',
      });
    const lifting = after(record('REVERTING'), after(record('VERIFIED'), [opened], service), service);
    given(...lifting)
      .when(record('OUTCOME_UNKNOWN'), { actor: service })
      .thenLike({ type: 'case.action-recorded', state: 'VERIFIED' });
  });
  it('that were recorded as unknown once undoing them failed are what they were before that', () => {
    const undoing = after(record('REVERTING'), after(record('VERIFIED'), [opened], service), service);
    const failed = { ...undoing.at(-1), state: 'OUTCOME_UNKNOWN' } as CaseFact;
    given(...after(record('REVERTING', { occurredAt: THEN + 2 }), [...undoing, failed], service))
      .when(record('OUTCOME_UNKNOWN', { occurredAt: THEN + 3 }), { actor: service })
      .thenLike({ type: 'case.action-recorded', state: 'VERIFIED' });
  });
  it('need not repeat what they are', () => {
    const proposed = after(record('PROPOSED'), [opened], service);
    given(...proposed)
      .when(record('VERIFIED', { actionClass: '', target: { kind: 'HOST', id: '', entity: '' } }), { actor: service })
      .thenLike(
        { type: 'case.action-recorded', actionClass: 'isolate-host', target },
        { type: 'case.contained' },
        { type: 'case.clocks-changed' },
        { type: 'case.phase-changed' },
      );
  });
  it('do not move a later phase back', () => {
    const later = after({ type: 'case.change-phase', caseId, phase: 'RECOVERY' });
    expect(after(record('VERIFIED'), later, service).reduce(caseStream.evolve, initial()).phase).toBe('RECOVERY');
  });
  it('are recorded by the service alone', () =>
    given(opened).when(record('VERIFIED')).refuses('only the service itself'));
});
