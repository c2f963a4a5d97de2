import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { THEN } from '../../test/samples.js';
import { keepFailure, keepTelling, stopAsking, stopTelling, tellApprover, tellCustomer } from './notify.js';

const changed = {
  type: 'case.priority-changed',
  caseId: 'c',
  severity: 'MEDIUM',
  priority: 40,
  because: '',
  at: THEN,
  number: 7,
  title: 'PsExec on ws6',
} as const;
const send = {
  type: 'delivery.send',
  deliveryId: idOf('delivery', 'c'),
  caseId: 'c',
  actionId: '',
  purpose: 'CASE',
  severity: 'MEDIUM',
  number: 7,
  title: 'PsExec on ws6',
  to: [],
} as const;
const about = { deliveryId: 'd', caseId: 'c', actionId: '', purpose: 'CASE', at: THEN } as const;

describe('the customer', () => {
  it('is to be told of cases from MEDIUM on by number and title, and nobody says yet that it was', () =>
    hearing(tellCustomer)
      .of(changed)
      .asks({ ...send, to: [] }));
  it('is not told of less', () =>
    hearing(tellCustomer)
      .of({ ...changed, severity: 'LOW' })
      .asks());
  it('is told again of a case that goes on, once in each life of it, and no more as it was told before', () => {
    const reopened = {
      type: 'case.reopened',
      caseId: 'c',
      reason: 'seen again',
      by: { subject: 'cases', side: 'SYSTEM' },
      at: THEN,
      life: 2,
      number: 7,
      title: 'PsExec on ws6',
      severity: 'MEDIUM',
    } as const;
    const deliveryId = idOf('delivery', 'c', 2);
    hearing(tellCustomer)
      .of(reopened)
      .asks({ ...send, deliveryId, to: [] });
    hearing(tellCustomer)
      .of({ ...changed, life: 2 })
      .asks({ ...send, deliveryId, to: [] });
    hearing(stopTelling)
      .of(reopened)
      .asks({ type: 'delivery.stop', deliveryId: idOf('delivery', 'c', 1), reason: 'the case: case.reopened' });
  });
  it('is to be told of a question to an approver', () =>
    hearing(tellApprover)
      .of({
        type: 'action.approval-requested',
        actionId: 'x',
        caseId: 'c',
        contacts: ['carol'],
        question: 'q',
        expiresAt: THEN,
        at: THEN,
      })
      .asks({
        ...send,
        deliveryId: idOf('delivery', 'c', 'x'),
        actionId: 'x',
        purpose: 'APPROVAL',
        severity: 'UNKNOWN',
        number: 0,
        title: 'q',
        to: ['carol'],
      }));
  it('is asked no more once the question is settled', () =>
    hearing(stopAsking)
      .of({ type: 'action.expired', actionId: 'x', caseId: 'c', at: THEN })
      .asks({ type: 'delivery.stop', deliveryId: idOf('delivery', 'c', 'x'), reason: 'the question: action.expired' }));
  it('is told of a question that is put again, and of it no more once that one is settled', () => {
    const about = { actionId: 'x', caseId: 'c', at: THEN, asking: 2 };
    const deliveryId = idOf('delivery', 'c', 'x', 2);
    const { asked } = hearing(tellApprover).of({
      type: 'action.approval-requested',
      ...about,
      contacts: ['carol'],
      question: 'q',
      expiresAt: THEN,
    });
    expect(asked).toMatchObject([{ request: { deliveryId, asking: 2 } }]);
    hearing(stopAsking)
      .of({ type: 'action.expired', ...about })
      .asks({ type: 'delivery.stop', deliveryId, reason: 'the question: action.expired' });
  });
  it('is told no more of a case that is part of another', () =>
    hearing(stopTelling)
      .of({
        type: 'case.merged',
        caseId: 'c',
        intoCaseId: 'd',
        reason: 'r',
        at: THEN,
        workers: [],
        gravest: 'HIGH',
        wasContained: false,
      })
      .asks({ type: 'delivery.stop', deliveryId: idOf('delivery', 'c'), reason: 'the case: case.merged' }));
  it('is told no more of a case that is closed', () =>
    hearing(stopTelling)
      .of({
        type: 'case.closed',
        caseId: 'c',
        verdict: 'FALSE_POSITIVE',
        reason: 'NONE',
        summary: '',
        impact: false,
        rootCause: null,
        by: { subject: 'ada', side: 'PROVIDER' },
        at: THEN,
      })
      .asks({ type: 'delivery.stop', deliveryId: idOf('delivery', 'c'), reason: 'the case: case.closed' }));
  it('was told once a server took it', () =>
    hearing(keepTelling)
      .of({
        type: 'delivery.delivered',
        ...about,
        contact: 'carol',
        channel: 'mail',
        language: 'FR',
        said: '250 OK',
        by: null,
      })
      .asks({ type: 'case.notify-customer', caseId: 'c', contact: 'carol', channel: 'mail', occurredAt: THEN }));
  it('was not told of a case by being told of a report', () => {
    const ofReport = { ...about, caseId: '' };
    hearing(keepFailure)
      .of({ type: 'delivery.failed', ...ofReport, reason: 'no mail server' })
      .asks();
    hearing(keepTelling)
      .of({
        type: 'delivery.delivered',
        ...ofReport,
        contact: 'rita',
        channel: 'mail',
        language: 'FR',
        said: '250 OK',
        by: null,
      })
      .asks();
  });
  it('was not told of a case by being reminded of what was recommended in it', () => {
    const reminder = { ...about, purpose: 'REMINDER' } as const;
    hearing(keepFailure)
      .of({ type: 'delivery.failed', ...reminder, reason: 'no mail server' })
      .asks();
    hearing(keepTelling)
      .of({
        type: 'delivery.delivered',
        ...reminder,
        contact: 'dan',
        channel: 'mail',
        language: 'EN',
        said: '250 OK',
        by: null,
      })
      .asks();
  });
  it('was not told when nobody was reached', () =>
    hearing(keepFailure)
      .of({ type: 'delivery.failed', ...about, reason: 'no mail server' })
      .asks({ type: 'case.record-untold', caseId: 'c', deliveryId: 'd', reason: 'no mail server' }));
});
