import type { ActionFact } from '#contracts';
import type { Heard } from '#libs/model';
import { showing } from '#libs/testing';
import { ada, at, sameInAnyOrder } from '../../test/fact-order.js';
import { minute } from '../../test/samples.js';
import { actionJournal } from './index.js';

describe('the journal of actions', () => {
  const target = { kind: 'HOST', id: 'ws-01', entity: 'host:ws-01' } as const;
  const stream: Heard<ActionFact>[] = [
    at<ActionFact>(1, {
      type: 'action.proposed',
      actionId: 'a1',
      caseId: 'c1',
      actionClass: 'isolate-host',
      openc2Action: 'contain',
      reactId: 'RA3001',
      d3fend: 'D3-NI',
      inverse: 'release-host',
      target,
      severity: 'HIGH',
      confidence: 80,
      assetGroups: [],
      reason: 'PsExec',
      ttlMinutes: 60,
      detectedAt: minute(-1),
      by: ada,
      at: minute(1),
    }),
    at<ActionFact>(2, {
      type: 'action.decided',
      actionId: 'a1',
      caseId: 'c1',
      decision: 'ASK',
      rule: 'mode',
      because: 'COLLABORATE',
      policyVersion: 1,
      at: minute(1),
    }),
    at<ActionFact>(3, {
      type: 'action.approved',
      actionId: 'a1',
      caseId: 'c1',
      comment: 'go',
      by: { subject: 'bo', side: 'CUSTOMER' },
      at: minute(5),
    }),
    at<ActionFact>(4, {
      type: 'action.verified',
      actionId: 'a1',
      caseId: 'c1',
      actionClass: 'isolate-host',
      target,
      effective: true,
      evidence: 'no traffic',
      observedAt: 0,
      lagMs: 0,
      at: minute(8),
    }),
  ];
  it('says who agreed and what was seen', () =>
    expect(showing(actionJournal).of(...stream)['a1']).toMatchObject({
      actionClass: 'isolate-host',
      approved: { by: { subject: 'bo' }, at: minute(5) },
      verified: [{ effective: true, at: minute(8) }],
    }));
  it('is the same however streams mix', () =>
    sameInAnyOrder(actionJournal, [
      stream,
      stream.map(({ message, envelope }) => ({ envelope, message: { ...message, actionId: 'a2' } })),
    ]));
});
