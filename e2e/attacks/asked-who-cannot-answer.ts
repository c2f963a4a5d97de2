import type { Contact, TenantRequest } from '#contracts';
import { ada, carol, heldAfter } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/**
 * Silence lets an action proceed, and one person of the provider sees to it that whoever is asked is somebody who never
 * answers.
 */
export const askedWhoCannotAnswer: Attack = {
  name: 'asked-who-cannot-answer',
  line: 6,
  control: () => askedAfter(carol, nobody) === 'nobody' && askedAfter(ada, zoe, nobody) === 'zoe nobody',
  attack: () =>
    askedAfter(ada) === 'zoe' &&
    askedAfter(ada, nobody, zoe) === 'zoe' &&
    askedAfter(ada, { ...zoe, address: 'z@nowhere.example' }) === 'zoe'
      ? 'refused'
      : 'succeeded',
  mutation: {
    file: 'services/tenants/src/domain/tenant/contacts.ts',
    find: 'if (!stay && actsUnanswered(form.policy)',
    replace: 'if (!stay && !actsUnanswered(form.policy)',
  },
};

const contact = (subject: string): Contact => ({
  name: subject,
  subject,
  kind: 'INCIDENT',
  channel: 'mail',
  address: `${subject}@acme.example`,
  callWindow: '',
  language: 'EN',
});
const [zoe, nobody] = [contact('zoe'), contact('nobody')];
const set = (...contacts: Contact[]): TenantRequest => ({ type: 'tenant.set-contacts', contacts });
const silence = {
  mode: 'COLLABORATE' as const,
  escalateIfUnreachableAfterMinutes: 15,
  unreachableClasses: ['isolate-host'],
};
const askedAfter = (who: typeof ada, ...contacts: Contact[]): string =>
  heldAfter(
    silence,
    [],
    [
      [carol, set(zoe)],
      [who, set(...contacts)],
    ],
  )
    .contacts.map(({ subject, address }) => (address.endsWith('nowhere.example') ? 'elsewhere' : subject))
    .join(' ');
