import type { ActionFact, CaseFact, ClusteringCasesMerged, FindingRepeated, RequestAnswered } from '#contracts';
import type { Heard, Typed } from '#libs/model';
import { heard, showing } from '#libs/testing';
import { factsOf, idsOf, markOf, openedOf, raisedOf, stateOf, summaryOf, THEN } from '../../test/samples/index.js';
import { actions } from './actions.js';
import { answers, bucketOf } from './answers.js';
import { cases, type CaseDoc } from './cases.js';
import { findingEvents, findings } from './findings.js';
import { grants } from './grants.js';
import { huntPages, hunts } from './hunts.js';
import { openings } from './openings.js';
import { reportPdfs, reports } from './reports.js';
import { tenants } from './tenants.js';

const ids = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const told = (subject: string): Heard<never>[] =>
  factsOf('acme')
    .filter(({ fact }) => fact.type.startsWith(`${subject}.`))
    .map(({ fact, envelope }) => heard(fact, envelope) as Heard<never>);
const inOrder = (facts: Typed[]): Heard<never>[] =>
  facts.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }) as Heard<never>);

describe('a case', () => {
  const caseId = ids.case;
  const at = THEN + 100;
  const after = (...facts: CaseFact[]): CaseDoc =>
    showing(cases).of(...inOrder([openedOf('acme'), ...facts]))[caseId] as CaseDoc;

  it('is shown with its findings, questions and notes, and the version of its stream', () => {
    const doc = showing(cases).of(...told('case'))[caseId];
    expect(doc).toMatchObject({
      number: 1001,
      status: 'NEW',
      version: 4,
      openedAt: THEN + 3,
      findings: [{ findingId: ids.finding }],
      notes: [{ text: markOf('acme') }],
      messages: [{ id: ids.message, kind: 'QUESTION' }],
    });
  });
  it('tells in its timeline when things happened and when they were known, and what stays inside', () => {
    expect(showing(cases).of(...told('case'))[caseId]?.timeline).toMatchObject([
      { kind: 'opened', occurredAt: THEN, at: THEN + 3, internal: false },
      { kind: 'note-added', internal: true },
      { kind: 'message-posted', by: ada },
      { kind: 'recommendation-added', internal: false },
    ]);
  });
  it('keeps the first time of each milestone', () => {
    const doc = after(
      { type: 'case.acknowledged', caseId, by: ada, at },
      { type: 'case.customer-notified', caseId, contact: 'carol', channel: 'mail', by: ada, at: at + 1 },
      { type: 'case.customer-notified', caseId, contact: 'carl', channel: 'mail', by: ada, at: at + 2 },
      { type: 'case.contained', caseId, actionId: 'x', occurredAt: at + 3, at: at + 4 },
    );
    expect(doc).toMatchObject({ acknowledgedAt: at, notifiedAt: at + 1, containedAt: at + 3, resolvedAt: null });
  });
  it('ends, and goes on again', () => {
    const closed: CaseFact[] = [
      { type: 'case.status-changed', caseId, from: 'NEW', to: 'CLOSED', onHoldReason: 'NONE', clocks: [], by: ada, at },
      { type: 'case.closed', caseId, verdict: 'TEST', reason: 'NONE', summary: 'a drill', impact: false, by: ada, at },
    ];
    expect(after(...closed)).toMatchObject({ status: 'CLOSED', verdict: 'TEST', resolvedAt: at, closedAt: at });
    expect(after(...closed, { type: 'case.reopened', caseId, reason: 'more', by: ada, at })).toMatchObject({
      status: 'IN_PROGRESS',
      resolvedAt: null,
      closedAt: null,
    });
  });
  it('takes findings in once and lets them go', () => {
    const added: CaseFact = {
      type: 'case.findings-added',
      caseId,
      findings: [summaryOf('acme'), { ...summaryOf('acme'), findingId: 'f2' }],
      entities: [],
      because: '',
      at,
    };
    expect(after(added).findings.map(({ findingId }) => findingId)).toEqual([ids.finding, 'f2']);
    expect(
      after(added, {
        type: 'case.findings-removed',
        caseId,
        findingIds: [ids.finding],
        toCaseId: 'other',
        at,
      }).findings.map(({ findingId }) => findingId),
    ).toEqual(['f2']);
  });
  it('stays a small document, whatever happens to it, and counts all of its findings', () => {
    const huge = 'x'.repeat(440_000);
    const findings = (from: number) =>
      Array.from({ length: 100 }, (_, index) => ({
        ...summaryOf('acme'),
        findingId: `f${from + index}`,
        title: huge,
        entities: Array.from({ length: 300 }, (_one, at) => ({ kind: 'user', value: `${at}-${'y'.repeat(900)}` })),
      }));
    const facts: CaseFact[] = [
      ...Array.from(
        { length: 100 },
        (_, index): CaseFact => ({
          type: 'case.findings-added',
          caseId,
          findings: findings(index * 100),
          entities: [],
          because: huge,
          at,
        }),
      ),
      ...Array.from(
        { length: 500 },
        (_, index): CaseFact => ({
          type: 'case.message-posted',
          caseId,
          messageId: `m${index}`,
          kind: 'MESSAGE',
          text: 'z'.repeat(10_000),
          inReplyTo: null,
          by: ada,
          at,
        }),
      ),
      ...Array.from(
        { length: 500 },
        (_, index): CaseFact => ({
          type: 'case.note-added',
          caseId,
          noteId: `n${index}`,
          text: 'z'.repeat(10_000),
          by: ada,
          at,
        }),
      ),
      ...Array.from(
        { length: 1_000 },
        (): CaseFact => ({
          type: 'case.action-recorded',
          caseId,
          actionId: 'a',
          actionClass: '',
          target: { kind: 'HOST', id: '', entity: '' },
          state: 'FAILED',
          summary: huge,
          occurredAt: at,
          at,
        }),
      ),
      { type: 'case.findings-removed', caseId, findingIds: ['f0', 'f1'], toCaseId: 'other', at },
    ];
    const doc = after(...facts);
    expect(JSON.stringify(doc).length).toBeLessThan(2_500_000);
    expect(doc).toMatchObject({ findingCount: 9_999, findings: { length: 50 } });
    expect([doc.findings[0]?.findingId, doc.messages.at(-1)?.id, doc.notes.at(-1)?.id, doc.timeline[0]?.kind]).toEqual([
      ids.finding,
      'm499',
      'n499',
      'opened',
    ]);
  });
  it('is not there before it was opened', () =>
    expect(showing(cases).of({ type: 'case.acknowledged', caseId, by: ada, at })).toEqual({}));
});

describe('a finding', () => {
  const placed = told('clustering');
  const repeated = (count: number): Heard<never> =>
    heard({
      type: 'finding.repeated',
      findingId: ids.finding,
      count,
      lastOccurredAt: THEN,
      at: THEN,
    } satisfies FindingRepeated) as Heard<never>;
  const merged = heard({
    type: 'clustering.cases-merged',
    fromCaseId: ids.case,
    intoCaseId: 'into',
    findings: [summaryOf('acme')],
    reason: '',
    by: ada,
    at: THEN,
  } satisfies ClusteringCasesMerged) as Heard<never>;
  const raised = heard(raisedOf('acme')) as Heard<never>;

  it.each([
    ['raised first', [raised, ...placed, merged, repeated(3), repeated(2)]],
    ['placed first', [...placed, repeated(2), merged, raised, repeated(3)]],
    ['raised in between, and again', [repeated(3), ...placed, raised, merged, raised, repeated(2)]],
  ])('ends the same whatever stream is heard first: %s', (_name, facts) => {
    expect(showing(findings).of(...facts)[ids.finding]).toEqual({
      ...showing(findings).of(raised)[ids.finding],
      raised: true,
      caseId: 'into',
      count: 3,
    });
  });
  it('is nothing to show before it was raised', () =>
    expect(showing(findings).of(...placed)[ids.finding]).toMatchObject({ raised: false, caseId: ids.case }));
  it('keeps its events apart, in the words of the vendor', () => {
    expect(showing(findings).of(raised)[ids.finding]).not.toHaveProperty('events');
    expect(showing(findingEvents).of(raised)[ids.finding]?.events).toMatchObject([
      { native: `{"a":"${markOf('acme')}"}` },
    ]);
  });
});

describe('an action', () => {
  const base = { actionId: ids.action, caseId: ids.case, at: THEN + 30 };
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const after = (...facts: ActionFact[]) => showing(actions).of(...told('action'), ...facts)[ids.action];

  it('waits for the customer, and says why and since when', () =>
    expect(after()).toMatchObject({
      state: 'AWAITING_APPROVAL',
      decision: 'ASK',
      askedAt: THEN + 20,
      expiresAt: THEN + 21,
      history: [{ state: 'PROPOSED' }, { state: 'PROPOSED' }, { state: 'AWAITING_APPROVAL' }],
    }));
  it('is verified once its effect was seen', () =>
    expect(
      after(
        { ...base, type: 'action.approved', comment: 'go', by: { subject: 'carol', side: 'CUSTOMER' } },
        {
          ...base,
          type: 'action.finished',
          actionClass: 'isolate-host',
          target,
          outcome: 'SUCCEEDED',
          detail: 'ok',
          vendorRef: '',
          vendor: 'defender',
          vendorId: 'm1',
          alreadyInForce: false,
        },
        { ...base, type: 'action.verified', actionClass: 'isolate-host', target, effective: true, evidence: 'silent' },
      ),
    ).toMatchObject({
      state: 'VERIFIED',
      approvedBy: { subject: 'carol' },
      detail: 'ok',
      evidence: 'silent',
      verifiedAt: THEN + 30,
    }));
  it('without effect is not', () =>
    expect(
      after({
        ...base,
        type: 'action.verified',
        actionClass: 'isolate-host',
        target,
        effective: false,
        evidence: 'talks',
      }),
    ).toMatchObject({ state: 'VERIFY_FAILED', verifiedAt: null }));
});

describe('grants', () => {
  const given = (tenants: string[]) =>
    ({ type: 'grant.given', subject: 'ada', role: 'ANALYST', tenants, by: ada, at: THEN }) as const;
  it('add up by role, and are taken back', () => {
    const docs = showing(grants).of(given(['acme']), given(['globex', 'acme']), {
      ...given(['acme']),
      type: 'grant.revoked',
    });
    expect(docs).toEqual({ ada: { subject: 'ada', roles: { ANALYST: ['globex'] } } });
  });
});

describe('answers', () => {
  const answer = (requestId: string): RequestAnswered => ({
    type: 'request.answered',
    requestId,
    requestType: 'case.assign',
    outcome: 'DONE',
    code: '',
    message: '',
    streamId: '',
    version: 0,
  });
  const to = (requestId: string, correlationId = requestId, time = 1) =>
    heard(answer(requestId), { correlationId, time });
  it('to people are kept, once each, the newest last in whatever order they came', () => {
    const docs = showing(answers).of(
      to('ab1', 'ab1', 2),
      to('ab3', 'ab3', 3),
      to('ab2', 'ab2', 1),
      to('ab1', 'ab1', 2),
    );
    expect(docs[bucketOf('ab1')]?.answers.map(({ requestId }) => requestId)).toEqual(['ab2', 'ab1', 'ab3']);
  });
  it('to reactions are not', () => expect(showing(answers).of(to('ab1', 'the-cause'))).toEqual({}));
  it('make room for newer ones', () =>
    expect(
      showing(answers).of(...Array.from({ length: 60 }, (_, index) => to(`ab${index}`)))['ab']?.answers,
    ).toHaveLength(50));
});

it('a hunt counts its rows, and its pages hold them', () => {
  expect(showing(hunts).of(...told('hunt'))[ids.hunt]).toMatchObject({
    finished: true,
    rowCount: 1,
    scanned: 5,
    columns: ['a'],
    askedBy: ada,
  });
  expect(showing(huntPages).of(...told('hunt').slice(1, 2))).toEqual({
    [`${ids.hunt}/1`]: { huntId: ids.hunt, page: 1, rows: [`["${markOf('acme')}"]`] },
  });
});

it('a report is data, its PDF is kept apart', () => {
  const made = told('report');
  expect(showing(reports).of(...made)[ids.report]).toEqual({
    reportId: ids.report,
    kind: 'WEEKLY',
    from: THEN,
    to: THEN + 1,
    language: 'EN',
    verdict: markOf('acme'),
    colour: 'GREEN',
    figures: `{"a":"${markOf('acme')}"}`,
    figuresHash: markOf('acme'),
    madeAt: THEN,
  });
  expect(Buffer.from(showing(reportPdfs).of(...made)[ids.report]?.pdf ?? '', 'base64').toString()).toBe(
    `%PDF ${markOf('acme')}`,
  );
});

it('a tenant is its newest form, whatever comes later', () =>
  expect(showing(tenants).of({ ...stateOf('acme'), version: 2, name: 'new' }, stateOf('acme'))['acme']).toMatchObject({
    version: 2,
    name: 'new',
  }));

it('a case opened by a person is found by the request', () =>
  expect(
    showing(openings).of(
      heard(
        {
          type: 'clustering.case-numbered',
          caseId: 'c',
          number: 1,
          title: '',
          description: '',
          severity: 'LOW',
          entities: [],
          by: ada,
          at: THEN,
        },
        { causationId: 'asked' },
      ),
    ),
  ).toEqual({ asked: { caseId: 'c' } }));
