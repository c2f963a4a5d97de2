import type { ActionState, CaseFact, CaseRequest, ClockKind } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import {
  acknowledge,
  acknowledged,
  after,
  bob,
  caseId,
  clock,
  judge,
  resolve,
  service,
  minute,
  stateOf,
} from '../../../test/case-requests.js';
import { finding, THEN } from '../../../test/samples.js';

const tell = (occurredAt: number): CaseRequest => ({
  type: 'case.notify-customer',
  caseId,
  contact: 'zoe',
  channel: 'mail',
  occurredAt,
});
const record = (past: CaseFact[], host: string, state: ActionState, at: number): CaseFact[] =>
  after(
    {
      type: 'case.record-action',
      caseId,
      actionId: `isolate ${host}`,
      actionClass: 'isolate-host',
      target: { kind: 'HOST', id: host, entity: `host:${host}` },
      state,
      summary: state,
      occurredAt: at,
    },
    past,
    service,
    at,
  );
const found = (past: CaseFact[], host: string, at: number): CaseFact[] => {
  const one = finding(`on ${host} at ${at}`, `host:${host}`, { severity: 'HIGH', occurredAt: at, detectedAt: at });
  return after({ type: 'case.add-findings', caseId, findings: [one], because: 'seen again' }, past, service, at);
};
const runs = (facts: CaseFact[], kind: ClockKind): boolean => {
  const one = clock(facts, kind);
  return (one?.stoppedAt ?? null) === null && (one?.pausedAt ?? null) === null;
};

describe('a case that was told, acknowledged, contained and resolved, and goes on', () => {
  const told = after(tell(minute(1)), acknowledged, service, minute(1));
  const givenBack = record(record(told, 'ws6', 'VERIFIED', minute(2)), 'ws6', 'REVERTED', minute(9));
  const over = after(resolve, after(judge, givenBack), undefined, minute(10));
  const later = THEN + 48 * HOUR_MS;
  const again = found(over, 'ws6', later);

  it('has all its clocks anew', () =>
    expect(
      stateOf(again).clocks.map(({ kind, startedAt, stoppedAt, pausedAt }) => [kind, startedAt, stoppedAt, pausedAt]),
    ).toEqual(['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'].map((kind) => [kind, later, null, null])));
  it('says in which life it is, and what it is now', () => {
    expect(again.find(({ type }) => type === 'case.reopened')).toMatchObject({
      life: 1,
      number: 1001,
      title: 'PsExec on ws6',
      severity: 'HIGH',
    });
    const critical = finding('c', 'host:ws6', { severity: 'CRITICAL' });
    const add: CaseRequest = { type: 'case.add-findings', caseId, findings: [critical], because: 'worse' };
    expect(after(add, again, service).findLast(({ type }) => type === 'case.priority-changed')).toMatchObject({
      life: 1,
    });
    expect(after(add, over, service).filter((fact) => 'life' in fact && fact.life === 1)).toMatchObject([
      { type: 'case.priority-changed' },
      { type: 'case.reopened', severity: 'CRITICAL' },
    ]);
  });
  it('is acknowledged and told anew', () => {
    expect(clock(after(acknowledge, again, bob, later + 1), 'ACKNOWLEDGE')).toMatchObject({ stoppedAt: later + 1 });
    const retold = after(tell(later + 2), again, service, later + 2);
    expect(clock(retold, 'NOTIFY')).toMatchObject({ stoppedAt: later + 2 });
  });
  it('was told by nothing that was heard late of its life before', () => {
    const late = after(tell(minute(3)), again, service, later + 3);
    expect(runs(late, 'NOTIFY')).toBe(true);
    expect(clock(after(tell(later + 4), late, service, later + 4), 'NOTIFY')).toMatchObject({ stoppedAt: later + 4 });
  });
  it('keeps CONTAIN as it was where effects contain it still', () => {
    const held = after(resolve, after(judge, record(told, 'ws6', 'VERIFIED', minute(2))), undefined, minute(10));
    const reopened = after({ type: 'case.reopen', caseId, reason: 'not done' }, held, bob, later);
    expect(clock(reopened, 'CONTAIN')).toMatchObject({ startedAt: THEN, stoppedAt: minute(2) });
  });
  it('waits for no question of its life before', () => {
    const ask: CaseRequest = { type: 'case.post-message', caseId, kind: 'QUESTION', text: 'You?', blocking: true };
    const asked = after(resolve, after(judge, after(ask, told)), undefined, minute(10));
    const goesOn = found(asked, 'ws6', later);
    expect(stateOf(goesOn)).toMatchObject({ status: 'IN_PROGRESS', onHoldReason: 'NONE' });
    expect(runs(goesOn, 'RESOLVE')).toBe(true);
    expect(stateOf(goesOn).openQuestions).toMatchObject([{ blocks: false }]);
  });
});

describe('CONTAIN, once it was reached,', () => {
  const contained = record(acknowledged, 'ws6', 'VERIFIED', minute(20));
  it('goes on with what was left of it when something grave happens elsewhere', () => {
    const elsewhere = found(contained, 'dc01', minute(100));
    expect(clock(elsewhere, 'CONTAIN')).toMatchObject({ stoppedAt: null, pausedAt: null, dueAt: minute(140) });
    const denied = record(elsewhere, 'dc01', 'DENIED', minute(120));
    expect(runs(denied, 'CONTAIN')).toBe(true);
    const held = record(denied, 'dc01', 'VERIFIED', minute(130));
    expect(clock(held, 'CONTAIN')).toMatchObject({ stoppedAt: minute(130) });
  });
  it('goes on when an effect is seen to hold no more', () =>
    expect(clock(record(contained, 'ws6', 'VERIFY_FAILED', minute(50)), 'CONTAIN')).toMatchObject({
      stoppedAt: null,
      dueAt: minute(90),
    }));
  it('stays reached when what it held is given back, and goes on when that is attacked again', () => {
    const givenBack = record(record(contained, 'ws6', 'REVERTING', minute(30)), 'ws6', 'REVERTED', minute(40));
    expect(clock(givenBack, 'CONTAIN')).toMatchObject({ stoppedAt: minute(20) });
    expect(clock(found(givenBack, 'ws6', minute(10)), 'CONTAIN')).toMatchObject({ stoppedAt: minute(20) });
    expect(runs(found(givenBack, 'ws6', minute(60)), 'CONTAIN')).toBe(true);
  });
});
