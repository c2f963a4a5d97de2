import type { CaseOpened, Entity, FindingSummary } from '#contracts';
import { hearing } from '#libs/testing';
import { at, propose, tenant } from '../../test/samples/action.js';
import { proposeAgain, proposeContainment } from './propose-containment.js';

const finding = (entities: Entity[], rest: Partial<FindingSummary> = {}): FindingSummary => ({
  findingId: 'f1',
  ruleId: 'r1',
  title: 'LSASS was read',
  severity: 'HIGH',
  confidence: 80,
  techniques: [],
  tactics: [],
  entities,
  source: 'edr',
  occurredAt: at,
  ingestedAt: at,
  detectedAt: at,
  criticality: 'UNKNOWN',
  knownIndicator: false,
  assetGroups: [],
  ...rest,
});
const opened = (...findings: FindingSummary[]): CaseOpened => ({
  type: 'case.opened',
  caseId: 'c1',
  number: 1001,
  title: '',
  description: '',
  severity: 'HIGH',
  priority: 80,
  because: '',
  clocks: [],
  entities: [],
  findings,
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at,
});
const settings = {
  ...tenant('AUTHORIZE'),
  identities: [
    { identityId: 'u1', names: ['ada@acme.example', 'ada'], criticality: 'HIGH' as const, unit: '', privileged: false },
  ],
};
const proposed = (...findings: FindingSummary[]) =>
  hearing(proposeContainment, settings)
    .of(opened(...findings))
    .asked.map(({ request }) => `${request.actionClass} ${request.target.id}`);

const host = { kind: 'host', value: 'web01' };

it('isolates the host of a severe finding', () =>
  expect(proposed(finding([host, { kind: 'user', value: 'ada' }]))).toEqual(['isolate-host web01']));
it('suspends the account where there is no host', () =>
  expect(proposed(finding([{ kind: 'user', value: 'ada@acme.example' }]))).toEqual(['suspend-user ada@acme.example']));
it('knows one person by several names', () =>
  expect(
    proposed(finding([{ kind: 'user', value: 'ada' }]), finding([{ kind: 'user', value: 'ada@acme.example' }])),
  ).toEqual(['suspend-user ada@acme.example']));
it('knows one host by its short and its full name', () => {
  const assets = [
    {
      assetId: 'a1',
      hostnames: ['web01.acme.example'],
      criticality: 'HIGH' as const,
      owner: '',
      unit: '',
      exposure: '',
      groups: ['servers'],
    },
  ];
  const asked = hearing(proposeContainment, { ...settings, assets }).of(
    opened(finding([host]), finding([{ kind: 'host', value: 'web01.acme.example' }])),
  ).asked;
  expect(asked.map(({ request }) => request.target.id)).toEqual(['web01.acme.example']);
});
it('hands in no groups: those of a finding are of everything in it', () =>
  expect(
    hearing(proposeContainment, settings).of(opened(finding([host], { assetGroups: ['workstations'] }))).asked,
  ).toMatchObject([{ request: { assetGroups: [] } }]));
it('leaves lesser findings to people', () => expect(proposed(finding([host], { severity: 'MEDIUM' }))).toEqual([]));
it('stops at ten proposals', () =>
  expect(
    proposed(finding(Array.from({ length: 30 }, (_, index) => ({ kind: 'host', value: `h${index}` })))).length,
  ).toBe(10));
it('asks again for the same thing under the same id', () => {
  const asked = hearing(proposeContainment, settings).of(opened(finding([host]))).asked;
  expect(hearing(proposeContainment, settings).of(opened(finding([host]))).asked).toEqual(asked);
});
it('proposes nothing for findings that moved here from another case: there they were acted on, or denied', () => {
  const { caseId, findings, entities, because, at: when } = opened(finding([host]));
  const hears = hearing(proposeContainment, settings);
  hears.of({ ...opened(finding([host])), fromCaseId: 'c0' }).asks();
  const added = { type: 'case.findings-added', caseId, findings, entities, because, at: when } as const;
  hears.of({ ...added, fromCaseId: 'c0' }).asks();
  expect(hears.of(added).asked).toHaveLength(1);
});
it('of two findings on one host the newest wants it: it is not bound by what was said of the other', () =>
  expect(
    hearing(proposeContainment, settings).of(
      opened(finding([host], { detectedAt: at + 1, title: 'new' }), finding([host], { title: 'old' })),
    ).asked,
  ).toMatchObject([{ request: { reason: 'new', detectedAt: at + 1 } }]));
it('what is wanted once more is proposed as another action, once the one before is over', () => {
  const { type: _type, actionId, assetGroups: _groups, ...wanted } = propose;
  const fact = { type: 'action.wanted-again', actionId, caseId: 'c1', again: 1, at, nextActionId: 'a2' } as const;
  const hears = hearing(proposeAgain);
  hears
    .of({ ...fact, state: 'DENIED', wanted, refused: true })
    .asks({ ...propose, actionId: 'a2', again: 1, refused: true });
  hears.of({ ...fact, state: 'REVERTING', wanted, refused: true }).asks();
  const waits = hears.of({ ...fact, state: 'DENIED', wanted, notBefore: at + 9 }).asked;
  expect(waits.map(({ dueAt }) => dueAt)).toEqual([at + 9]);
});
it('says when its case came to know of what wants it', () =>
  expect(hearing(proposeContainment, settings).of(opened(finding([host]))).asked[0]?.request).toMatchObject({
    joinedAt: at,
  }));
