import type { ActionWithdraw, CaseActionsCalledOff } from '#contracts';
import type { Reaction } from '#libs/model';

/** A case that is over wants nothing contained: what waits for a yes, for silence or for the vendor is not begun. */
export const withdrawCalledOff: Reaction<CaseActionsCalledOff, ActionWithdraw> = {
  name: 'withdraw-called-off',
  hears: ['case.actions-called-off'],
  react: ({ message: { actionIds, because } }) =>
    actionIds.map((actionId) => ({
      request: { type: 'action.withdraw', actionId, reason: because },
      seed: actionId,
    })),
};
