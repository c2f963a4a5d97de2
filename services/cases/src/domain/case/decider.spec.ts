import type { CaseRequest } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import {
  acknowledge,
  carol,
  caseId,
  close,
  given,
  hold,
  opened,
  openIt,
  service,
} from '../../../test/case-requests.js';
import { THEN } from '../../../test/samples.js';

describe('a case', () => {
  it('opens with priority, its reasons and clocks', () => {
    expect(opened).toMatchObject({ type: 'case.opened', severity: 'HIGH', because: 'severity high; confidence 60 %' });
    expect(opened.clocks.map(({ kind, dueAt }) => [kind, dueAt - THEN])).toEqual(
      ['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'].map((kind) => [kind, HOUR_MS]),
    );
  });
  it('opens once', () => given(opened).when(openIt, { actor: service }).then());
  it('is opened by the service alone', () => given().when(openIt).refuses('only the service itself'));
  it('without a tenant that is known has no clocks', () =>
    given().when(openIt, { actor: service, settings: undefined }).thenLike({ type: 'case.opened', clocks: [] }));
  it.each<CaseRequest>([
    acknowledge,
    { type: 'case.assign', caseId, analyst: 'ada' },
    { type: 'case.add-note', caseId, text: 'x' },
    hold,
    { type: 'case.change-phase', caseId, phase: 'RECOVERY' },
    { type: 'case.set-verdict', caseId, verdict: 'TEST', reason: 'NONE' },
    close(),
    { type: 'case.reopen', caseId, reason: 'x' },
    { type: 'case.change-severity', caseId, severity: 'LOW', reason: 'x' },
  ])('that does not exist, and the customer, are refused: $type', (request) => {
    given().when(request).refuses('there is no such case');
    given(opened).when(request, { actor: carol }).refuses("only the provider's analysts");
  });
});
