import type { ActionFact, TenantState } from '#contracts';
import { scenario } from '#libs/testing';
import { actionStream } from './decider.js';
import {
  approved,
  asked,
  askedWho,
  at,
  decided,
  found,
  identified,
  proposed,
  recordIdentity,
  started,
  system,
  tenant,
  zoe,
} from '../../../test/samples/action.js';

const { given } = scenario(actionStream, { actor: system, now: at });
const MINUTE_MS = 60_000;
const under = (mode: 'AUTHORIZE' | 'COLLABORATE' | 'NOTIFY', policy = {}, more: Partial<TenantState> = {}) => ({
  settings: { ...tenant(mode, policy), ...more },
});
const types = (facts: ActionFact[]): string[] => facts.map(({ type }) => type);
const excluding = (entity: string) => under('AUTHORIZE', { exclusions: [{ entity, reason: 'never' }] });
const resolving = [proposed, askedWho()];
const execute = { type: 'action.execute' as const, actionId: 'a1' };

describe('who was found', () => {
  it('is acted on by the very commit, under the id that is kept', () =>
    given(...resolving)
      .when(recordIdentity(), under('AUTHORIZE'))
      .thenLike(
        { type: 'action.identified', ...found },
        { type: 'action.decided', decision: 'EXECUTE' },
        { type: 'action.started', inverting: false, ...found },
      ));
  it('is asked about by the name the vendor has', () =>
    given(...resolving)
      .when(recordIdentity(), under('COLLABORATE'))
      .thenLike(
        { type: 'action.identified' },
        { type: 'action.decided', decision: 'ASK' },
        {
          type: 'action.approval-requested',
          question: 'May we cut web01.acme.example (web01) off from the network?',
          contacts: ['zoe'],
          expiresAt: at + 60 * MINUTE_MS,
        },
      ));
  it.each(['host:m1', 'host:web01.acme.example', 'host:WEB01', 'ip:10.0.0.7', 'host:10.0.0.7'])(
    'is left alone where %s is excluded',
    (entity) =>
      expect(
        types(
          given(...resolving)
            .when(recordIdentity(), excluding(entity))
            .facts(),
        ),
      ).toEqual(['action.identified', 'action.decided', 'action.skipped']),
  );
  it('is guided about where the policy changed meanwhile', () =>
    expect(
      types(
        given(...resolving)
          .when(recordIdentity(), under('NOTIFY'))
          .facts(),
      ),
    ).toEqual(['action.identified', 'action.decided', 'action.guided']));
  it('is left alone where it was excluded meanwhile', () =>
    expect(
      given(...resolving)
        .when(recordIdentity(), excluding('host:web01'))
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.skipped' }));
  it('loses the groups of an asset in another domain', () => {
    const override = {
      id: 'desks',
      mode: 'AUTHORIZE',
      actionClasses: [],
      assetGroups: ['desks'],
      severities: [],
      minConfidence: 0,
      hours: 'ANY',
    };
    const assets = [
      {
        assetId: 'a',
        hostnames: ['web01.acme.example'],
        criticality: 'HIGH' as const,
        owner: '',
        unit: '',
        exposure: '',
        groups: ['desks'],
      },
    ];
    const known = under('NOTIFY', { overrides: [override] }, { assets });
    expect(
      given(...resolving)
        .when(recordIdentity(), known)
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.started' });
    const elsewhere = recordIdentity({ name: 'web01.other.example', names: ['m1', 'web01.other.example'] });
    expect(
      given(...resolving)
        .when(elsewhere, known)
        .facts()
        .at(-1),
    ).toMatchObject({ type: 'action.guided' });
  });
  it('is told by the system alone', () =>
    given(...resolving)
      .when(recordIdentity(), { ...under('AUTHORIZE'), actor: zoe })
      .refuses('only the system side may record identities'));
  it('has an id', () =>
    given(...resolving)
      .when(recordIdentity({ vendorId: '' }), under('AUTHORIZE'))
      .refuses('who was found has an id at a vendor'));
});

describe('an answer', () => {
  it('counts once', () =>
    given(...resolving, identified(), decided('EXECUTE'), started)
      .when(recordIdentity(), under('AUTHORIZE'))
      .then());
  it('to an earlier asking says nothing', () =>
    given(...resolving, askedWho(2))
      .when(recordIdentity({ asking: 1 }), under('AUTHORIZE'))
      .then());
  it('that is old is asked for again, as the name may mean another by now', () =>
    given(...resolving)
      .when(recordIdentity(), { ...under('AUTHORIZE'), now: at + 10 * MINUTE_MS + 1 })
      .thenLike({ type: 'action.identity-requested', asking: 2 }));
  it.each<[string, ActionFact]>([
    ['the customer said no', { type: 'action.denied', actionId: 'a1', caseId: 'c1', comment: '', by: zoe, at }],
    ['nobody answered', { type: 'action.expired', actionId: 'a1', caseId: 'c1', at }],
  ])('after %s changes nothing', (_, end) =>
    given(...resolving, identified(), decided('ASK'), asked, end)
      .when(recordIdentity(), under('AUTHORIZE'))
      .then(),
  );
  it.each(['NOT_FOUND', 'AMBIGUOUS', 'REFUSED'] as const)('of %s ends it, and nothing was sent', (outcome) =>
    given(...resolving)
      .when(recordIdentity({ outcome, vendorId: '', detail: 'nobody' }), under('AUTHORIZE'))
      .thenLike({ type: 'action.finished', outcome: 'FAILED', detail: 'nothing was sent: nobody' }),
  );
  it('that nobody can be asked ends it', () =>
    given(...resolving)
      .when(
        recordIdentity({ outcome: 'UNSUPPORTED', vendor: '', vendorId: '', detail: 'no connector' }),
        under('AUTHORIZE'),
      )
      .thenLike({ type: 'action.finished', outcome: 'UNSUPPORTED' }));
});

describe('a vendor that is away', () => {
  const away = (asking: number) => recordIdentity({ outcome: 'UNAVAILABLE', vendorId: '', detail: 'away', asking });
  it('is asked again', () =>
    given(...resolving)
      .when(away(1), { ...under('AUTHORIZE'), now: at + 4_000 })
      .thenLike({ type: 'action.identity-requested', asking: 2 }));
  it('is not asked again where the policy changed meanwhile', () =>
    expect(
      types(
        given(...resolving)
          .when(away(1), under('NOTIFY'))
          .facts(),
      ),
    ).toEqual(['action.decided', 'action.guided']));
  it('is left to people after an hour', () =>
    given(...resolving, askedWho(2, at + 30 * MINUTE_MS))
      .when(away(2), { ...under('AUTHORIZE'), now: at + 60 * MINUTE_MS + 1 })
      .thenLike({ type: 'action.finished', outcome: 'FAILED', detail: 'nothing was sent: away' }));
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
  const past = [...resolving, identified(), decided('ASK'), asked, unanswered, askedWho(2)];
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
