import type { Contact, TenantState } from '#contracts';
import { hearing, standIn } from '#libs/testing';
import { THEN } from '../../test/samples.js';
import { tellApprover, tellCustomer } from './notify.js';

const carol: Contact = {
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'phone',
  address: '+33',
  callWindow: '',
  language: 'FR',
};
const settings = standIn<TenantState>({ contacts: [{ ...carol, kind: 'REPORT', subject: 'dan' }, carol] });

describe('the customer', () => {
  const changed = {
    type: 'case.priority-changed',
    caseId: 'c',
    severity: 'MEDIUM',
    priority: 40,
    because: '',
    at: THEN,
  } as const;
  const tell = { type: 'case.notify-customer', caseId: 'c', contact: 'carol', channel: 'phone' } as const;
  it('is told of cases from MEDIUM on, through the first contact for incidents', () =>
    hearing(tellCustomer, settings).of(changed).asks(tell));
  it('is not told of less', () =>
    hearing(tellCustomer, settings)
      .of({ ...changed, severity: 'LOW' })
      .asks());
  it('is not told when nobody is to be told', () => hearing(tellCustomer).of(changed).asks());
  it('is told of a question to an approver', () =>
    hearing(tellApprover, settings)
      .of({
        type: 'action.approval-requested',
        actionId: 'x',
        caseId: 'c',
        contacts: ['carol'],
        question: 'q',
        expiresAt: THEN,
        at: THEN,
      })
      .asks(tell));
});
