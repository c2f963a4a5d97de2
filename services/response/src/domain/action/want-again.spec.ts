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
  notUndone,
  propose,
  proposed,
  recordIdentity,
  started,
  system,
  tried,
  undoing,
  undone,
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
    const notBefore = at + 15 * MINUTE_MS;
    for (const past of [no, [...asking, expired]])
      given(...past)
        .when(found(1), { ...laterOn, now: at + 2 * MINUTE_MS })
        .thenLike({ type: 'action.wanted-again', notBefore: past === no ? notBefore : null });
    again(no, 1).thenLike({ type: 'action.wanted-again', notBefore: null });
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

/** Joined its case `minutes` after the end of the first, of what was found a minute before that end. */
const joined = (minutes: number) => ({ ...found(-1), joinedAt: at + minutes * MINUTE_MS });
const early = (past: ActionFact[], minutes: number) => given(...past).when(joined(minutes), laterOn);
const minutesOn = (fact: ActionFact, minutes: number): ActionFact => ({ ...fact, at: at + minutes * MINUTE_MS });

describe('what ends a containment binds what its case knew of by then', () => {
  const questioned = [proposed, decided('ASK'), asked];
  it('and not what was found before, and on its way', () => {
    const over = [...questioned, skipped];
    early(over, 1).thenLike({ type: 'action.wanted-again' });
    early(over, 0).then();
    const once = [...over, ...early(over, 1).facts()];
    early(once, 1).then();
    early(once, 2).thenLike({ type: 'action.wanted-again' });
    early([...questioned, denied], 0).then();
    early([...questioned, denied], 1).thenLike({ type: 'action.wanted-again' });
  });
  it('as the case ended, however late that is heard', () => {
    const late = given(...questioned)
      .when({ type: 'action.withdraw', actionId: 'a1', reason: 'over', since: at }, laterOn)
      .facts();
    expect(late).toMatchObject([{ type: 'action.skipped', since: at, at: laterOn.now }]);
    early([...questioned, ...late], 1).thenLike({ type: 'action.wanted-again' });
    early([...questioned, ...late], 0).then();
  });
  it('as the time to answer was over, be its timer heard before or after', () => {
    const over = [proposed, decided('ASK'), { ...asked, expiresAt: at + MINUTE_MS } as ActionFact];
    early(over, 1).then();
    early(over, 2).thenLike({ type: 'action.expired' }, { type: 'action.wanted-again', state: 'EXPIRED' });
    const late = given(...over)
      .when({ type: 'action.expire', actionId: 'a1' }, laterOn)
      .facts();
    early([...over, ...late], 1).then();
    early([...over, ...late], 2).thenLike({ type: 'action.wanted-again', state: 'EXPIRED' });
  });
  it('as it was to be given back, however late that is seen', () =>
    early([...held, undoing, minutesOn(reverted, 3)], 1).thenLike({ type: 'action.wanted-again' }));
});

describe('a containment that is being given back', () => {
  const inverting = (minutes: number, by?: typeof zoe | { subject: string; side: 'PROVIDER' }): ActionFact =>
    minutesOn({ ...undoing, by } as ActionFact, minutes);
  const giveBack = (past: ActionFact[]) =>
    given(...past).when({ type: 'action.record-reverted', actionId: 'a1', ...undone(true) }, laterOn);

  it('is wanted once more when that is seen, by what joined meanwhile', () => {
    const past = [...held, inverting(0)];
    const kept = early(past, 1).facts();
    expect(kept).toMatchObject([{ type: 'action.wanted-again', state: 'REVERTING' }]);
    early([...past, ...kept], 1).then();
    expect(giveBack([...past, ...kept]).facts()).toMatchObject([
      { type: 'action.reverted' },
      { type: 'action.wanted-again', state: 'REVERTED', wanted: { joinedAt: at + MINUTE_MS }, refused: false },
    ]);
    giveBack(past).thenLike({ type: 'action.reverted' });
    early(past, 0).then();
  });
  it('stays wanted where that failed and is tried again, unless a person wants it back since', () => {
    const past = [...held, inverting(0), ...early([...held, inverting(0)], 1).facts(), notUndone];
    giveBack([...past, inverting(2)]).thenLike({ type: 'action.reverted' }, { type: 'action.wanted-again' });
    giveBack([...past, inverting(2, { subject: 'ada', side: 'PROVIDER' })]).thenLike({ type: 'action.reverted' });
    early([...held, inverting(0), notUndone], 1).thenLike({ type: 'action.wanted-again', state: 'VERIFIED' });
  });
  it('is wanted once more where another action gave it back meanwhile', () => {
    const past = [...held, inverting(0)];
    const by = { byActionId: 'a9', byCaseId: 'c1', inverting: true, evidence: 'seen', observedAt: at + 2 * MINUTE_MS };
    given(...past, ...early(past, 1).facts())
      .when({ type: 'action.supersede', actionId: 'a1', ...by }, laterOn)
      .thenLike({ type: 'action.superseded' }, { type: 'action.wanted-again', state: 'REVERTED' });
  });
});

describe('who said no', () => {
  const ada = { subject: 'ada', side: 'PROVIDER' as const };
  const questioned = [proposed, decided('ASK'), asked];
  it.each<[string, ActionFact[], boolean]>([
    ['the customer', [...questioned, denied], true],
    ['an analyst who withdrew it', [...questioned, { ...skipped, by: ada } as ActionFact], true],
    ['an analyst who took it back', [...held, { ...undoing, by: ada } as ActionFact, reverted], true],
    ['nobody, as its case was over', [...questioned, skipped], false],
    ['nobody, as its time was over', [...held, undoing, reverted], false],
    ['nobody answered', [...questioned, expired], false],
    ['nobody, but somebody said it before', [{ ...proposed, refused: true } as ActionFact, asked, expired], true],
  ])('is known when it is wanted once more: %s', (_who, past, refused) =>
    again(past).thenLike({ type: 'action.wanted-again', refused }),
  );
  it('is known where it goes on as its case goes into another one', () =>
    expect(
      given({ ...proposed, refused: true } as ActionFact, decided('ASK'), asked)
        .when({ type: 'action.withdraw', actionId: 'a1', reason: 'merged', intoCaseId: 'c2' }, laterOn)
        .facts(),
    ).toMatchObject([{ type: 'action.skipped', wantedIn: { caseId: 'c2', refused: true } }]));
  it('is asked, under every mode, and silence is no answer', () => {
    for (const mode of ['AUTHORIZE', 'COLLABORATE'] as const) {
      const policy = {
        ...under(mode, { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }),
      };
      const facts = given()
        .when({ ...propose, refused: true, again: 1 }, policy)
        .facts();
      const question = given(...facts)
        .when(recordIdentity(), policy)
        .facts();
      expect(question).toContainEqual(expect.objectContaining({ decision: 'ASK', rule: 'guard:refused' }));
      given(...facts, ...question, tried())
        .when({ type: 'action.execute', actionId: 'a1' }, { ...policy, now: at + 30 * MINUTE_MS })
        .then();
    }
  });
});
