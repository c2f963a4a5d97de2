import type { ActionFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  approved,
  asked,
  askedWho,
  at,
  decided,
  identified,
  proposed,
  recordIdentity,
  started,
  system,
  tried,
  zoe,
} from '../../../test/samples/action.js';
import { given, under } from '../../../test/samples/given.js';

const ada = { subject: 'ada', side: 'PROVIDER' as const };
const optedIn = under('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] });
const withdraw = { type: 'action.withdraw' as const, actionId: 'a1', reason: 'the case is CLOSED as FALSE_POSITIVE' };
const awaiting = [proposed, askedWho(), identified(), decided('ASK'), asked, tried()];
const withdrawn = (past: ActionFact[]) => [
  ...past,
  ...given(...past)
    .when(withdraw, optedIn)
    .facts(),
];

describe('an action that nobody wants any more', () => {
  it.each<[string, ActionFact[]]>([
    ['waits for an answer', awaiting],
    ['was agreed on', [...awaiting, approved]],
    ['waits for the vendor', [proposed, askedWho()]],
  ])('is not done where it %s', (_where, past) =>
    given(...past)
      .when(withdraw, optedIn)
      .thenLike({ type: 'action.skipped', because: withdraw.reason, by: system }),
  );
  it('is not started by silence', () =>
    given(...withdrawn(awaiting))
      .when({ type: 'action.execute', actionId: 'a1' }, { ...optedIn, now: at + 20 * MINUTE_MS })
      .then());
  it('is not started by a vendor that comes back', () =>
    given(...withdrawn([proposed, askedWho()]))
      .when(recordIdentity(), under('AUTHORIZE'))
      .then());
  it('is not started by a yes that comes late', () =>
    given(...withdrawn(awaiting))
      .when({ type: 'action.approve', actionId: 'a1', comment: '' }, { ...optedIn, actor: zoe })
      .refuses('awaits no approval'));
  it('is withdrawn once', () =>
    given(...withdrawn(awaiting))
      .when(withdraw, optedIn)
      .then());
});

describe('what began', () => {
  const begun = [proposed, askedWho(), identified(), decided('EXECUTE'), started];
  it('goes on where its case ended', () =>
    given(...begun)
      .when(withdraw, optedIn)
      .then());
  it('is not for people to withdraw', () =>
    given(...begun)
      .when(withdraw, { ...optedIn, actor: ada })
      .refuses('cannot be withdrawn'));
});

describe('withdrawing', () => {
  it('says what is wanted in the case that this one went into, as it was proposed', () =>
    given(...awaiting)
      .when({ ...withdraw, intoCaseId: 'c2' }, optedIn)
      .thenLike({
        type: 'action.skipped',
        wantedIn: {
          caseId: 'c2',
          actionClass: 'isolate-host',
          target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
          severity: 'HIGH',
          confidence: 80,
          reason: 'LSASS was read',
          detectedAt: at - 1_000,
        },
      }));
  it('is for people who say why', () => {
    given(...awaiting)
      .when(withdraw, { ...optedIn, actor: ada })
      .thenLike({ type: 'action.skipped', by: ada });
    given(...awaiting)
      .when({ ...withdraw, reason: ' ' }, { ...optedIn, actor: ada })
      .refuses('a reason is needed');
  });
  it('is not for the customer, who says no instead', () =>
    given(...awaiting)
      .when(withdraw, { ...optedIn, actor: zoe })
      .refuses('only the provider withdraws actions'));
});
