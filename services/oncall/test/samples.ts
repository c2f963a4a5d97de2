import type { Contact, DeliveryDue, DeliverySend, TenantState } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';

/** Monday 2 November 2026, 10:00 UTC. */
export const THEN = Date.UTC(2026, 10, 2, 10, 0);

export const contactOf = (subject: string, special: Partial<Contact> = {}): Contact => ({
  name: subject,
  subject,
  kind: 'INCIDENT',
  channel: 'mail',
  address: `takes@${subject}.example`,
  callWindow: '',
  language: 'EN',
  ...special,
});

export const tenantWith = (tenantId: string, contacts: Contact[]): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: tenantId,
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'UTC',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'NOTIFY',
    overrides: [],
    exclusions: [],
    guards: STANDARD_GUARDS,
    approvalMinutes: 60,
    unreachableClasses: [],
  },
  contacts,
  calendar: { days: [], holidays: [] },
  sla: [],
  assets: [],
  identities: [],
  sources: [],
  connectors: [],
});

export const sendOf = (deliveryId: string, special: Partial<DeliverySend> = {}): DeliverySend => ({
  type: 'delivery.send',
  deliveryId,
  caseId: `case-${deliveryId}`,
  actionId: '',
  purpose: 'CASE',
  severity: 'HIGH',
  number: 1001,
  title: 'LSASS memory read',
  to: [],
  ...special,
});

/** What is due to a contact, of a case. */
export const dueTo = (contact: Contact): DeliveryDue => ({
  type: 'delivery.due',
  deliveryId: 'd',
  caseId: 'c',
  actionId: '',
  purpose: 'CASE',
  severity: 'HIGH',
  number: 1001,
  title: 'LSASS memory read',
  turn: 1,
  contact,
  at: THEN,
});
