import type { ActionApprovalRequested, Contact, TenantContactsSet } from '#contracts';
import { hearing } from '#libs/testing';
import { followContacts } from './contacts.js';

const contact = (special: Partial<Contact> = {}): Contact => ({
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'mail',
  address: 'carol@acme.example',
  callWindow: '',
  language: 'EN',
  ...special,
});
const set = (...contacts: Contact[]): TenantContactsSet => ({
  type: 'tenant.contacts-set',
  contacts,
  by: { subject: 'ada', side: 'PROVIDER' },
  at: 1,
});
const asked: ActionApprovalRequested = {
  type: 'action.approval-requested',
  actionId: 'a',
  caseId: 'c',
  contacts: [],
  question: '',
  expiresAt: 9,
  at: 1,
};
const seen = (fact: TenantContactsSet | ActionApprovalRequested) =>
  hearing(followContacts)
    .of(fact)
    .asked.map(({ request: { check, isPresent } }) => [check, isPresent]);

it('a question to nobody is something of the tenant, not of the case', () => {
  expect(seen(asked)).toEqual([['NOBODY_TO_ASK', true]]);
  const ids = ['a', 'b'].map((actionId) => hearing(followContacts).of({ ...asked, actionId }).asked[0]?.request);
  expect(ids[0]).toEqual(ids[1]);
  expect(seen({ ...asked, contacts: ['carol'] })).toEqual([]);
});
it.each<[string, Contact[], boolean, boolean]>([
  ['there is none', [], true, true],
  ['one is called without access', [contact({ subject: '', channel: 'phone' })], false, true],
  ['one only looks into the portal', [contact({ channel: 'portal' })], true, false],
  ['one is for reports', [contact({ kind: 'REPORT' })], true, true],
  ['one is told and asked', [contact()], false, false],
])('contacts tell whether somebody can be told and asked: %s', (_which, contacts, untold, unasked) =>
  expect(seen(set(...contacts))).toEqual([
    ['NOBODY_TO_TELL', untold],
    ['NOBODY_TO_ASK', unasked],
  ]),
);
