/** A case that is open, and what is asked of it, in short. */
import type { CaseFact, CaseOpened, CaseRequest, TenantState } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { scenario, standIn } from '#libs/testing';
import { caseStream } from '../src/domain/case/decider.js';
import { initial } from '../src/domain/case/state.js';
import { finding, THEN } from './samples.js';

export const caseId = 'c1';
export const ada = { subject: 'ada', side: 'PROVIDER' } as const;
export const bob = { subject: 'bob', side: 'PROVIDER' } as const;
export const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
export const service = { subject: 'cases', side: 'SYSTEM' } as const;
export const settings = standIn<TenantState>({
  timeZone: 'Europe/Paris',
  calendar: { days: [], holidays: [] },
  sla: (['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'] as const).flatMap((kind) => [
    { severity: 'HIGH' as const, kind, minutes: 60, businessHours: false },
    { severity: 'MEDIUM' as const, kind, minutes: 240, businessHours: false },
  ]),
});
/** So many minutes after a case begins, epoch ms. */
export const minute = (count: number): number => THEN + count * MINUTE_MS;
export const stateOf = (facts: CaseFact[]) => facts.reduce(caseStream.evolve, initial());
export const { given } = scenario(caseStream, { settings });
export const lead = finding('a', 'host:ws6', { severity: 'HIGH', title: 'PsExec' });
export const openIt: CaseRequest = {
  type: 'case.open',
  caseId,
  number: 1001,
  title: 'PsExec on ws6',
  description: '',
  severity: 'HIGH',
  findings: [lead],
  entities: lead.entities,
  because: 'new',
  openedBy: service,
};
export const opened = given().when(openIt, { actor: service }).facts()[0] as CaseOpened;
/** @param at the instant it is asked at, THEN unless told. */
export const after = (
  request: CaseRequest,
  past: CaseFact[] = [opened],
  actor: typeof ada | typeof bob | typeof carol | typeof service = ada,
  at = THEN,
): CaseFact[] => [
  ...past,
  ...given(...past)
    .when(request, { actor, now: at })
    .facts(),
];
export const acknowledge: CaseRequest = { type: 'case.acknowledge', caseId };
export const acknowledged = after(acknowledge);
export const close = (special: Partial<Extract<CaseRequest, { type: 'case.close' }>> = {}): CaseRequest => ({
  type: 'case.close',
  caseId,
  verdict: 'FALSE_POSITIVE',
  reason: 'EXPECTED_ACTIVITY',
  summary: 'An administrator at work.',
  impact: false,
  ...special,
});
export const hold: CaseRequest = {
  type: 'case.change-status',
  caseId,
  status: 'ON_HOLD',
  onHoldReason: 'AWAITING_THIRD_PARTY',
};
export const judge: CaseRequest = {
  type: 'case.set-verdict',
  caseId,
  verdict: 'FALSE_POSITIVE',
  reason: 'EXPECTED_ACTIVITY',
};
export const resolve: CaseRequest = { type: 'case.change-status', caseId, status: 'RESOLVED', onHoldReason: 'NONE' };
export const closed = after(close(), acknowledged, bob);
/** A case with a verdict, resolved. */
export const resolved = (past: CaseFact[] = [opened]): CaseFact[] => after(resolve, after(judge, past));
export const clock = (facts: CaseFact[], kind: string) =>
  facts.reduce(caseStream.evolve, initial()).clocks.find((one) => one.kind === kind);
