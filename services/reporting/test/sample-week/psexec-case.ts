import { aCase, minute } from '../samples.js';
import { clocks } from './clocks.js';
import { psexec } from './findings.js';
import { ada, bo } from './people.js';

export const psexecCase = aCase({
  caseId: 'c1',
  number: 1042,
  title: 'PsExec and credential dumping on dc-01',
  openedAt: minute(1),
  findings: psexec,
  clocks: clocks(minute(1)),
  weights: [
    {
      severity: 'CRITICAL',
      priority: 95,
      because: 'domain controller, critical; credential access; known indicator',
      at: minute(1),
    },
  ],
  acknowledgedAt: [minute(4)],
  notifiedAt: [minute(9)],
  told: [{ contact: 'Claire Martin', channel: 'mail', at: minute(9) }],
  contained: [{ occurredAt: minute(7), at: minute(7.2), actionId: 'a1' }],
  actions: [
    {
      actionId: 'a1',
      actionClass: 'isolate-host',
      target: { kind: 'HOST', id: 'dc-01', entity: 'host:dc-01' },
      state: 'VERIFIED',
      summary: 'dc-01 isolated',
      occurredAt: minute(7),
      at: minute(7.2),
    },
  ],
  statuses: [
    { status: 'NEW', onHoldReason: 'NONE', at: minute(1) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(4) },
    { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(40) },
    { status: 'IN_PROGRESS', onHoldReason: 'NONE', at: minute(95) },
    { status: 'RESOLVED', onHoldReason: 'NONE', at: minute(300) },
    { status: 'CLOSED', onHoldReason: 'NONE', at: minute(310) },
  ],
  messages: [
    {
      messageId: 'm1',
      kind: 'QUESTION',
      text: 'Did you expect PsExec from ws-17 towards the domain controller on Monday at 09:00?',
      inReplyTo: null,
      by: ada,
      at: minute(40),
    },
    {
      messageId: 'm2',
      kind: 'ANSWER',
      text: 'No, nobody of ours was working there.',
      inReplyTo: 'm1',
      by: bo,
      at: minute(95),
    },
  ],
  verdicts: [{ verdict: 'TRUE_POSITIVE', reason: 'NONE', at: minute(310) }],
  closings: [
    {
      verdict: 'TRUE_POSITIVE',
      reason: 'NONE',
      impact: true,
      at: minute(310),
      summary: 'An attacker used a reused service password to run PsExec; the host was isolated before data left.',
      rootCause: {
        technique: 'T1078.002',
        patientZero: 'ws-17',
        cause: 'Service account password reused on a workstation',
        preventableHow: 'Managed service accounts and tiered administration',
      },
    },
  ],
  recommendations: [
    {
      recommendationId: 'r1',
      text: 'Replace svc-backup by a group managed service account and rotate its password.',
      at: minute(305),
      completedAt: null,
    },
  ],
  ratings: [{ stars: 5, comment: 'Fast.', at: minute(400) }],
});
