import type { ActionApprovalRequested, ActionApproved, ActionExecute, ActionExpire, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';

/**
 * What the customer agreed to happens. Nothing else needs this: where no agreement is asked for, the commit that
 * decides also starts, and where nobody answered, the commit that says so also asks the vendor who it is.
 */
export const executeApproved: Reaction<ActionApproved, ActionExecute> = {
  name: 'execute-approved',
  hears: ['action.approved'],
  react: ({ message: { actionId, by } }) =>
    by.side === 'CUSTOMER' ? [{ request: { type: 'action.execute', actionId } }] : [],
};

/** An approval expires; where the customer opted in, the action is tried again once nobody has answered long enough. */
export const watchApproval: Reaction<ActionApprovalRequested, ActionExpire | ActionExecute, TenantState> = {
  name: 'watch-approval',
  hears: ['action.approval-requested'],
  react: ({ message: { actionId, expiresAt, at } }, settings) => {
    const minutes = settings?.policy.escalateIfUnreachableAfterMinutes;
    return [
      { request: { type: 'action.expire', actionId }, dueAt: expiresAt },
      ...(minutes ? [{ request: { type: 'action.execute' as const, actionId }, dueAt: at + minutes * MINUTE_MS }] : []),
    ];
  },
};
