import type { ActionApprovalRequested, Contact, DeliveryRequested, TenantContactsSet, TenantState } from '#contracts';
import { hearing, standIn } from '#libs/testing';
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
});
it('a question to somebody shows that one can be asked', () =>
  expect(seen({ ...asked, contacts: ['carol'] })).toEqual([['NOBODY_TO_ASK', false]]));
it('a question to nobody says nothing once there are contacts that can be asked', () => {
  const settled = (...contacts: Contact[]) =>
    hearing(followContacts, standIn<TenantState>({ version: 3, contacts }))
      .of(asked)
      .asked.map(({ request: { check, isPresent } }) => [check, isPresent]);
  expect(settled(contact())).toEqual([]);
  expect(settled(contact({ subject: '' }))).toEqual([['NOBODY_TO_ASK', true]]);
});
it('what is lacking is one thing, whatever shows it', () => {
  const gaps = [asked, set()].flatMap((fact) =>
    hearing(followContacts)
      .of(fact)
      .asked.map((one) => one.request.gapId),
  );
  expect(new Set(gaps)).toEqual(new Set(['']));
});
it.each<[string, Contact[], boolean, boolean]>([
  ['there is none', [], true, true],
  ['one is called without access', [contact({ subject: '', channel: 'phone' })], false, true],
  ['one only looks into the portal', [contact({ channel: 'portal' })], true, false],
  ['one is for reports', [contact({ kind: 'REPORT' })], true, true],
  ['one is told and asked', [contact()], false, false],
])('contacts tell whether somebody can be told and asked: %s', (_which, contacts, untold, unasked) =>
  expect(seen(set(...contacts)).filter(([check]) => check !== 'NOBODY_TO_REPORT_TO')).toEqual([
    ['NOBODY_TO_TELL', untold],
    ['NOBODY_TO_ASK', unasked],
  ]),
);

describe('a delivery to nobody', () => {
  const of = (purpose: DeliveryRequested['purpose'], ...contacts: Contact[]) =>
    hearing(followContacts, standIn<TenantState>({ version: 3, contacts }))
      .of(standIn<DeliveryRequested>({ type: 'delivery.requested', purpose, contacts: [], at: 1 }))
      .asked.map(({ request: { check, severity } }) => [check, severity]);
  it.each(['CASE', 'APPROVAL'] as const)('of purpose %s says that nobody can be told of incidents', (purpose) => {
    expect(of(purpose)).toEqual([['NOBODY_TO_TELL', 'HIGH']]);
    expect(of(purpose, contact({ channel: 'portal' }))).toEqual([['NOBODY_TO_TELL', 'HIGH']]);
  });
  it('says nothing of incidents where others could be told of them', () => expect(of('CASE', contact())).toEqual([]));
  it('of a reminder says nothing of incidents', () => expect(of('REMINDER')).toEqual([]));
  it('says of a report that nobody is told of reports, and nothing of incidents', () => {
    expect(of('REPORT', contact())).toEqual([['NOBODY_TO_REPORT_TO', 'LOW']]);
    expect(of('REPORT', contact({ kind: 'REPORT', channel: 'phone' }))).toEqual([['NOBODY_TO_REPORT_TO', 'LOW']]);
  });
  it('of a report is over once somebody is told of them, and not begun by contacts alone', () => {
    expect(seen(set(contact())).map(([check]) => check)).not.toContain('NOBODY_TO_REPORT_TO');
    expect(seen(set(contact({ kind: 'REPORT' })))).toContainEqual(['NOBODY_TO_REPORT_TO', false]);
  });
});
