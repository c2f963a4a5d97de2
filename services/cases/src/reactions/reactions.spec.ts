import type { ActionFact, Contact, FindingRaised, TenantState } from '#contracts';
import { hearing } from '#libs/testing';
import { finding, THEN } from '../../test/samples.js';
import { keepAction } from './actions.js';
import { followMerge, followPlacement, followSplit, openNumbered, releaseClosed } from './clustering.js';
import { placeFinding } from './findings.js';
import { tellApprover, tellCustomer } from './notify.js';

const one = finding('a', 'host:ws6');
const huge = 'x'.repeat(440_000);
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const carol: Contact = {
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'phone',
  address: '+33',
  callWindow: '',
  language: 'FR',
};
const settings = {
  contacts: [{ ...carol, kind: 'REPORT', subject: 'dan' }, carol],
} as Partial<TenantState> as TenantState;

it('every raised finding is placed, with the highest criticality of what it concerns', () => {
  const asset = {
    assetId: 'x',
    name: 'dc1',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['domain-controllers'],
    criticality: 'CRITICAL',
  } as const;
  const raised = {
    ...one,
    type: 'finding.raised',
    rule: { id: 'r', title: 'T', level: 'HIGH', description: '', falsePositives: [], runbook: '' },
    assets: [{ ...asset, criticality: 'LOW' }, asset],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  expect(hearing(placeFinding).of(raised).asked[0]?.request.finding).toMatchObject({
    findingId: 'a',
    ruleId: 'r',
    title: 'T',
    criticality: 'CRITICAL',
    assetGroups: ['domain-controllers'],
    knownIndicator: false,
  });
});

it('a rule with huge texts and a host with huge names make a small summary', () => {
  const rule = { id: huge, title: huge, level: 'MEDIUM', description: huge, falsePositives: [], runbook: '' };
  const raised = {
    ...one,
    type: 'finding.raised',
    rule,
    source: huge,
    techniques: Array(500).fill(huge),
    tactics: [huge],
    entities: [{ kind: 'user', value: huge }, ...Array(5_000).fill({ kind: 'host', value: 'ws6' })],
    assets: [],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  const summary = hearing(placeFinding).of(raised).asked[0]?.request.finding;
  expect(JSON.stringify(summary).length).toBeLessThan(8_000);
  expect(summary?.entities[0]).toEqual({ kind: 'host', value: 'ws6' });
});

it('a rule of ours that was switched off opens no case at a customer', () => {
  const raised = {
    ...one,
    type: 'finding.raised',
    rule: { id: 'vigie.rule-disabled', title: 'T', level: 'MEDIUM', description: '', falsePositives: [], runbook: '' },
    assets: [],
    identities: [],
    indicators: [],
  } as unknown as FindingRaised;
  expect(hearing(placeFinding).of(raised).asked).toEqual([]);
});

describe('clustering', () => {
  const placed = {
    type: 'clustering.finding-placed',
    finding: one,
    caseId: 'c',
    number: 1001,
    because: 'new',
    at: THEN,
  } as const;
  it('opens a case', () =>
    hearing(followPlacement)
      .of({ ...placed, opened: true })
      .asks({
        type: 'case.open',
        caseId: 'c',
        number: 1001,
        title: 'Rule a on ws6',
        description: '',
        severity: 'MEDIUM',
        findings: [one],
        entities: one.entities,
        because: 'new',
        openedBy: { subject: 'cases', side: 'SYSTEM' },
      }));
  it('adds to a case', () =>
    hearing(followPlacement)
      .of({ ...placed, opened: false })
      .asks({ type: 'case.add-findings', caseId: 'c', findings: [one], because: 'new' }));
  it('opens a case of a person', () =>
    expect(
      hearing(openNumbered).of({
        type: 'clustering.case-numbered',
        caseId: 'c',
        number: 1001,
        title: 'Look',
        description: 'd',
        severity: 'LOW',
        entities: [],
        by: ada,
        at: THEN,
      }).asked[0]?.request,
    ).toMatchObject({ type: 'case.open', openedBy: ada, findings: [] }));
  it('moves findings of merged cases', () =>
    hearing(followMerge)
      .of({
        type: 'clustering.cases-merged',
        fromCaseId: 'f',
        intoCaseId: 'i',
        findings: [one],
        reason: 'one',
        by: ada,
        at: THEN,
      })
      .asks(
        { type: 'case.add-findings', caseId: 'i', findings: [one], because: 'one' },
        { type: 'case.mark-merged', caseId: 'f', intoCaseId: 'i', reason: 'one' },
      ));
  it('moves the findings of a full case in parts, each asked for once', () => {
    const findings = Array.from({ length: 250 }, (_, index) => finding(`f${index}`, 'host:ws6'));
    const { asked } = hearing(followMerge).of({
      type: 'clustering.cases-merged',
      fromCaseId: 'f',
      intoCaseId: 'i',
      findings,
      reason: 'one',
      by: ada,
      at: THEN,
    });
    expect(asked.map(({ seed, request }) => [seed, 'findings' in request ? request.findings.length : 0])).toEqual([
      [undefined, 100],
      ['1', 100],
      ['2', 50],
      [undefined, 0],
    ]);
    const split = hearing(followSplit).of({
      type: 'clustering.case-split',
      fromCaseId: 'f',
      caseId: 'n',
      number: 1002,
      findings,
      reason: 'r',
      by: ada,
      at: THEN,
    }).asked;
    expect(split.map(({ seed, request }) => [request.type, seed])).toEqual([
      ['case.open', undefined],
      ['case.add-findings', '1'],
      ['case.add-findings', '2'],
      ['case.remove-findings', undefined],
    ]);
  });
  it('moves findings of a split case', () =>
    expect(
      hearing(followSplit)
        .of({
          type: 'clustering.case-split',
          fromCaseId: 'f',
          caseId: 'n',
          number: 1002,
          findings: [one],
          reason: 'r',
          by: ada,
          at: THEN,
        })
        .asked.map(({ request }) => request),
    ).toMatchObject([
      { type: 'case.open', caseId: 'n', number: 1002 },
      { type: 'case.remove-findings', caseId: 'f', findingIds: ['a'], toCaseId: 'n' },
    ]));
  it('lets go of closed cases', () =>
    hearing(releaseClosed)
      .of({
        type: 'case.closed',
        caseId: 'c',
        verdict: 'TEST',
        reason: 'NONE',
        summary: 's',
        impact: false,
        by: ada,
        at: THEN,
      })
      .asks({ type: 'clustering.release-case', caseId: 'c' }));
});

describe('response actions', () => {
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const base = { actionId: 'x', caseId: 'c', at: THEN };
  it.each<[ActionFact, string, string]>([
    [
      { ...base, type: 'action.decided', decision: 'ASK', rule: 'mode', because: 'COLLABORATE asks', policyVersion: 2 },
      'AWAITING_APPROVAL',
      'the response policy (version 2, mode) says ASK: COLLABORATE asks',
    ],
    [{ ...base, type: 'action.approved', comment: ' go ', by: ada }, 'APPROVED', 'ada agreed: go'],
    [
      {
        ...base,
        type: 'action.identity-requested',
        actionClass: 'isolate-host',
        target,
        asking: 1,
        rule: 'mode',
        because: 'it may',
        policyVersion: 2,
      },
      'RESOLVING',
      'the vendor is asked who ws6 is',
    ],
    [
      {
        ...base,
        type: 'action.identified',
        vendor: 'defender',
        vendorId: 'm1',
        name: 'ws6.acme.example',
        names: [],
        detail: 'ws6 is the machine ws6.acme.example (m1)',
      },
      'RESOLVING',
      'defender says: ws6 is the machine ws6.acme.example (m1)',
    ],
    [
      {
        ...base,
        type: 'action.started',
        actionClass: 'isolate-host',
        target,
        idempotencyKey: 'k',
        policyVersion: 1,
        rule: 'mode',
        inverting: true,
        vendor: 'defender',
        vendorId: 'm1',
      },
      'REVERTING',
      'isolate-host of ws6 is being undone',
    ],
    [
      {
        ...base,
        type: 'action.finished',
        actionClass: 'isolate-host',
        target,
        outcome: 'OUTCOME_UNKNOWN',
        detail: 'timed out',
        vendorRef: '',
        vendor: 'defender',
        vendorId: 'm1',
        alreadyInForce: false,
      },
      'OUTCOME_UNKNOWN',
      'the vendor said OUTCOME_UNKNOWN to isolate-host of ws6: timed out',
    ],
    [
      {
        ...base,
        type: 'action.verified',
        actionClass: 'isolate-host',
        target,
        effective: false,
        evidence: 'still talks',
      },
      'VERIFY_FAILED',
      'isolate-host of ws6 has no effect: still talks',
    ],
    [
      { ...base, type: 'action.done-by-customer', comment: '', by: { subject: 'carol', side: 'CUSTOMER' } },
      'DONE_BY_CUSTOMER',
      'carol of the customer did it',
    ],
  ])('are kept with the case: $type', (fact, state, summary) =>
    expect(hearing(keepAction).of(fact).asked[0]?.request).toMatchObject({
      type: 'case.record-action',
      caseId: 'c',
      actionId: 'x',
      state,
      summary,
      occurredAt: THEN,
    }),
  );
  it('of no case are kept nowhere', () =>
    hearing(keepAction)
      .of({ ...base, caseId: '', type: 'action.expired' })
      .asks());
});

describe('the customer', () => {
  const changed = {
    type: 'case.priority-changed',
    caseId: 'c',
    severity: 'MEDIUM',
    priority: 40,
    because: '',
    at: THEN,
  } as const;
  const tell = { type: 'case.notify-customer', caseId: 'c', contact: 'carol', channel: 'phone' } as const;
  it('is told of cases from MEDIUM on, through the first contact for incidents', () =>
    hearing(tellCustomer, settings).of(changed).asks(tell));
  it('is not told of less', () =>
    hearing(tellCustomer, settings)
      .of({ ...changed, severity: 'LOW' })
      .asks());
  it('is not told when nobody is to be told', () => hearing(tellCustomer).of(changed).asks());
  it('is told of a question to an approver', () =>
    hearing(tellApprover, settings)
      .of({
        type: 'action.approval-requested',
        actionId: 'x',
        caseId: 'c',
        contacts: ['carol'],
        question: 'q',
        expiresAt: THEN,
        at: THEN,
      })
      .asks(tell));
});
