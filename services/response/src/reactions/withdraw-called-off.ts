import type { ActionPropose, ActionSkipped, ActionWithdraw, CaseActionsCalledOff } from '#contracts';
import type { Reaction } from '#libs/model';
import { containmentOf } from './containment-id.js';

/** A case that is over wants nothing contained: what waits for a yes, for silence or for the vendor is not begun. */
export const withdrawCalledOff: Reaction<CaseActionsCalledOff, ActionWithdraw> = {
  name: 'withdraw-called-off',
  hears: ['case.actions-called-off'],
  react: ({ message: { actionIds, because, intoCaseId = null, at: since } }) =>
    actionIds.map((actionId) => ({
      request: { type: 'action.withdraw', actionId, reason: because, intoCaseId, since },
      seed: actionId,
    })),
};

/**
 * A case that went into another one has its open questions asked there, once: what was denied, is over or was given
 * back stays so. The action's id is that of the same containment in the other case, which may have it already.
 */
export const proposeWhereWanted: Reaction<ActionSkipped, ActionPropose> = {
  name: 'propose-where-wanted',
  hears: ['action.skipped'],
  react: ({ message: { wantedIn } }) => {
    if (!wantedIn) return [];
    const { caseId, actionClass, target } = wantedIn;
    const actionId = containmentOf(caseId, actionClass, target.entity);
    return [{ request: { type: 'action.propose', actionId, ...wantedIn, assetGroups: [] } }];
  },
};
