import type { ActionState, CaseFact } from '#contracts';
import { heard, showing } from '#libs/testing';
import { heardOf, idsOf, markOf, openedOf, summaryOf, THEN } from '../../test/samples/index.js';
import { cases, type CaseDoc } from './cases.js';

const ids = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const inOrder = (facts: CaseFact[]) =>
  facts.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }));

describe('a case', () => {
  const caseId = ids.case;
  const at = THEN + 100;
  const after = (...facts: CaseFact[]): CaseDoc =>
    showing(cases).of(...inOrder([openedOf('acme'), ...facts]))[caseId] as CaseDoc;

  it('is shown with its findings, questions and notes, and the version of its stream', () => {
    const doc = showing(cases).of(...heardOf('acme', ...cases.hears))[caseId];
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
    expect(showing(cases).of(...heardOf('acme', ...cases.hears))[caseId]?.timeline).toMatchObject([
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
  it('tells nobody was told who was only to be, as an earlier release wrote at the opening', () => {
    const by = { subject: 'cases', side: 'SYSTEM' } as const;
    const toBe = { type: 'case.customer-notified', caseId, contact: 'zoe', channel: 'mail', by, at } as const;
    const doc = after({ ...toBe, occurredAt: null });
    expect([doc.notifiedAt, doc.timeline.at(-1)?.text]).toEqual([null, 'zoe was to be told by mail']);
    const told = after({ ...toBe, occurredAt: null }, { ...toBe, at: at + 9, occurredAt: at + 7 });
    expect([told.notifiedAt, told.timeline.at(-1)?.text]).toEqual([at + 7, 'zoe was told by mail']);
  });
  it('is called what the facts call it by now, and says so', () => {
    const doc = after({ type: 'case.titled', caseId, title: 'LSASS dumped on dc1', findingId: 'f2', at });
    expect([doc.title, doc.timeline.at(-1)?.text]).toEqual(['LSASS dumped on dc1', 'called: LSASS dumped on dc1']);
  });
  it('names who closed it, until it goes on', () => {
    const ended: CaseFact = {
      type: 'case.closed',
      caseId,
      verdict: 'BENIGN',
      reason: 'NONE',
      summary: 'x',
      impact: false,
      rootCause: null,
      by: ada,
      at,
    };
    expect(after(ended)).toMatchObject({ closedAt: at, reviewer: 'ada' });
    expect(
      after(ended, { type: 'case.reopened', caseId, reason: 'x', by: ada, at, number: 7, title: 't', severity: 'HIGH' })
        .reviewer,
    ).toBeNull();
  });
  it('has what went over from a case that is part of it: what the customer is asked, and what contains it', () => {
    const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
    const isolated = { actionId: 'x', actionClass: 'isolate-host', target, state: 'VERIFIED', occurredAt: at } as const;
    const taken = after({
      ...{ type: 'case.taken-over', caseId, fromCaseId: 'c0', workers: [], gravest: 'HIGH', wasContained: true, at },
      messages: [{ messageId: 'q', kind: 'QUESTION', text: 'You?', inReplyTo: null, by: ada, at, blocking: true }],
      actions: [isolated],
    });
    expect(taken).toMatchObject({ containedAt: at, messages: [{ id: 'q', text: 'You?', blocking: true }] });
    expect(taken.timeline.at(-1)?.text).toBe('from a case that went into this one: blocking question of ada');
  });
  it('that goes on is told by what its customer was told since, and not by what is heard late of before', () => {
    const told = (occurredAt: number): CaseFact => ({
      ...{ type: 'case.customer-notified', caseId, contact: 'zoe', channel: 'mail', at: at + 20, occurredAt },
      by: { subject: 'cases', side: 'SYSTEM' },
    });
    const again = { reason: 'x', by: ada, at: at + 10, number: 7, title: 't', severity: 'HIGH' } as const;
    const reopened: CaseFact = { type: 'case.reopened', caseId, ...again };
    expect(after(reopened, told(at + 5)).notifiedAt).toBeNull();
    expect(after(reopened, told(at + 5), told(at + 15)).notifiedAt).toBe(at + 15);
  });
  it('is contained while the effect of an action holds', () => {
    const recorded = (state: ActionState, after: number, actionId = 'x'): CaseFact => ({
      type: 'case.action-recorded',
      caseId,
      actionId,
      actionClass: 'isolate-host',
      target: { kind: 'HOST', id: 'ws-1', entity: 'host:ws-1' },
      state,
      summary: '',
      occurredAt: at + after,
      at: at + after,
    });
    const contained: CaseFact[] = [
      recorded('VERIFIED', 1),
      { type: 'case.contained', caseId, actionId: 'x', occurredAt: at + 1, at: at + 1 },
    ];
    const undone = [...contained, recorded('REVERTING', 2), recorded('REVERTED', 3)];
    expect(after(...contained).containedAt).toBe(at + 1);
    expect(after(...undone).containedAt).toBeNull();
    expect(after(...contained, recorded('REVERTING', 2), recorded('VERIFIED', 3)).containedAt).toBe(at + 1);
    expect(after(...undone, recorded('VERIFIED', 4, 'y')).containedAt).toBe(at + 4);
    expect(after(...contained, recorded('VERIFIED', 2, 'y'), recorded('REVERTING', 3)).containedAt).toBe(at + 2);
  });
  it('is not contained while something else is to be, or something grave happened elsewhere', () => {
    const on = (host: string, state: ActionState, after: number): CaseFact => ({
      type: 'case.action-recorded',
      caseId,
      actionId: host,
      actionClass: 'isolate-host',
      target: { kind: 'HOST', id: host, entity: `host:${host}` },
      state,
      summary: '',
      occurredAt: at + after,
      at: at + after,
    });
    const half = [on('dc-1', 'AWAITING_APPROVAL', 1), on('ws-1', 'VERIFIED', 2)];
    expect(after(...half).containedAt).toBeNull();
    expect(after(...half, on('dc-1', 'DENIED', 3)).containedAt).toBeNull();
    const whole = [...half, on('dc-1', 'VERIFIED', 4)];
    expect(after(...whole).containedAt).toBe(at + 4);
    const elsewhere: CaseFact = {
      type: 'case.findings-added',
      caseId,
      findings: [
        {
          ...summaryOf('acme'),
          findingId: 'f9',
          severity: 'CRITICAL',
          occurredAt: at + 5,
          entities: [{ kind: 'host', value: 'ws-2' }],
        },
      ],
      entities: [],
      because: '',
      at: at + 6,
    };
    expect(after(...whole, elsewhere).containedAt).toBeNull();
    expect(after(...whole, elsewhere, on('ws-2', 'VERIFIED', 8)).containedAt).toBe(at + 8);
  });
  it('ends, and goes on again', () => {
    const closed: CaseFact[] = [
      {
        type: 'case.status-changed',
        caseId,
        from: 'NEW',
        to: 'CLOSED',
        onHoldReason: 'NONE',
        clocks: [],
        by: ada,
        at,
        byItself: false,
      },
      { type: 'case.closed', caseId, verdict: 'TEST', reason: 'NONE', summary: 'a drill', impact: false, by: ada, at },
    ];
    expect(after(...closed)).toMatchObject({ status: 'CLOSED', verdict: 'TEST', resolvedAt: at, closedAt: at });
    expect(
      after(...closed, {
        type: 'case.reopened',
        caseId,
        reason: 'more',
        by: ada,
        at,
        number: 7,
        title: 't',
        severity: 'HIGH',
      }),
    ).toMatchObject({
      status: 'IN_PROGRESS',
      verdict: 'UNKNOWN',
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
          blocking: false,
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
