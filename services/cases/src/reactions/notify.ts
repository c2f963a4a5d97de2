import type {
  ActionApprovalRequested,
  CaseOpened,
  CasePriorityChanged,
  Contact,
  CaseNotifyCustomer,
  Severity,
  TenantState,
} from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { isAtLeast } from '#libs/terms';

/** From this severity on a case is told to the customer. */
const TOLD_FROM: Severity = 'MEDIUM';

const telling = (
  caseId: string,
  { subject, name, channel }: Pick<Contact, 'subject' | 'name' | 'channel'>,
): Asked<CaseNotifyCustomer> => ({
  request: { type: 'case.notify-customer', caseId, contact: subject || name, channel },
});

/**
 * The first contact for incidents hears of a case that weighs enough, when it opens or later; the case tells each
 * contact once.
 */
export const tellCustomer: Reaction<CaseOpened | CasePriorityChanged, CaseNotifyCustomer, TenantState> = {
  name: 'tell-customer',
  hears: ['case.opened', 'case.priority-changed'],
  react: ({ message: { caseId, severity } }, settings) => {
    const contact = settings?.contacts.find(({ kind }) => kind === 'INCIDENT');
    return contact && isAtLeast(severity, TOLD_FROM) ? [telling(caseId, contact)] : [];
  },
};

/** Who is asked to agree is told as well. */
export const tellApprover: Reaction<ActionApprovalRequested, CaseNotifyCustomer, TenantState> = {
  name: 'tell-approver',
  hears: ['action.approval-requested'],
  react: ({ message: { caseId, contacts } }, settings) => {
    const [subject] = contacts;
    if (!caseId || !subject) return [];
    return [
      telling(
        caseId,
        settings?.contacts.find((one) => one.subject === subject) ?? { subject, name: subject, channel: 'portal' },
      ),
    ];
  },
};
