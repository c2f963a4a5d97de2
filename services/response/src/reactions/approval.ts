import type {
  ActionApprovalRequested,
  ActionApproved,
  ActionContactTried,
  ActionExecute,
  ActionExpire,
  ActionRecordContact,
  CaseActionRecorded,
  CaseMessagePosted,
  DeliveryAcknowledged,
  DeliveryAttempted,
  TenantState,
} from '#contracts';
import type { Asked, Reaction } from '#libs/model';
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

/** It says when it was due: whether silence was listened to follows from how late it is decided. */
const executeAt = (actionId: string, dueAt: number): Asked<ActionExecute> => ({
  request: { type: 'action.execute', actionId, dueAt },
  dueAt,
});

/** An approval expires; where the customer opted in, the action is tried again once nobody has answered long enough. */
export const watchApproval: Reaction<ActionApprovalRequested, ActionExpire | ActionExecute, TenantState> = {
  name: 'watch-approval',
  hears: ['action.approval-requested'],
  react: ({ message: { actionId, expiresAt, at } }, settings) => {
    const minutes = settings?.policy.escalateIfUnreachableAfterMinutes;
    return [
      { request: { type: 'action.expire', actionId }, dueAt: expiresAt },
      ...(minutes ? [executeAt(actionId, at + minutes * MINUTE_MS)] : []),
    ];
  },
};

/** What oncall says of telling those who were asked. */
export const noteContact: Reaction<DeliveryAttempted | DeliveryAcknowledged, ActionRecordContact> = {
  name: 'note-contact',
  hears: ['delivery.attempted', 'delivery.acknowledged'],
  react: ({ message }) => {
    const { actionId, asking, purpose, at: triedAt } = message;
    if (purpose !== 'APPROVAL' || actionId === '') return [];
    const said =
      message.type === 'delivery.acknowledged'
        ? { contact: message.by.subject, channel: 'portal', outcome: 'ACCEPTED' as const, reached: true }
        : {
            contact: message.contact,
            channel: message.channel,
            outcome: message.outcome,
            // By a person: who took a call is there.
            reached: message.outcome === 'ACCEPTED' && Boolean(message.by),
          };
    return [{ request: { type: 'action.record-contact', actionId, asking, ...said, triedAt } }];
  },
};

/** Whoever is told last may be told late: it is tried again once that contact's time to answer is over. */
export const watchContacts: Reaction<ActionContactTried, ActionExecute, TenantState> = {
  name: 'watch-contacts',
  hears: ['action.contact-tried'],
  react: ({ message: { actionId, waitUntil, at } }, settings) =>
    settings?.policy.escalateIfUnreachableAfterMinutes ? [executeAt(actionId, waitUntil ?? at)] : [],
};

/** Who writes in a case, or answers another action of it, is there: nobody's silence is an answer then. */
export const noteWord: Reaction<CaseMessagePosted | CaseActionRecorded, ActionRecordContact> = {
  name: 'note-word',
  hears: ['case.message-posted', 'case.action-recorded'],
  react: ({ message: { by, at: triedAt, pendingActionIds } }) => {
    if (by?.side !== 'CUSTOMER') return [];
    const said = { contact: by.subject, channel: 'portal', outcome: 'ACCEPTED' as const, reached: true, triedAt };
    return (pendingActionIds ?? []).map((actionId) => ({
      request: { type: 'action.record-contact', actionId, ...said },
      seed: actionId,
    }));
  },
};
