import { hearing } from '#libs/testing';
import { withdrawCalledOff } from './withdraw-called-off.js';

it('what a case that is over called off is withdrawn, each', () => {
  const because = 'the case is CLOSED as FALSE_POSITIVE';
  hearing(withdrawCalledOff)
    .of({ type: 'case.actions-called-off', caseId: 'c1', actionIds: ['a1', 'a2'], because, at: 1 })
    .asks(
      { type: 'action.withdraw', actionId: 'a1', reason: because },
      { type: 'action.withdraw', actionId: 'a2', reason: because },
    );
});
