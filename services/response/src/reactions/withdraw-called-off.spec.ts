import type { ActionSkipped } from '#contracts';
import { hearing } from '#libs/testing';
import { propose } from '../../test/samples/action.js';
import { containmentOf } from './containment-id.js';
import { proposeWhereWanted, withdrawCalledOff } from './withdraw-called-off.js';

const because = 'the case is CLOSED as FALSE_POSITIVE';

it('what a case that is over called off is withdrawn, each', () =>
  hearing(withdrawCalledOff)
    .of({ type: 'case.actions-called-off', caseId: 'c1', actionIds: ['a1', 'a2'], because, at: 1 })
    .asks(
      { type: 'action.withdraw', actionId: 'a1', reason: because, intoCaseId: null, since: 1 },
      { type: 'action.withdraw', actionId: 'a2', reason: because, intoCaseId: null, since: 1 },
    ));
it('what a case that went into another one called off is withdrawn for that one', () =>
  hearing(withdrawCalledOff)
    .of({ type: 'case.actions-called-off', caseId: 'c1', actionIds: ['a1'], because, at: 1, intoCaseId: 'c2' })
    .asks({ type: 'action.withdraw', actionId: 'a1', reason: because, intoCaseId: 'c2', since: 1 }));

describe('what was withdrawn', () => {
  const { type: _type, actionId: _actionId, assetGroups: _groups, ...rest } = propose;
  const skipped: ActionSkipped = { type: 'action.skipped', actionId: 'a1', caseId: 'c1', because, at: 1 };
  it('is proposed in the case where it is wanted, as the same containment is there', () =>
    hearing(proposeWhereWanted)
      .of({ ...skipped, wantedIn: { ...rest, caseId: 'c2' } })
      .asks({ ...propose, caseId: 'c2', actionId: containmentOf('c2', 'isolate-host', 'host:web01') }));
  it('is proposed nowhere where nobody wants it', () => hearing(proposeWhereWanted).of(skipped).asks());
});
