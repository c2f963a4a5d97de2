import type { ActionFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  at,
  zoe,
  proposed,
  decided,
  found,
  askedWho,
  identified,
  recordIdentity,
  asked,
  started,
} from '../../../test/samples/action.js';
import { given, typesOf, under } from '../../../test/samples/given.js';

const excluding = (entity: string) => under('AUTHORIZE', { exclusions: [{ entity, reason: 'never' }] });
const resolving = [proposed, askedWho()];

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
        typesOf(
          given(...resolving)
            .when(recordIdentity(), excluding(entity))
            .facts(),
        ),
      ).toEqual(['action.identified', 'action.decided', 'action.skipped']),
  );
  it('is guided about where the policy changed meanwhile', () =>
    expect(
      typesOf(
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
      mode: 'AUTHORIZE' as const,
      actionClasses: [],
      assetGroups: ['desks'],
      severities: [],
      minConfidence: 0,
      hours: 'ANY' as const,
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
      typesOf(
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
