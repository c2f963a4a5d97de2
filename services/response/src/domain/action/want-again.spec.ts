import type { ActionFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  approved,
  asked,
  askedWho,
  at,
  decided,
  finished,
  guided,
  propose,
  proposed,
  started,
  system,
  tried,
  undoing,
  verified,
  zoe,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

const ids = { actionId: 'a1', caseId: 'c1', at };
const skipped: ActionFact = { type: 'action.skipped', ...ids, because: 'the case is CLOSED', by: system };
const denied: ActionFact = { type: 'action.denied', ...ids, comment: '', by: zoe };
const expired: ActionFact = { type: 'action.expired', ...ids };
const ended = (outcome: 'FAILED' | 'UNSUPPORTED'): ActionFact => ({ ...finished('SUCCEEDED'), outcome }) as ActionFact;
const reverted: ActionFact = {
  type: 'action.reverted',
  ...ids,
  reason: 'seen',
  by: system,
  observedAt: at,
  lagMs: 0,
  actionClass: 'isolate-host',
  vendor: 'defender',
  vendorId: 'm1',
};
const done: ActionFact = { type: 'action.done-by-customer', ...ids, comment: '', by: zoe };
const held = [proposed, started, finished('SUCCEEDED'), verified(true)];

/** Found, heard of in the same case, `minutes` after the end of the first containment. */
const found = (minutes: number) => ({
  ...propose,
  severity: 'CRITICAL' as const,
  detectedAt: at + minutes * MINUTE_MS,
});
const laterOn = { ...under('AUTHORIZE'), now: at + 30 * MINUTE_MS };
const again = (past: ActionFact[], minutes = 20) => given(...past).when(found(minutes), laterOn);

describe('a containment that ended without holding', () => {
  it.each<[string, ActionFact[]]>([
    ['called off', [proposed, askedWho(), skipped]],
    ['denied', [proposed, decided('ASK'), asked, denied]],
    ['expired', [proposed, decided('ASK'), asked, expired]],
    ['failed', [proposed, started, ended('FAILED')]],
    ['not supported', [proposed, started, ended('UNSUPPORTED')]],
    ['given back', [...held, undoing, reverted]],
    ['done by the customer, as it says', [proposed, decided('GUIDE'), guided, done]],
  ])('is wanted once more for what was found after its end, and not for what was found before: %s', (_how, past) => {
    expect(again(past).facts()).toMatchObject([
      { type: 'action.wanted-again', wanted: { severity: 'CRITICAL', detectedAt: at + 20 * MINUTE_MS } },
    ]);
    again(past, 0).then();
    again(past, -1).then();
  });
  it.each<[string, ActionFact[]]>([
    ['proposed', [proposed]],
    ['asked who it is', [proposed, askedWho()]],
    ['asked about', [proposed, decided('ASK'), asked, tried()]],
    ['agreed to', [proposed, decided('ASK'), asked, approved]],
    ['with the customer', [proposed, decided('GUIDE'), guided]],
    ['under way', [proposed, started]],
    ['done', [proposed, started, finished('SUCCEEDED')]],
    ['not known to be done', [proposed, started, finished('OUTCOME_UNKNOWN')]],
    ['holding', held],
    ['being given back', [...held, undoing]],
  ])('is none that is %s: no other is wanted', (_how, past) => again(past).then());
  it('is wanted once by one finding, however often that is heard of, and again by a newer one', () => {
    const past = [proposed, decided('ASK'), asked, denied];
    const once = [...past, ...again(past).facts()];
    again(once).then();
    again(once, 19).then();
    again(once, 21).thenLike({ type: 'action.wanted-again' });
  });
  it('is not asked about again for a quarter of an hour after a no, and at once where nobody said no', () => {
    const [asking, no] = [
      [proposed, decided('ASK'), asked],
      [proposed, decided('ASK'), asked, denied],
    ];
    again(no, 1).then();
    again(no, 15).then();
    again(no, 16).thenLike({ type: 'action.wanted-again' });
    again([...asking, expired], 1).thenLike({ type: 'action.wanted-again' });
  });
  it('is wanted under an id of its own, the same each time', () => {
    const past = [proposed, decided('ASK'), asked, denied];
    const [first] = again(past).facts() as { nextActionId?: string }[];
    const [second] = again(past, 21).facts() as { nextActionId?: string }[];
    expect(first?.nextActionId).toBe(second?.nextActionId);
    expect(first?.nextActionId).not.toBe('a1');
  });
  it('is proposed as one of several, and by people only after twenty', () => {
    const past = (before: number) => [{ ...proposed, again: before } as ActionFact, decided('ASK'), asked, denied];
    again(past(3)).thenLike({ type: 'action.wanted-again', again: 4 });
    again(past(19)).thenLike({ type: 'action.wanted-again', again: 20 });
    again(past(20)).then();
  });
  it('stays as it ended', () => {
    const past = [proposed, decided('ASK'), asked, denied];
    given(...past, ...again(past).facts())
      .when({ type: 'action.approve', actionId: 'a1', comment: '' }, { ...laterOn, actor: zoe })
      .refuses('the action is DENIED and awaits no approval');
  });
  it('is nothing that a person proposes under the id of another, or of something else', () => {
    const past = [proposed, decided('ASK'), asked, denied];
    const asking = (over: object) => given(...past).when({ ...found(20), ...over }, laterOn);
    given(...past)
      .when(found(20), { ...laterOn, actor: { subject: 'ada', side: 'PROVIDER' } })
      .then();
    asking({ caseId: 'c2' }).then();
    asking({ actionClass: 'release-host' }).then();
    asking({ target: { ...propose.target, entity: 'host:web02' } }).then();
  });
});
