import type { ActionReverted, ActionVerified } from '#contracts';
import { hearing } from '#libs/testing';
import { at, found, system, verified } from '../../test/samples/action.js';
import { recordEffect, supersedeEnded } from './superseding.js';

const seen: ActionVerified = { ...(verified(true) as ActionVerified), ...found, observedAt: at - 5 };
const reverted: ActionReverted = {
  type: 'action.reverted',
  actionId: 'a1',
  caseId: 'c1',
  reason: 'it connects again',
  by: system,
  observedAt: at - 5,
  lagMs: 0,
  actionClass: 'isolate-host',
  ...found,
  at,
};
const asked = (fact: ActionVerified | ActionReverted) => hearing(recordEffect).of(fact);

describe('what is kept of a target', () => {
  const kept = {
    type: 'target.record-effect',
    ...found,
    actionId: 'a1',
    caseId: 'c1',
    takes: 'isolate-host',
    isTaken: true,
    inverting: false,
    evidence: 'seen',
    observedAt: at - 5,
  } as const;
  it('is what was seen to be taken, up to when that was seen', () => {
    asked(seen).asks(kept);
    asked({ ...seen, observedAt: 0 }).asks({ ...kept, observedAt: at });
  });
  it('is what was seen to be given back, by an action that does or by undoing one', () => {
    asked({ ...seen, actionClass: 'release-host' }).asks({ ...kept, isTaken: false });
    asked(reverted).asks({ ...kept, isTaken: false, inverting: true, evidence: 'it connects again' });
  });
  it('is nothing of what was not seen, nor of facts that do not say whom the vendor meant', () => {
    asked({ ...seen, effective: false }).asks();
    asked({ ...seen, vendor: null, vendorId: null }).asks();
    asked(verified(true) as ActionVerified).asks();
    asked({ ...reverted, actionClass: null }).asks();
  });
});

it('whose effect another action ended is told by what', () => {
  const by = { byActionId: 'r', byCaseId: 'c2', inverting: false, evidence: 'seen', observedAt: at };
  hearing(supersedeEnded)
    .of({ type: 'target.effect-ended', ...found, actionId: 'a1', takes: 'isolate-host', ...by, at })
    .asks({ type: 'action.supersede', actionId: 'a1', ...by });
});
