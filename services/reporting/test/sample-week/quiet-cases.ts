import { aCase, minute } from '../samples.js';
import { clocks } from './clocks.js';
import { logons, scan } from './findings.js';
import { ada, DAY } from './people.js';

export const scanCase = aCase({
  caseId: 'c3',
  number: 1044,
  title: 'Internal port scan from scanner-02',
  openedAt: minute(3 * DAY + 1),
  findings: scan,
  acknowledgedAt: [minute(3 * DAY + 7)],
  notifiedAt: [minute(3 * DAY + 12)],
  told: [{ contact: 'Claire Martin', channel: 'mail', at: minute(3 * DAY + 12) }],
  clocks: clocks(minute(3 * DAY + 1)),
  weights: [{ severity: 'MEDIUM', priority: 40, because: 'server, medium; discovery', at: minute(3 * DAY + 1) }],
  statuses: [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(3 * DAY + 1) },
    { status: 'CLOSED', onHoldReason: 'NONE', at: minute(3 * DAY + 45) },
  ],
  verdicts: [{ verdict: 'FALSE_POSITIVE', reason: 'AUTHORIZED_TEST', at: minute(3 * DAY + 45) }],
  closings: [
    {
      verdict: 'FALSE_POSITIVE',
      reason: 'AUTHORIZED_TEST',
      impact: false,
      at: minute(3 * DAY + 45),
      summary: 'Scheduled scan of the vulnerability scanner.',
      rootCause: null,
    },
  ],
});

export const logonCase = aCase({
  caseId: 'c4',
  number: 1045,
  title: 'Repeated MFA push requests for marie.curie',
  openedAt: minute(5 * DAY + 2),
  findings: logons,
  acknowledgedAt: [minute(5 * DAY + 8)],
  clocks: [
    ...clocks(minute(5 * DAY + 2)),
    {
      at: minute(5 * DAY + 30),
      clocks: clocks(minute(5 * DAY + 2))[0]!.clocks.map((clock) => ({ ...clock, pausedAt: minute(5 * DAY + 30) })),
    },
  ],
  contained: [{ occurredAt: minute(5 * DAY + 20), at: minute(5 * DAY + 21), actionId: 'a4' }],
  notifiedAt: [minute(5 * DAY + 12)],
  told: [{ contact: 'Claire Martin', channel: 'phone', at: minute(5 * DAY + 12) }],
  actions: [
    {
      actionId: 'a4',
      actionClass: 'suspend-user',
      target: { kind: 'USER', id: 'marie.curie', entity: 'user:marie.curie' },
      state: 'DONE_BY_CUSTOMER',
      summary: '',
      occurredAt: minute(5 * DAY + 18),
      at: minute(5 * DAY + 18),
    },
  ],
  statuses: [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(5 * DAY + 2) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(5 * DAY + 30) },
  ],
  messages: [
    {
      messageId: 'm3',
      kind: 'QUESTION',
      text: 'Did Marie Curie travel to Montréal on Saturday?',
      inReplyTo: null,
      by: ada,
      at: minute(5 * DAY + 30),
    },
  ],
});
