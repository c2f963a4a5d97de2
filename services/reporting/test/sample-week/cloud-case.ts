import { aCase, minute } from '../samples.js';
import { clocks } from './clocks.js';
import { cloud } from './findings.js';
import { DAY } from './people.js';

export const cloudCase = aCase({
  caseId: 'c2',
  number: 1043,
  title: 'CloudTrail logging stopped in the production account',
  openedAt: minute(2 * DAY + 5),
  findings: cloud,
  clocks: clocks(minute(2 * DAY + 5)),
  acknowledgedAt: [minute(2 * DAY + 26)],
  notifiedAt: [minute(2 * DAY + 30)],
  told: [{ contact: 'Claire Martin', channel: 'mail', at: minute(2 * DAY + 30) }],
  contained: [{ occurredAt: minute(2 * DAY + 48), at: minute(2 * DAY + 49), actionId: 'a2' }],
  actions: [
    {
      actionId: 'a2',
      actionClass: 'suspend-user',
      target: { kind: 'USER', id: 'jean.dupont', entity: 'user:jean.dupont' },
      state: 'AWAITING_APPROVAL',
      summary: '',
      occurredAt: minute(2 * DAY + 28),
      at: minute(2 * DAY + 28),
    },
    {
      actionId: 'a2',
      actionClass: 'suspend-user',
      target: { kind: 'USER', id: 'jean.dupont', entity: 'user:jean.dupont' },
      state: 'APPROVED',
      summary: '',
      occurredAt: minute(2 * DAY + 41),
      at: minute(2 * DAY + 41),
    },
    {
      actionId: 'a2',
      actionClass: 'suspend-user',
      target: { kind: 'USER', id: 'jean.dupont', entity: 'user:jean.dupont' },
      state: 'VERIFIED',
      summary: '',
      occurredAt: minute(2 * DAY + 48),
      at: minute(2 * DAY + 49),
    },
  ],
  statuses: [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(2 * DAY + 5) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(2 * DAY + 26) },
  ],
  recommendations: [
    {
      recommendationId: 'r2',
      text: 'Deny cloudtrail:StopLogging by a service control policy.',
      at: minute(2 * DAY + 60),
      completedAt: minute(4 * DAY),
    },
  ],
});
