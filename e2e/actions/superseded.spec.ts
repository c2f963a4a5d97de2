import type { ActionFact, ActionRequest, CaseFact, TargetFact, TargetRecordEffect } from '#contracts';
import type { Actor } from '#libs/model';
import { heard, hearing, showing, testContext } from '#libs/testing';
import { MINUTE_MS } from '#libs/terms';
import { caseStream } from '../../services/cases/src/domain/case/decider.js';
import { keepAction } from '../../services/cases/src/reactions/keep-action.js';
import { cases as caseView } from '../../services/gateway/src/views/cases.js';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { targetStream } from '../../services/response/src/domain/target/decider.js';
import { recordEffect, supersedeEnded } from '../../services/response/src/reactions/superseding.js';
import { at, finished, propose, seen, tenant, undone } from '../../services/response/test/samples/action.js';
import { SYSTEM } from '../support/action-history.js';
import { openingOf } from '../support/case-opening.js';

const settings = tenant('AUTHORIZE');
const minutes = (count: number): number => at + count * MINUTE_MS;

/**
 * Actions of two cases on one host, by what response, cases and the gateway make of their facts. What was seen reaches
 * the host's stream when `hear` is called, in the order that is given.
 */
const onOneHost = () => {
  const lives: Record<string, ActionFact[]> = {};
  const kept: Record<string, CaseFact[]> = {};
  const waiting: TargetRecordEffect[] = [];
  let target: TargetFact[] = [];
  const context = { ...testContext, settings };

  const keep = (fact: ActionFact): void => {
    for (const { request } of hearing(keepAction, settings).of(fact).asked) {
      const past = (kept[fact.caseId] ??= opened(fact.caseId));
      const state = past.reduce(caseStream.evolve, caseStream.initial());
      past.push(...caseStream.decide(request, state, { ...context, actor: SYSTEM, now: fact.at }));
    }
  };
  const opened = (caseId: string): CaseFact[] =>
    caseStream.decide(openingOf(caseId), caseStream.initial(), { ...context, actor: SYSTEM, now: at - 1 });
  const say = (fact: ActionFact): void => {
    (lives[fact.actionId] ??= []).push(fact);
    keep(fact);
    if (fact.type === 'action.verified' || fact.type === 'action.reverted')
      waiting.push(
        ...hearing(recordEffect)
          .of(fact)
          .asked.map(({ request }) => request),
      );
  };
  const ask = (request: ActionRequest, now: number, actor: Actor = SYSTEM): void => {
    const state = (lives[request.actionId] ?? []).reduce(actionStream.evolve, actionStream.initial());
    actionStream.decide(request, state, { ...context, actor, now }).forEach(say);
  };
  const hear = (order: TargetRecordEffect[] = waiting.splice(0)): void =>
    order.forEach((request) => {
      const state = target.reduce(targetStream.evolve, targetStream.initial());
      const facts = targetStream.decide(request, state, { ...context, actor: SYSTEM, now: minutes(2_000) });
      target = [...target, ...facts];
      for (const fact of facts)
        if (fact.type === 'target.effect-ended')
          hearing(supersedeEnded)
            .of(fact)
            .asked.forEach((one) => ask(one.request, minutes(2_000)));
    });
  /** Proposed, carried out, and seen after so many minutes. */
  const act = (actionId: string, caseId: string, actionClass: string, minute: number, alreadyInForce = false): void => {
    ask({ ...propose, actionId, caseId, actionClass, detectedAt: minutes(minute) }, minutes(minute));
    const { outcome, vendorRef, detail } = finished('SUCCEEDED') as Extract<ActionFact, { type: 'action.finished' }>;
    ask(
      {
        type: 'action.record-identity',
        actionId,
        asking: 1,
        outcome: 'FOUND',
        vendor: 'defender',
        vendorId: 'm1',
        name: 'web01',
        names: ['web01'],
        detail: '',
        at: minutes(minute),
      },
      minutes(minute),
    );
    const ref = alreadyInForce ? '' : vendorRef;
    ask({ type: 'action.record-result', actionId, outcome, detail, vendorRef: ref, alreadyInForce }, minutes(minute));
    ask({ type: 'action.record-verification', actionId, ...seen(true), observedAt: minutes(minute) }, minutes(minute));
  };
  const undo = (actionId: string, minute: number): void => {
    ask({ type: 'action.revert', actionId, reason: 'its time is over' }, minutes(minute));
    ask({ type: 'action.record-reverted', actionId, ...undone(true), observedAt: minutes(minute) }, minutes(minute));
  };
  return {
    act,
    undo,
    hear,
    waiting,
    revert: (actionId: string) => ask({ type: 'action.revert', actionId, reason: 'its time is over' }, minutes(3_000)),
    stateOf: (actionId: string) => (lives[actionId] ?? []).reduce(actionStream.evolve, actionStream.initial()).state,
    containedAt: (caseId: string) =>
      showing(caseView).of(
        ...(kept[caseId] ?? []).map((fact, index) =>
          heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }),
        ),
      )[caseId]?.containedAt,
    timelineOf: (caseId: string) =>
      (kept[caseId] ?? []).flatMap((fact) => (fact.type === 'case.action-recorded' ? [fact.summary] : [])),
  };
};

describe('a case whose host was cut off', () => {
  it('is contained no more once another action is seen to release the host, and says by what', () => {
    const host = onOneHost();
    host.act('x', 'c1', 'isolate-host', 0);
    expect(host.containedAt('c1')).toBe(minutes(0));
    host.act('r', 'c2', 'release-host', 75);
    host.hear();
    expect([host.stateOf('x'), host.stateOf('r'), host.containedAt('c1')]).toEqual(['REVERTED', 'VERIFIED', null]);
    expect(host.timelineOf('c1').at(-1)).toBe(
      `isolate-host of web01 holds no more: it was given back by another action (r) of another case: seen (as of ${new Date(minutes(75)).toISOString()})`,
    );
    host.revert('x');
    expect(host.stateOf('x')).toBe('REVERTED');
  });
  it('is contained no more once what it found in force is lifted by the action whose doing it was', () => {
    const host = onOneHost();
    host.act('x', 'c1', 'isolate-host', 0);
    host.act('y', 'c2', 'isolate-host', 60, true);
    host.hear();
    expect(host.containedAt('c2')).toBe(minutes(60));
    host.undo('x', 1_440);
    host.hear();
    expect([host.stateOf('x'), host.stateOf('y')]).toEqual(['REVERTED', 'REVERTED']);
    expect([host.containedAt('c1'), host.containedAt('c2')]).toEqual([null, null]);
    expect(host.timelineOf('c2').at(-1)).toContain('given back by undoing another action (x) of another case');
  });
  it('stays contained by an isolation that was seen after a release, whichever is heard of first', () => {
    const host = onOneHost();
    host.act('x', 'c1', 'isolate-host', 0);
    host.act('r', 'c1', 'release-host', 30);
    host.act('y', 'c2', 'isolate-host', 60);
    const all = host.waiting.splice(0);
    host.hear([...all].reverse());
    host.hear(all);
    expect([host.stateOf('x'), host.stateOf('y')]).toEqual(['REVERTED', 'VERIFIED']);
    expect([host.containedAt('c1'), host.containedAt('c2')]).toEqual([null, minutes(60)]);
  });
});
