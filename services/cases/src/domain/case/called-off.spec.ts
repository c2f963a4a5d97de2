import type { ActionState, CaseFact, CaseRequest, TenantState } from '#contracts';
import {
  acknowledged,
  after,
  bob,
  caseId,
  close,
  given,
  judge,
  resolve,
  service,
  settings,
} from '../../../test/case-requests.js';
import { finding } from '../../../test/samples.js';

const record = (state: ActionState, actionClass = 'isolate-host'): CaseRequest => ({
  type: 'case.record-action',
  caseId,
  actionId: 'x',
  actionClass,
  target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
  state,
  summary: state,
  occurredAt: 1,
});
const merge: CaseRequest = { type: 'case.mark-merged', caseId, intoCaseId: 'c2', reason: 'a finding ties them' };
const having = (state: ActionState, actionClass?: string) => after(record(state, actionClass), acknowledged, service);
const calledOff = (facts: CaseFact[]) => facts.filter(({ type }) => type === 'case.actions-called-off');
const ended = (past: CaseFact[]) => after(close(), past, bob);

const OPEN = ['PROPOSED', 'RESOLVING', 'AWAITING_APPROVAL', 'APPROVED'] as const;

describe('a case that is over', () => {
  it.each(OPEN)('calls off the containment that is %s', (state) =>
    expect(calledOff(ended(having(state)))).toMatchObject([
      { actionIds: ['x'], because: 'the case is CLOSED as FALSE_POSITIVE' },
    ]),
  );
  it('does so when it is resolved', () =>
    expect(calledOff(after(resolve, after(judge, having('AWAITING_APPROVAL'))))).toMatchObject([
      { actionIds: ['x'], because: 'the case is RESOLVED as FALSE_POSITIVE' },
    ]));
  it('does so when it went into another one', () =>
    expect(calledOff(after(merge, having('AWAITING_APPROVAL'), service))).toMatchObject([
      { actionIds: ['x'], because: 'the case went into another one', intoCaseId: 'c2' },
    ]));
  it('does so with what it hears of only then', () =>
    given(...ended(acknowledged))
      .when(record('AWAITING_APPROVAL'), { actor: service })
      .thenLike({ type: 'case.action-recorded' }, { type: 'case.actions-called-off', actionIds: ['x'] }));
  it('says so once', () =>
    expect(calledOff(ended(after(resolve, after(judge, having('AWAITING_APPROVAL')))))).toHaveLength(1));
  it.each(['EXECUTING', 'VERIFIED', 'DENIED', 'GUIDED'] as const)('leaves what is %s', (state) =>
    expect(calledOff(ended(having(state)))).toEqual([]),
  );
  it('leaves what gives back', () => expect(calledOff(ended(having('AWAITING_APPROVAL', 'release-host')))).toEqual([]));
});

describe('findings that leave for another case', () => {
  const leave: CaseRequest = { type: 'case.remove-findings', caseId, findingIds: ['m'], toCaseId: 'c2' };
  const both = (host: string) =>
    after(
      {
        type: 'case.add-findings',
        caseId,
        findings: [finding('m', host, { severity: 'HIGH' })],
        because: 'same host',
      },
      having('AWAITING_APPROVAL'),
      service,
    );
  it('leave alone what those that stay want', () => {
    expect(calledOff(after(leave, both('host:ws9'), service))).toEqual([]);
    expect(calledOff(after(leave, both('host:ws6'), service))).toEqual([]);
  });
  it('take with them what only they want, so that who closes what is left forgets nothing', () => {
    const past = after({ ...leave, findingIds: ['a'] }, both('host:ws9'), service);
    expect(calledOff(past)).toMatchObject([{ actionIds: ['x'], intoCaseId: 'c2' }]);
  });
  it('leave what those that stay want by another of its names', () => {
    const desk: TenantState['assets'][number] = {
      assetId: '1',
      hostnames: ['ws6', 'desk6'],
      criticality: 'LOW',
      owner: '',
      unit: '',
      exposure: '',
      groups: [],
    };
    const commit = given(...both('host:desk6'))
      .when({ ...leave, findingIds: ['a'] }, { actor: service, settings: { ...settings, assets: [desk] } })
      .facts();
    expect([commit[0]?.type, calledOff(commit)]).toEqual(['case.findings-removed', []]);
  });
});

it('a case that is open calls nothing off', () => expect(calledOff(having('AWAITING_APPROVAL'))).toEqual([]));
