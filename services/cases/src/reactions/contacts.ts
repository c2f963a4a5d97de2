import type {
  ActionApprovalRequested,
  Contact,
  DeliveryRequested,
  PostureObserve,
  TenantContactsSet,
  TenantState,
} from '#contracts';
import { idOf, type Asked, type Reaction } from '#libs/model';
import { isReached } from '#libs/terms';
import { postureIdOf } from './posture.js';

/** What a tenant without the right contacts lacks; nobody's silence is an answer there. */
const CHECKS = {
  NOBODY_TO_TELL: {
    title: 'No contact can be told of incidents: none has mail, phone or a webhook',
    isMet: ({ kind, channel }: Contact): boolean => kind === 'INCIDENT' && isReached(channel),
  },
  NOBODY_TO_ASK: {
    title: 'No contact can be asked to agree: none for incidents has access to the portal',
    isMet: ({ kind, subject }: Contact): boolean => kind === 'INCIDENT' && subject !== '',
  },
} as const;
type ContactCheck = keyof typeof CHECKS;

/** @param gapId of what is there; empty where it ends, whatever showed it. */
const observe = (
  tenant: string,
  check: ContactCheck,
  { gapId, isPresent, at }: { gapId: string; isPresent: boolean; at: number },
): Asked<PostureObserve> => ({
  request: {
    type: 'posture.observe',
    postureId: postureIdOf(tenant, check, tenant),
    check,
    subject: tenant,
    title: CHECKS[check].title,
    severity: isPresent ? 'HIGH' : 'UNKNOWN',
    gapId,
    isPresent,
    since: at,
    figures: [],
  },
  seed: check,
});

/** That nobody could be told or asked is seen when somebody was to be, and ends with contacts. */
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
      return (Object.keys(CHECKS) as ContactCheck[]).map((check) => {
        const isPresent = !message.contacts.some(CHECKS[check].isMet);
        return observe(tenant, check, { gapId: isPresent ? idOf('gap', check, tenant, at) : '', isPresent, at });
      });
    if (contacts.length > 0) return [];
    const check = message.type === 'delivery.requested' ? 'NOBODY_TO_TELL' : 'NOBODY_TO_ASK';
    // Once for the settings as they are, however many cases there are.
    return [observe(tenant, check, { gapId: idOf('gap', check, tenant, settings?.version ?? 0), isPresent: true, at })];
  },
};
