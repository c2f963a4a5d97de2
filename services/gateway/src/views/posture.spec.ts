import type { PostureFact } from '#contracts';
import { showing } from '#libs/testing';
import { posture } from './posture.js';

const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
const service = { subject: 'cases', side: 'SYSTEM' } as const;
const postureId = 'p1';
const opened: PostureFact = {
  ...{ type: 'posture.opened', postureId, check: 'SOURCE_SILENT', subject: 'edr', title: 'edr is silent' },
  ...{ severity: 'HIGH', recommendation: '', owner: '', dueAt: null, by: service, at: 1 },
};
const observed = (gapId: string, isPresent: boolean, at: number): PostureFact => ({
  ...{ type: 'posture.observed', postureId, gapId, isPresent, since: 0, figures: [], at },
});
const accepted: PostureFact = { type: 'posture.risk-accepted', postureId, reason: 'a lab', by: carol, at: 3 };
const reopened: PostureFact = { type: 'posture.reopened', postureId, reason: 'no lab', by: carol, at: 9 };
const standing = (...facts: PostureFact[]) => showing(posture).of(opened, ...facts)[postureId];

it('stands as what was observed and decided says', () => {
  const begun = observed('g1', true, 2);
  const ended = observed('g1', false, 4);
  expect(standing(begun)?.standing).toBe('OPEN');
  expect(standing(begun, accepted)).toMatchObject({
    standing: 'RISK_ACCEPTED',
    acceptedRisk: { by: carol, reason: 'a lab' },
  });
  expect(standing(begun, accepted, ended)?.standing).toBe('RESOLVED');
  expect(standing(begun, accepted, ended, observed('g2', true, 8))).toMatchObject({
    standing: 'OPEN',
    acceptedRisk: null,
  });
  expect(standing(begun, accepted, reopened)).toMatchObject({ standing: 'OPEN', acceptedRisk: null });
});

it('tells its history, with who did what and why', () =>
  expect(standing(observed('g1', true, 2), accepted, observed('g1', false, 4))?.history).toEqual([
    { kind: 'OPENED', text: '', by: service, at: 1 },
    { kind: 'SEEN_WRONG', text: '', by: null, at: 2 },
    { kind: 'RISK_ACCEPTED', text: 'a lab', by: carol, at: 3 },
    { kind: 'SEEN_RIGHT', text: '', by: null, at: 4 },
  ]));

it('says nothing of what was there all along', () => {
  expect(standing(observed('', false, 2))?.history).toHaveLength(1);
  expect(showing(posture).of(observed('', false, 2))).toEqual({});
});

it('keeps the first and the latest of a long one', () => {
  const many = Array.from({ length: 300 }, (_, at) => observed('g1', at % 2 === 0, at + 10));
  const { history, evidence } = standing(...many)!;
  expect([history.length, history[0]?.kind, history.at(-1)?.at, evidence.length]).toEqual([200, 'OPENED', 309, 20]);
});
