import type { ActionState, Actor, CaseFact, CaseRequest } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import {
  after,
  bob,
  carol,
  clock,
  given,
  lead,
  openIt,
  service,
  minute,
  stateOf,
} from '../../../test/case-requests.js';
import { finding } from '../../../test/samples.js';
import { handOver } from '../../reactions/clustering.js';

const onOf = (past: CaseFact[]): string => past[0]!.caseId;
const grave = (host: string, at = 0) =>
  finding(`on ${host}`, `host:${host}`, { severity: 'HIGH', occurredAt: minute(at), detectedAt: minute(at) });
const caseOn = (caseId: string, number: number, host: string): CaseFact[] =>
  after({ ...openIt, caseId, number, findings: [grave(host)], entities: lead.entities } as CaseRequest, [], service);

/** X of ws6 and Y of ws9, both with an hour to be contained. */
const [x, y] = [caseOn('x', 1, 'ws6'), caseOn('y', 2, 'ws9')];
const record = (past: CaseFact[], host: string, state: ActionState, at: number): CaseFact[] =>
  after(
    {
      ...{ type: 'case.record-action', caseId: onOf(past), actionId: `isolate ${host}`, actionClass: 'isolate-host' },
      ...{ target: { kind: 'HOST', id: host, entity: `host:${host}` }, state, summary: state, occurredAt: minute(at) },
    },
    past,
    service,
    minute(at),
  );
const ask = (past: CaseFact[], at = 0): CaseFact[] =>
  after(
    { type: 'case.post-message', caseId: onOf(past), kind: 'QUESTION', text: 'Was it you?', blocking: true },
    past,
    bob,
    minute(at),
  );
const questionOf = (past: CaseFact[]): string => stateOf(past).questions[0]!;
const answer = (past: CaseFact[], inReplyTo: string, at: number, actor: Actor = carol): CaseFact[] => [
  ...past,
  ...given(...past)
    .when(
      { type: 'case.post-message', caseId: onOf(past), kind: 'ANSWER', text: 'Yes', inReplyTo, blocking: false },
      { actor, now: minute(at), requestId: `answers ${inReplyTo}` },
    )
    .facts(),
];

/** What is heard of facts in one case reaches the other. */
const handed = (from: CaseFact[], known: number, into: CaseFact[], at: number): CaseFact[] =>
  from
    .slice(known)
    .filter(({ type }) => (handOver.hears as readonly string[]).includes(type))
    .flatMap((fact) => handOver.react(heard(fact) as Parameters<typeof handOver.react>[0], undefined))
    .reduce((past, { request }) => after(request, past, service, minute(at)), into);

/** X goes into Y: with its findings, then as its end is heard. */
const merge = (from: CaseFact[], into: CaseFact[], at: number): { from: CaseFact[]; into: CaseFact[] } => {
  const [fromCaseId, caseId] = [onOf(from), onOf(into)];
  const findings = stateOf(from).findings;
  const moved = after(
    { type: 'case.add-findings', caseId, fromCaseId, findings, because: 'one attacker' },
    into,
    service,
    minute(at),
  );
  const ended = after(
    { type: 'case.mark-merged', caseId: fromCaseId, intoCaseId: caseId, reason: 'r' },
    from,
    service,
    minute(at),
  );
  return { from: ended, into: handed(ended, from.length, moved, at) };
};
const contain = (facts: CaseFact[]) => clock(facts, 'CONTAIN');
const runs = (facts: CaseFact[], kind = 'CONTAIN'): boolean => {
  const one = clock(facts, kind);
  return typeof one?.stoppedAt !== 'number' && typeof one?.pausedAt !== 'number';
};
const told = (facts: CaseFact[], type: CaseFact['type']): number => facts.filter((one) => one.type === type).length;

describe('a question that was open in a case that was merged', () => {
  const merged = merge(ask(x, 5), y, 10);
  const question = questionOf(merged.from);

  it('is waited for where the work goes on, with its words', () => {
    expect(stateOf(merged.into)).toMatchObject({
      status: 'ON_HOLD',
      onHoldReason: 'AWAITING_CUSTOMER',
      openQuestions: [{ id: question, blocks: true, text: 'Was it you?', by: bob, at: minute(5) }],
    });
    expect(clock(merged.into, 'RESOLVE')).toMatchObject({ pausedAt: minute(10) });
  });
  it('is answered there', () => {
    const answered = answer(merged.into, question, 30);
    expect(stateOf(answered)).toMatchObject({ status: 'NEW', openQuestions: [] });
    expect(runs(answered, 'RESOLVE')).toBe(true);
  });
  it('is answered where it was asked, which counts where the work goes on', () => {
    const said = answer(merged.from, question, 30);
    expect(said.at(-1)).toMatchObject({ type: 'case.message-posted', text: 'Yes', intoCaseId: 'y' });
    const heardOf = handed(said, merged.from.length, merged.into, 31);
    expect(stateOf(heardOf)).toMatchObject({ status: 'NEW', openQuestions: [] });
    expect(clock(heardOf, 'RESOLVE')?.dueAt).toBe(clock(y, 'RESOLVE')!.dueAt + 20 * MINUTE_MS);
  });
  it('goes with it into a third, however late that is heard', () => {
    const third = caseOn('z', 3, 'ws7');
    const further = merge(merged.into, third, 20);
    expect(stateOf(further.into)).toMatchObject({ status: 'ON_HOLD', openQuestions: [{ id: question, blocks: true }] });
    const said = answer(merged.from, question, 30);
    const between = handed(said, merged.from.length, further.from, 31);
    expect(stateOf(handed(between, further.from.length, further.into, 32))).toMatchObject({ status: 'NEW' });
  });
  it('takes nothing else that is said there, nor the word of the provider', () => {
    expect(() => answer(merged.from, 'another', 30)).toThrow('merged');
    expect(() => answer(merged.from, question, 30, bob)).toThrow('merged');
  });
  it('of a case that was resolved is asked no more', () => {
    const judged = after({ type: 'case.set-verdict', caseId: 'x', verdict: 'TEST', reason: 'NONE' }, ask(x));
    const over = after({ type: 'case.change-status', caseId: 'x', status: 'RESOLVED', onHoldReason: 'NONE' }, judged);
    expect(stateOf(merge(over, y, 10).into)).toMatchObject({ status: 'NEW', openQuestions: [] });
  });
});

describe('CONTAIN of the case that another went into', () => {
  const held = record(x, 'ws6', 'VERIFIED', 5);
  const both = merge(held, record(y, 'ws9', 'FAILED', 6), 10).into;

  it('stands still, and is reached by nothing, where all that is grave was held before', () => {
    // Y is of the very host that X had cut off.
    const same = caseOn('y', 2, 'ws6');
    const { into } = merge(held, same, 10);
    expect(contain(into)).toMatchObject({ stoppedAt: null, pausedAt: minute(10) });
    expect(told(into, 'case.contained')).toBe(0);
  });
  it('that was missed by then stays missed', () => {
    const late = merge(held, caseOn('y', 2, 'ws6'), 90).into;
    expect(contain(late)).toMatchObject({ stoppedAt: null, pausedAt: minute(90), dueAt: minute(60) });
  });
  it('goes on when what held is lifted, with what was left', () => {
    const merged = merge(held, caseOn('y', 2, 'ws6'), 10);
    const lifted = record(merged.from, 'ws6', 'REVERTED', 100);
    expect(lifted.at(-1)).toMatchObject({ state: 'REVERTED', intoCaseId: 'y' });
    const goesOn = handed(lifted, merged.from.length, merged.into, 101);
    expect(contain(goesOn)).toMatchObject({ stoppedAt: null, pausedAt: null, dueAt: minute(150) });
  });
  it('runs on where something grave is not held, or was not held there', () => {
    expect(runs(both)).toBe(true);
    expect(runs(merge(held, y, 10).into)).toBe(true);
    expect(runs(merge(record(x, 'ws6', 'DENIED', 5), record(y, 'ws9', 'VERIFIED', 6), 10).into)).toBe(true);
  });
  it('is reached by what is seen after the merge, once, and not in the case that is gone', () => {
    const under = record(x, 'ws6', 'EXECUTING', 5);
    const merged = merge(under, record(y, 'ws9', 'VERIFIED', 6), 10);
    expect(runs(merged.into)).toBe(true);
    const verified = record(merged.from, 'ws6', 'VERIFIED', 20);
    expect(told(verified, 'case.contained')).toBe(0);
    const contained = handed(verified, merged.from.length, merged.into, 21);
    expect(contain(contained)).toMatchObject({ stoppedAt: minute(20) });
    expect(contained.findLast(({ type }) => type === 'case.contained')).toMatchObject({
      actionId: 'isolate ws6',
      occurredAt: minute(20),
    });
  });
  it('that was reached stays so where what came is held as well', () => {
    const reached = record(y, 'ws9', 'VERIFIED', 6);
    const { into } = merge(held, reached, 10);
    expect(contain(into)).toEqual(contain(reached));
    expect(told(into, 'case.clocks-changed')).toBe(told(reached, 'case.clocks-changed'));
  });
  it('says of nothing that was withdrawn there, as that is asked here', () => {
    const waits = record(x, 'ws6', 'AWAITING_APPROVAL', 5);
    const merged = merge(waits, y, 10);
    const skipped = record(merged.from, 'ws6', 'SKIPPED', 11);
    expect(stateOf(handed(skipped, merged.from.length, merged.into, 12)).actions).toEqual({});
  });
});
