import { hearing } from '#libs/testing';
import { ada, one } from '../../test/reaction-samples.js';
import { THEN, finding } from '../../test/samples.js';
import {
  followMerge,
  followPlacement,
  followSplit,
  handOver,
  openNumbered,
  recallReopened,
  releaseClosed,
} from './clustering.js';

describe('clustering', () => {
  const placed = {
    type: 'clustering.finding-placed',
    finding: one,
    caseId: 'c',
    number: 1001,
    because: 'new',
    at: THEN,
    groupKey: 'host:ws6',
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
        { type: 'case.add-findings', fromCaseId: 'f', caseId: 'i', findings: [one], because: 'one' },
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
      { type: 'case.open', caseId: 'n', number: 1002, fromCaseId: 'f' },
      { type: 'case.remove-findings', caseId: 'f', findingIds: ['a'], toCaseId: 'n' },
    ]));
  it('recalls reopened cases', () =>
    hearing(recallReopened)
      .of({
        type: 'case.reopened',
        caseId: 'c',
        reason: 'again',
        by: ada,
        at: THEN,
        number: 7,
        title: 't',
        severity: 'HIGH',
      })
      .asks({ type: 'clustering.recall-case', caseId: 'c' }));
  it('tells the case that another went into who worked on that and how grave it was, and the next in turn', () => {
    const merged = { type: 'case.merged', caseId: 'a', intoCaseId: 'b', reason: 'r', at: THEN } as const;
    const eyes = { gravest: 'CRITICAL', wasContained: true } as const;
    hearing(handOver)
      .of({ ...merged, ...eyes, workers: ['ada'] })
      .asks({ type: 'case.take-over', caseId: 'b', fromCaseId: 'a', ...eyes, workers: ['ada'], occurredAt: THEN });
    hearing(handOver)
      .of({ ...merged, ...eyes, workers: [] })
      .asks({ type: 'case.take-over', caseId: 'b', fromCaseId: 'a', ...eyes, workers: [], occurredAt: THEN });
    const taken = { type: 'case.taken-over', caseId: 'b', fromCaseId: 'a', ...eyes, at: THEN } as const;
    hearing(handOver)
      .of({ ...taken, workers: ['ada'], intoCaseId: 'c' })
      .asks({ type: 'case.take-over', caseId: 'c', fromCaseId: 'b', ...eyes, workers: ['ada'], occurredAt: THEN });
    hearing(handOver)
      .of({ ...taken, workers: ['ada'], intoCaseId: null })
      .asks();
  });
  it('tells that case what the customer is asked and what holds, and what is heard of these later', () => {
    const said = {
      messageId: 'm',
      kind: 'ANSWER',
      text: 'yes',
      inReplyTo: 'q',
      by: ada,
      at: THEN,
      blocking: false,
    } as const;
    const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
    const action = { actionId: 'x', actionClass: 'isolate-host', target, state: 'VERIFIED', occurredAt: THEN } as const;
    const ask = { type: 'case.take-over', caseId: 'b', fromCaseId: 'a', occurredAt: THEN } as const;
    const nothing = { workers: [], gravest: 'UNKNOWN', wasContained: false } as const;
    const merged = { type: 'case.merged', caseId: 'a', intoCaseId: 'b', reason: 'r', at: THEN } as const;
    const [messages, actions] = [[said], [action]];
    hearing(handOver)
      .of({ ...merged, ...nothing, workers: [], messages, actions })
      .asks({ ...ask, ...nothing, workers: [], messages, actions });
    const posted = { ...said, type: 'case.message-posted', caseId: 'a' } as const;
    hearing(handOver).of(posted).asks();
    hearing(handOver)
      .of({ ...posted, intoCaseId: 'b' })
      .asks({ ...ask, ...nothing, workers: [], messages });
    const recorded = { ...action, type: 'case.action-recorded', caseId: 'a', summary: 's', at: THEN } as const;
    hearing(handOver).of(recorded).asks();
    hearing(handOver)
      .of({ ...recorded, intoCaseId: 'b' })
      .asks({ ...ask, ...nothing, workers: [], actions });
    hearing(handOver)
      .of({ ...recorded, intoCaseId: 'b', by: { subject: 'bob', side: 'PROVIDER' } })
      .asks({ ...ask, ...nothing, workers: ['bob'], actions });
  });
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
