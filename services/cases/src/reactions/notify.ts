import type {
  ActionApprovalRequested,
  ActionApproved,
  ActionDenied,
  ActionExpired,
  ActionGuided,
  ActionSkipped,
  CaseClosed,
  CaseMerged,
  CaseNotifyCustomer,
  CaseOpened,
  CasePriorityChanged,
  CaseReopened,
  CaseRecordUntold,
  DeliveryDelivered,
  DeliveryFailed,
  DeliverySend,
  DeliveryStop,
  Severity,
} from '#contracts';
import { idOf, type Reaction } from '#libs/model';
import { isAtLeast } from '#libs/terms';

/** From this severity on a case is told to the customer. */
const TOLD_FROM: Severity = 'MEDIUM';

/** The telling of a case to the customer: one that was reopened is told as another. */
const tellingOf = (caseId: string, life: number | null | undefined): string =>
  life ? idOf('delivery', caseId, life) : idOf('delivery', caseId);

/**
 * A case that weighs enough, when it opens, goes on again or later, is to be told, once in each life of it. That it
 * was, others say.
 */
export const tellCustomer: Reaction<CaseOpened | CasePriorityChanged | CaseReopened, DeliverySend> = {
  name: 'tell-customer',
  hears: ['case.opened', 'case.priority-changed', 'case.reopened'],
  react: ({ message }) => {
    const { caseId, severity, number, title } = message;
    if (!isAtLeast(severity, TOLD_FROM)) return [];
    return [
      {
        request: {
          type: 'delivery.send',
          deliveryId: tellingOf(caseId, 'life' in message ? message.life : 0),
          caseId,
          actionId: '',
          purpose: 'CASE',
          severity,
          number,
          title,
          to: [],
        },
      },
    ];
  },
};

/** The telling of a question to the customer: one that is put again is another, and is told as well. */
const askingOf = (caseId: string, actionId: string, asking: number | null | undefined): string =>
  asking ? idOf('delivery', caseId, actionId, asking) : idOf('delivery', caseId, actionId);

/** Who is asked to agree is to be told as well. */
export const tellApprover: Reaction<ActionApprovalRequested, DeliverySend> = {
  name: 'tell-approver',
  hears: ['action.approval-requested'],
  react: ({ message: { actionId, caseId, contacts, question, asking } }) =>
    caseId && contacts.length > 0
      ? [
          {
            request: {
              type: 'delivery.send',
              deliveryId: askingOf(caseId, actionId, asking),
              caseId,
              actionId,
              asking,
              purpose: 'APPROVAL',
              severity: 'UNKNOWN',
              number: 0,
              title: question,
              to: contacts,
            },
          },
        ]
      : [],
};

type Settled = ActionApproved | ActionDenied | ActionExpired | ActionGuided | ActionSkipped;

/** A question that is settled is put to nobody else. */
export const stopAsking: Reaction<Settled, DeliveryStop> = {
  name: 'stop-asking',
  hears: ['action.approved', 'action.denied', 'action.expired', 'action.guided', 'action.skipped'],
  react: ({ message: { type, caseId, actionId, asking } }) =>
    caseId
      ? [
          {
            request: {
              type: 'delivery.stop',
              deliveryId: askingOf(caseId, actionId, asking),
              reason: `the question: ${type}`,
            },
          },
        ]
      : [],
};

/**
 * Nobody is told that a case is worked on which is closed, or is part of another one that has its own telling; nor,
 * once it is told anew, as it was before.
 */
export const stopTelling: Reaction<CaseClosed | CaseMerged | CaseReopened, DeliveryStop> = {
  name: 'stop-telling',
  hears: ['case.closed', 'case.merged', 'case.reopened'],
  react: ({ message: { type, caseId, life } }) => {
    const told = type === 'case.reopened' ? (life ?? 0) - 1 : (life ?? 0);
    return told < 0
      ? []
      : [{ request: { type: 'delivery.stop', deliveryId: tellingOf(caseId, told), reason: `the case: ${type}` } }];
  },
};

/** Who is told of advice or of a report is told of no case, wherever the advice comes from. */
const isOfCase = ({ purpose, caseId }: DeliveryDelivered | DeliveryFailed): boolean =>
  caseId !== '' && (purpose === 'CASE' || purpose === 'APPROVAL');

/** Told is what a server of the contact took. */
export const keepTelling: Reaction<DeliveryDelivered, CaseNotifyCustomer> = {
  name: 'keep-telling',
  hears: ['delivery.delivered'],
  react: ({ message }) => {
    const { caseId, contact, channel, at: occurredAt } = message;
    return isOfCase(message)
      ? [{ request: { type: 'case.notify-customer', caseId, contact, channel, occurredAt } }]
      : [];
  },
};

/** That nobody could be told is known to whoever works on the case. */
export const keepFailure: Reaction<DeliveryFailed, CaseRecordUntold> = {
  name: 'keep-failure',
  hears: ['delivery.failed'],
  react: ({ message }) => {
    const { caseId, deliveryId, reason } = message;
    return isOfCase(message) ? [{ request: { type: 'case.record-untold', caseId, deliveryId, reason } }] : [];
  },
};
