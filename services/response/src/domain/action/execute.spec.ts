import type { ActionFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  at,
  system,
  zoe,
  proposed,
  decided,
  found,
  askedWho,
  identified,
  recordIdentity,
  asked,
  tried,
  approved,
  started,
} from '../../../test/samples/action.js';
import { given, typesOf, under } from '../../../test/samples/given.js';

const excluding = (entity: string) => under('AUTHORIZE', { exclusions: [{ entity, reason: 'never' }] });
const resolving = [proposed, askedWho()];
const execute = { type: 'action.execute' as const, actionId: 'a1' };

describe('execution', () => {
  it('asks the vendor once more who was agreed on', () =>
    given(proposed, decided('ASK'), asked, approved)
      .when(execute, under('COLLABORATE'))
      .thenLike({ type: 'action.identity-requested' }));
  it('asks the policy again, which may have changed', () =>
    expect(typesOf(given(proposed, decided('ASK'), asked, approved).when(execute, under('NOTIFY')).facts())).toEqual([
      'action.decided',
      'action.guided',
    ]));
  it('tells the customer how, where the connector that could do it is gone since', () =>
    given(proposed, decided('ASK'), asked, approved)
      .when(execute, under('COLLABORATE', {}, { connectors: [] }))
      .thenLike({ type: 'action.decided', decision: 'GUIDE', rule: 'no-connector' }, { type: 'action.guided' }));
  it('waits for the customer', () => given(proposed, decided('ASK'), asked).when(execute, under('COLLABORATE')).then());
  it('starts once', () => given(proposed, decided('EXECUTE'), started).when(execute, under('AUTHORIZE')).then());
  it('is never begun by a person', () =>
    given(proposed, decided('ASK'), asked, approved)
      .when(execute, { ...under('AUTHORIZE'), actor: zoe })
      .refuses('only the system side may execute actions'));
});

describe('after the customer agreed', () => {
  const agreed = [...resolving, identified(), decided('ASK'), asked, approved];
  it('the vendor is asked again', () =>
    given(...agreed)
      .when(execute, under('COLLABORATE'))
      .thenLike({ type: 'action.identity-requested', asking: 2 }));
  it('the same one is acted on', () =>
    expect(
      given(...agreed, askedWho(2))
        .when(recordIdentity({ asking: 2 }), under('COLLABORATE'))
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.started', ...found }));
  it('another of that name is not: the customer is asked about it', () =>
    expect(
      given(...agreed, askedWho(2))
        .when(
          recordIdentity({ asking: 2, vendorId: 'm2', name: 'web01.b.example', names: ['m2', 'web01.b.example'] }),
          under('COLLABORATE'),
        )
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.approval-requested', question: expect.stringContaining('web01.b.example') }));
  it('what is excluded since is left alone', () =>
    expect(
      given(...agreed)
        .when(execute, excluding('host:m1'))
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.skipped' }));
  it('it may still say no until it starts', () => {
    const deny = { type: 'action.deny' as const, actionId: 'a1', comment: 'stop' };
    given(...agreed)
      .when(deny, { actor: zoe })
      .thenLike({ type: 'action.denied' });
    given(...agreed, askedWho(2))
      .when(deny, { actor: zoe })
      .thenLike({ type: 'action.denied' });
    given(...agreed, askedWho(2), started)
      .when(deny, { actor: zoe })
      .refuses(/awaits no approval/);
    given(...resolving)
      .when(deny, { actor: zoe })
      .refuses(/awaits no approval/);
  });
});

describe('where nobody answered and the customer had opted in', () => {
  const optedIn = under('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] });
  const unanswered: ActionFact = {
    type: 'action.approved',
    actionId: 'a1',
    caseId: 'c1',
    comment: '',
    by: system,
    at: at + 15 * MINUTE_MS,
  };
  const past = [...resolving, identified(), decided('ASK'), asked, tried(), unanswered, askedWho(2)];
  const answer = recordIdentity({ asking: 2, at: at + 15 * MINUTE_MS });
  it('it goes on, once the vendor was asked again', () =>
    expect(
      given(...past)
        .when(answer, { ...optedIn, now: at + 15 * MINUTE_MS })
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.started' }));
  it('it does not where the customer opted out meanwhile', () =>
    expect(
      given(...past)
        .when(answer, { ...under('COLLABORATE'), now: at + 15 * MINUTE_MS })
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.approval-requested' }));
  it('it does not for another of that name', () =>
    expect(
      given(...past)
        .when({ ...answer, vendorId: 'm2' }, { ...optedIn, now: at + 15 * MINUTE_MS })
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.approval-requested' }));
});
