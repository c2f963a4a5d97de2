import type { RecommendationReminderDue } from '#contracts';
import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { ada } from '../../test/reaction-samples.js';
import { sendReminder, stopReminding, type Settles } from './remind.js';

const due: RecommendationReminderDue = {
  type: 'recommendation.reminder-due',
  recommendationId: 'r1',
  caseId: 'c1',
  text: 'Patch it',
  owner: 'Dan',
  dueAt: 9,
  priority: 'HIGH',
  turn: 2,
  nextReminderAt: null,
  at: 7,
};
const send = {
  type: 'delivery.send',
  deliveryId: idOf('delivery', 'r1', '2'),
  caseId: 'c1',
  actionId: '',
  recommendationId: 'r1',
  purpose: 'REMINDER',
  severity: 'UNKNOWN',
  number: 0,
  title: 'Patch it',
  to: ['Dan'],
  until: 9,
} as const;
const of = { recommendationId: 'r1', caseId: 'c1', by: ada, at: 8 };

describe('a reminder that is due', () => {
  it('is sent to who is to see to it', () =>
    hearing(sendReminder)
      .of(due)
      .asks({ ...send, to: ['Dan'] }));
  it('is sent to whoever is there where nobody is named, each a delivery of its own', () =>
    hearing(sendReminder)
      .of({ ...due, owner: '', turn: 3 })
      .asks({ ...send, deliveryId: idOf('delivery', 'r1', '3'), to: [] }));
  it.each([
    { type: 'recommendation.completed', ...of, comment: '', turn: 2 },
    { type: 'recommendation.risk-accepted', ...of, reason: 'r', turn: 2 },
    { type: 'recommendation.withdrawn', ...of, reason: 'r', turn: 2 },
    { ...due, ...of, type: 'recommendation.changed', turn: 3 },
  ] satisfies Settles[])('goes to nobody else once that is settled or said anew: $type', (fact) => {
    const reason = `the recommendation: ${fact.type}`;
    hearing(stopReminding).of(fact).asks({ type: 'delivery.stop', deliveryId: send.deliveryId, reason });
  });
  it('is not under way before one was due', () =>
    hearing(stopReminding)
      .of({ type: 'recommendation.completed', ...of, comment: '', turn: 1 })
      .asks());
});
