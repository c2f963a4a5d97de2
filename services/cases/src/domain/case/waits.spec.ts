import type { ActionState, CaseFact, CaseRequest, ClockKind } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import {
  acknowledge,
  acknowledged,
  after,
  caseId,
  carol,
  clock,
  close,
  bob,
  given,
  hold,
  judge,
  opened,
  service,
  minute,
  stateOf,
} from '../../../test/case-requests.js';
import { THEN } from '../../../test/samples.js';

const statusOf = (facts: CaseFact[]) => {
  const { status, onHoldReason } = stateOf(facts);
  return `${status} ${onHoldReason}`;
};
const due = (facts: CaseFact[], kind: ClockKind): number => ((clock(facts, kind)?.dueAt ?? 0) - THEN) / MINUTE_MS;
const paused = (facts: CaseFact[]): ClockKind[] =>
  stateOf(facts)
    .clocks.filter(({ pausedAt }) => typeof pausedAt === 'number')
    .map(({ kind }) => kind);

const record = (state: ActionState, occurredAt: number, actionClass = 'isolate-host'): CaseRequest => ({
  type: 'case.record-action',
  caseId,
  actionId: actionClass,
  actionClass,
  target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
  state,
  summary: state,
  occurredAt,
});
const recorded = (past: CaseFact[], state: ActionState, at: number, actionClass?: string): CaseFact[] =>
  after(record(state, at, actionClass), past, service, at);
const ask = (blocking: boolean): CaseRequest => ({
  type: 'case.post-message',
  caseId,
  kind: 'QUESTION',
  text: 'Did you expect this?',
  blocking,
});
const questionIn = (facts: CaseFact[]): string =>
  facts.findLast((fact) => fact.type === 'case.message-posted')?.messageId ?? '';
const reply = (past: CaseFact[], inReplyTo: string | null = questionIn(past), at = minute(40)): CaseFact[] =>
  after(
    { type: 'case.post-message', caseId, kind: 'MESSAGE', text: 'No', inReplyTo, blocking: false },
    past,
    carol,
    at,
  );
const goOn: CaseRequest = { type: 'case.change-status', caseId, status: 'IN_PROGRESS', onHoldReason: 'NONE' };

describe('an open approval', () => {
  const asked = recorded(acknowledged, 'AWAITING_APPROVAL', minute(10));
  it('is kept with what the customer says meanwhile, in the case or to another action of it', () => {
    expect(reply(asked, null).find(({ type }) => type === 'case.message-posted')).toMatchObject({
      pendingActionIds: ['isolate-host'],
    });
    const denied = { ...record('DENIED', minute(20), 'suspend-user'), by: carol } as CaseRequest;
    const own = { ...record('DENIED', minute(20)), by: carol } as CaseRequest;
    const told = (request: CaseRequest) =>
      after(request, asked, service).findLast((fact) => fact.type === 'case.action-recorded')?.pendingActionIds;
    expect([told(denied), told(own)]).toEqual([['isolate-host'], undefined]);
  });
  it('puts the case on hold by itself, and stands CONTAIN still alone', () => {
    expect(statusOf(asked)).toBe('ON_HOLD AWAITING_APPROVAL');
    expect(asked.at(-1)).toMatchObject({ type: 'case.status-changed', byItself: true, by: service });
    expect(paused(asked)).toEqual(['CONTAIN']);
  });
  it.each<ActionState>(['APPROVED', 'DENIED', 'EXPIRED'])('%s takes it off, back to where it was', (state) => {
    const decided = recorded(asked, state, minute(40));
    expect(statusOf(decided)).toBe('IN_PROGRESS NONE');
    expect(paused(decided)).toEqual([]);
    expect([due(decided, 'CONTAIN'), due(decided, 'NOTIFY'), due(decided, 'RESOLVE')]).toEqual([90, 60, 60]);
    expect((clock(decided, 'CONTAIN')?.warnAt ?? 0) - THEN).toBe(75 * MINUTE_MS);
    expect((clock(decided, 'RESOLVE')?.warnAt ?? 0) - THEN).toBe(45 * MINUTE_MS);
  });
  it('counts from when the customer was asked, not from when the case heard of it', () => {
    const late = after(record('AWAITING_APPROVAL', minute(10)), acknowledged, service, minute(70));
    expect(clock(late, 'CONTAIN')?.pausedAt).toBe(minute(10));
    const decided = after(record('DENIED', minute(20)), late, service, minute(90));
    expect(due(decided, 'CONTAIN')).toBe(70);
  });
  it('leaves a new case new, and one that was acknowledged meanwhile in progress', () => {
    const unseen = recorded([opened], 'AWAITING_APPROVAL', minute(1));
    expect(paused(unseen)).toEqual(['CONTAIN']);
    expect(statusOf(recorded(unseen, 'EXPIRED', minute(9)))).toBe('NEW NONE');
    const seen = after(acknowledge, unseen);
    expect(statusOf(seen)).toBe('ON_HOLD AWAITING_APPROVAL');
    expect(statusOf(recorded(seen, 'EXPIRED', minute(9)))).toBe('IN_PROGRESS NONE');
  });
  it('of what contains nothing stands no clock still', () => {
    const release = recorded(acknowledged, 'AWAITING_APPROVAL', minute(10), 'release-host');
    expect(statusOf(release)).toBe('ON_HOLD AWAITING_APPROVAL');
    expect(paused(release)).toEqual([]);
  });
  it('holds until the last one is decided', () => {
    const two = recorded(asked, 'AWAITING_APPROVAL', minute(11), 'suspend-user');
    const one = recorded(two, 'DENIED', minute(20));
    expect(statusOf(one)).toBe('ON_HOLD AWAITING_APPROVAL');
    expect(statusOf(recorded(one, 'APPROVED', minute(30), 'suspend-user'))).toBe('IN_PROGRESS NONE');
  });
  it('that is told late gives CONTAIN no hour that it had of another one', () => {
    const first = recorded(recorded(acknowledged, 'AWAITING_APPROVAL', minute(0)), 'EXPIRED', minute(60));
    const other = 'suspend-user';
    const asksLate = after(record('AWAITING_APPROVAL', minute(1), other), first, service, minute(70));
    const both = after(record('EXPIRED', minute(61), other), asksLate, service, minute(71));
    expect(due(both, 'CONTAIN')).toBe(121);
  });
  it('is not ended by a change of status, nor kept by the end of the case', () => {
    given(...asked)
      .when(goOn)
      .refuses('it goes on by itself');
    const over = after(close(), asked, bob, minute(50));
    expect(statusOf(over)).toBe('CLOSED NONE');
    expect(statusOf(recorded(over, 'EXPIRED', minute(60)))).toBe('CLOSED NONE');
  });
});

describe('a question that is put to the customer', () => {
  const put = (past: CaseFact[], told: boolean | null, at: number, state: ActionState = 'AWAITING_APPROVAL') =>
    after({ ...record(state, at), told } as CaseRequest, past, service, minute(50));
  const asked = put(acknowledged, false, minute(10));
  it('stands CONTAIN still from when it was told to anybody, whenever that is heard of', () => {
    expect([statusOf(asked), paused(asked)]).toEqual(['ON_HOLD AWAITING_APPROVAL', []]);
    const failed = put(asked, null, minute(15));
    expect(paused(failed)).toEqual([]);
    const told = put(failed, true, minute(20));
    expect(clock(told, 'CONTAIN')?.pausedAt).toBe(minute(20));
    const others = put(told, null, minute(25));
    expect(due(put(others, null, minute(40), 'DENIED'), 'CONTAIN')).toBe(80);
  });
  it('that is told at the very instant is told', () =>
    expect(paused(put(asked, true, minute(10)))).toEqual(['CONTAIN']));
  it('that nobody was told of is no time of theirs, as it expires', () => {
    const over = put(asked, null, minute(40), 'EXPIRED');
    expect([statusOf(over), due(over, 'CONTAIN')]).toEqual(['IN_PROGRESS NONE', 60]);
  });
  it('once more is told anew', () => {
    const again = put(put(put(asked, true, minute(12)), null, minute(14), 'RESOLVING'), false, minute(15));
    expect([paused(again), due(again, 'CONTAIN')]).toEqual([[], 62]);
  });
});

describe('a blocking question', () => {
  const asked = after(ask(true), acknowledged, undefined, minute(10));
  it('puts the case on hold, and stands RESOLVE still alone, until it is answered', () => {
    expect(statusOf(asked)).toBe('ON_HOLD AWAITING_CUSTOMER');
    expect(paused(asked)).toEqual(['RESOLVE']);
    const answered = reply(asked);
    expect(statusOf(answered)).toBe('IN_PROGRESS NONE');
    expect([due(answered, 'RESOLVE'), due(answered, 'CONTAIN'), due(answered, 'NOTIFY')]).toEqual([90, 60, 60]);
  });
  it('is no other than one that says so', () => {
    const free = after(ask(false), acknowledged);
    expect([statusOf(free), paused(free)]).toEqual(['IN_PROGRESS NONE', []]);
    given(opened).when(ask(true), { actor: carol }).refuses("only a question of the provider's");
    given(opened)
      .when({ ...ask(true), kind: 'MESSAGE' } as CaseRequest)
      .refuses("only a question of the provider's");
  });
  it("blocks no longer than to the customer's next word, be it no answer", () =>
    expect(paused(reply(asked, null))).toEqual([]));
  it('is withdrawn, once', () => {
    const withdraw: CaseRequest = { type: 'case.withdraw-question', caseId, messageId: questionIn(asked) };
    const gone = after(withdraw, asked, undefined, minute(20));
    expect([statusOf(gone), due(gone, 'RESOLVE')]).toEqual(['IN_PROGRESS NONE', 70]);
    given(...gone)
      .when(withdraw)
      .then();
    given(opened).when(withdraw).refuses('no such question');
  });
  it('waits on behind an approval', () => {
    const both = recorded(asked, 'AWAITING_APPROVAL', minute(12));
    expect([statusOf(both), paused(both)]).toEqual(['ON_HOLD AWAITING_APPROVAL', ['CONTAIN', 'RESOLVE']]);
    const one = recorded(both, 'DENIED', minute(20));
    expect([statusOf(one), paused(one)]).toEqual(['ON_HOLD AWAITING_CUSTOMER', ['RESOLVE']]);
  });
  it('is not counted against a case that is resolved while it waits', () => {
    const late = after({ ...goOn, status: 'RESOLVED' } as CaseRequest, after(judge, asked), undefined, minute(500));
    expect(clock(late, 'RESOLVE')).toMatchObject({ dueAt: minute(550), stoppedAt: minute(500) });
  });
});

describe('a third party', () => {
  const held = after(hold, acknowledged, undefined, minute(10));
  it('stands RESOLVE still alone', () => {
    expect([statusOf(held), paused(held)]).toEqual(['ON_HOLD AWAITING_THIRD_PARTY', ['RESOLVE']]);
    expect(due(after(goOn, held, undefined, minute(40)), 'RESOLVE')).toBe(90);
  });
  it('is waited for on behind an approval', () => {
    const asked = recorded(held, 'AWAITING_APPROVAL', minute(12));
    expect([statusOf(asked), paused(asked)]).toEqual(['ON_HOLD AWAITING_APPROVAL', ['CONTAIN', 'RESOLVE']]);
    expect(statusOf(recorded(asked, 'EXPIRED', minute(20)))).toBe('ON_HOLD AWAITING_THIRD_PARTY');
    expect(paused(after(goOn, asked, undefined, minute(20)))).toEqual(['CONTAIN']);
  });
});

it('the clock of a case that is held as of old goes on with the next word on it', () => {
  const old: CaseFact = {
    type: 'case.status-changed',
    caseId,
    from: 'IN_PROGRESS',
    to: 'ON_HOLD',
    onHoldReason: 'AWAITING_CUSTOMER',
    clocks: stateOf(acknowledged).clocks.map((one) => ({ ...one, pausedAt: one.stoppedAt ? null : minute(10) })),
    by: carol,
    at: minute(10),
    byItself: false,
  };
  const noted = after({ type: 'case.add-note', caseId, text: 'seen' }, [...acknowledged, old], undefined, minute(20));
  expect([statusOf(noted), paused(noted)]).toEqual(['ON_HOLD AWAITING_CUSTOMER', []]);
  expect(due(noted, 'CONTAIN') * MINUTE_MS).toBe(HOUR_MS + 10 * MINUTE_MS);
});
