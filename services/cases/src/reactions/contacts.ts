import type {
  ActionApprovalRequested,
  Contact,
  DeliveryRequested,
  PostureObserve,
  TenantContactsSet,
  TenantState,
} from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { isCall, isReached, type ContactCheck } from '#libs/terms';
import { postureIdOf } from './posture.js';

/** What a tenant without the right contacts lacks; nobody's silence is an answer there. */
const CHECKS = {
  NOBODY_TO_TELL: {
    title: 'No contact can be told of incidents: none has mail, phone or a webhook',
    severity: 'HIGH',
    isMet: ({ kind, channel }: Contact): boolean => kind === 'INCIDENT' && isReached(channel),
  },
  NOBODY_TO_ASK: {
    title: 'No contact can be asked to agree: none for incidents has access to the portal',
    severity: 'HIGH',
    isMet: ({ kind, subject }: Contact): boolean => kind === 'INCIDENT' && subject !== '',
  },
  NOBODY_TO_REPORT_TO: {
    title: 'No contact is told when a report is ready: none for reports has mail or a webhook',
    severity: 'LOW',
    // Nobody is called up for a report.
    isMet: ({ kind, channel }: Contact): boolean => kind === 'REPORT' && isReached(channel) && !isCall(channel),
  },
} as const satisfies Record<ContactCheck, object>;

/** However often it is seen, it is one thing that is lacking, until it is there. */
const observe = (
  tenant: string,
  check: ContactCheck,
  { isPresent, at }: { isPresent: boolean; at: number },
): Asked<PostureObserve> => ({
  request: {
    type: 'posture.observe',
    postureId: postureIdOf(tenant, check, tenant),
    check,
    subject: tenant,
    title: CHECKS[check].title,
    severity: isPresent ? CHECKS[check].severity : 'UNKNOWN',
    gapId: '',
    isPresent,
    since: at,
    figures: [],
  },
  seed: check,
});

/** What is lacking where nobody is there for what was to be told or asked. */
const checkOf = (message: DeliveryRequested | ActionApprovalRequested): ContactCheck => {
  if (message.type === 'action.approval-requested') return 'NOBODY_TO_ASK';
  return message.purpose === 'REPORT' ? 'NOBODY_TO_REPORT_TO' : 'NOBODY_TO_TELL';
};

/**
 * That nobody could be told or asked is seen when somebody was to be, unless contacts are there by the time it is
 * heard, and ends with contacts, and with a question that is put to somebody.
 */
export const followContacts: Reaction<
  TenantContactsSet | DeliveryRequested | ActionApprovalRequested,
  PostureObserve,
  TenantState
> = {
  name: 'follow-contacts',
  hears: ['tenant.contacts-set', 'delivery.requested', 'action.approval-requested'],
  react: ({ envelope: { tenant }, message }, settings) => {
    const { at, contacts } = message;
    if (message.type === 'tenant.contacts-set')
      return (Object.keys(CHECKS) as ContactCheck[]).flatMap((check) => {
        const isPresent = !message.contacts.some(CHECKS[check].isMet);
        // Who wants no mail of reports lacks nothing before there is one.
        if (isPresent && check === 'NOBODY_TO_REPORT_TO') return [];
        return observe(tenant, check, { isPresent, at });
      });
    const check = checkOf(message);
    if (contacts.length > 0) return check === 'NOBODY_TO_ASK' ? [observe(tenant, check, { isPresent: false, at })] : [];
    // Advice is told to whoever sees to it, and nobody is called up for it.
    if (message.type === 'delivery.requested' && message.purpose === 'REMINDER') return [];
    // Whoever this one was to go to: others could be told, or asked.
    return settings?.contacts.some(CHECKS[check].isMet) ? [] : [observe(tenant, check, { isPresent: true, at })];
  },
};
