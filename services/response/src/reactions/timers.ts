import type { ActionApprovalRequested, ActionApproved, ActionDecided, ActionVerified, ExecuteAction, ExpireAction, RevertAction, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';
import { actionClassOf } from '../domain/action-classes.js';

const MINUTE_MS = 60_000;

/** What the policy lets happen, happens. */
export const executeDecided: Reaction<ActionDecided | ActionApproved, ExecuteAction> = {
  name: 'execute-decided',
  hears: ['action.decided', 'action.approved'],
  react: ({ message }) =>
    message.type === 'action.approved' || message.decision === 'EXECUTE' ? [{ request: { type: 'action.execute', actionId: message.actionId } }] : [],
};

/** An approval expires; where the customer opted in, the action is tried again once nobody has answered long enough. */
export const watchApproval: Reaction<ActionApprovalRequested, ExpireAction | ExecuteAction, TenantState> = {
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

/** Containment is for a time: it ends by itself unless people end it before. */
export const endWithTime: Reaction<ActionVerified, RevertAction> = {
  name: 'end-with-time',
  hears: ['action.verified'],
  react: ({ message: { actionId, actionClass, effective, at } }) => {
    const minutes = actionClassOf(actionClass)?.defaultTtlMinutes ?? 0;
    if (!effective || minutes === 0) return [];
    return [{ request: { type: 'action.revert', actionId, reason: `its time of ${minutes} minutes is over` }, dueAt: at + minutes * MINUTE_MS }];
  },
};
