import fc from 'fast-check';
import type { CaseFact, CaseRequest, Severity } from '#contracts';
import { Refused } from '#libs/model';
import { severityRank } from '#libs/terms';
import {
  acknowledge,
  acknowledged,
  ada,
  after,
  bob,
  caseId,
  close,
  given,
  judge,
  lead,
  opened,
  openIt,
  service,
} from '../../../test/case-requests.js';
import { finding } from '../../../test/samples.js';

const severity = (to: Severity): CaseRequest => ({ type: 'case.change-severity', caseId, severity: to, reason: 'why' });
const assign = (analyst: string): CaseRequest => ({ type: 'case.assign', caseId, analyst });
const note: CaseRequest = { type: 'case.add-note', caseId, text: 'seen' };
const record = {
  type: 'case.record-action',
  caseId,
  actionId: 'a1',
  actionClass: 'isolate-host',
  target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
  state: 'VERIFIED',
  summary: '',
  occurredAt: 1,
} as const;
const contained = after(record as CaseRequest, acknowledged, service);

const proposedBy = (by: typeof ada): CaseRequest =>
  ({ ...record, actionId: 'a2', state: 'PROPOSED', by }) as CaseRequest;
const takeOver = (workers: string[], gravest: Severity = 'UNKNOWN', wasContained = false): CaseRequest => ({
  type: 'case.take-over',
  caseId,
  fromCaseId: 'c0',
  workers,
  gravest,
  wasContained,
});
const low = finding('l', 'host:ws7', { severity: 'LOW' });
const openedLow = given()
  .when({ ...openIt, findings: [low], severity: 'LOW' } as CaseRequest, { actor: service })
  .facts();
const pinned = after(severity('LOW'), openedLow);
const join: CaseRequest = { type: 'case.add-findings', caseId, findings: [lead], because: 'merged' };

describe('four eyes', () => {
  it('are two people: who lowered a case that another worked on has reviewed it, and may close it', () =>
    given(...after(severity('LOW'), acknowledged, bob))
      .when(close(), { actor: bob })
      .thenLike({ type: 'case.verdict-set' }, { type: 'case.status-changed', to: 'CLOSED' }, { type: 'case.closed' }));
  it('go over with a merge, also to where that was merged into itself', () => {
    const merge: CaseRequest = { type: 'case.mark-merged', caseId, intoCaseId: 'c2', reason: 'r' };
    const merged = after(merge, acknowledged, service);
    expect(merged.at(-1)).toMatchObject({
      type: 'case.merged',
      workers: ['ada'],
      gravest: 'HIGH',
      wasContained: false,
    });
    given(...merged)
      .when(takeOver(['ada', 'eve']), { actor: service })
      .thenLike({ type: 'case.taken-over', intoCaseId: 'c2', workers: ['eve'] });
    given(...merged)
      .when(takeOver(['ada']), { actor: service })
      .then();
    given(...merged)
      .when(takeOver(['eve']), { actor: ada })
      .refuses('only the service itself');
  });
  it.each<[string, CaseFact[]]>([
    ['assigned to somebody else', after(assign('bob'), acknowledged)],
    ['on which he only wrote a note', after(note)],
    ['that was lowered by a second person', after(severity('LOW'), acknowledged, bob)],
    ['for which he asked for an action', after(proposedBy(ada), [opened], service)],
    ['that took over one he had worked on', after(takeOver(['ada']), after(note, [opened], bob), service)],
  ])('are needed to close a case %s', (_, past) =>
    given(...past)
      .when(close(), { actor: ada })
      .refuses('by a second person: ada worked on it'),
  );
  it('are needed to lower it from HIGH, not within what is less, nor to raise it', () => {
    given(...acknowledged)
      .when(severity('MEDIUM'), { actor: ada })
      .refuses('lowered by a second person');
    given(opened).when(severity('MEDIUM')).refuses('nobody has worked on this HIGH case yet');
    given(...after(severity('MEDIUM'), acknowledged, bob))
      .when(severity('LOW'), { actor: ada })
      .thenLike({ type: 'case.priority-changed', severity: 'LOW' });
    given(...acknowledged)
      .when(severity('CRITICAL'), { actor: ada })
      .thenLike({ type: 'case.priority-changed', severity: 'CRITICAL' });
  });
  it.each<[string, CaseFact[]]>([
    ['a grave finding joined, though a person said LOW', after(join, pinned, service)],
    ['one that was grave was merged, whatever it holds now', after(takeOver([], 'CRITICAL'), pinned, service)],
  ])('are needed where %s', (_, past) => {
    given(...past)
      .when(close(), { actor: ada })
      .refuses('by a second person: ada worked on it');
    expect(after(close(), past, bob).at(-1)?.type).toBe('case.closed');
  });
  it('hear of a merge what is new, once', () => {
    const [taken] = given(opened)
      .when(takeOver([], 'LOW', true), { actor: service })
      .facts();
    expect(taken).toMatchObject({ type: 'case.taken-over', workers: [], gravest: 'LOW', wasContained: true });
    given(opened, taken as CaseFact)
      .when(takeOver([], 'HIGH', true), { actor: service })
      .then();
    given(...after(takeOver(['ada'], 'LOW', true), openedLow, service))
      .when(close({ verdict: 'TRUE_POSITIVE', impact: false }), { actor: bob })
      .refuses('something was contained has impact');
  });
  it('call what was contained harmed, and ask for its root cause, also once that was undone', () => {
    given(...contained)
      .when(close({ verdict: 'TRUE_POSITIVE', impact: false }), { actor: bob })
      .refuses('something was contained has impact');
    given(...contained)
      .when(close({ verdict: 'TRUE_POSITIVE', impact: true }), { actor: bob })
      .refuses('with its root cause');
  });

  it('hold in every history: whoever closes a case that was ever HIGH wrote nothing of it before', () => {
    const people = ['ada', 'bob', 'eve'].map((subject) => ({ subject, side: 'PROVIDER' }) as const);
    const requests: CaseRequest[] = [
      acknowledge,
      assign('bob'),
      assign('eve'),
      note,
      judge,
      severity('LOW'),
      severity('HIGH'),
      close(),
      { type: 'case.reopen', caseId, reason: 'again' },
    ];
    const step = fc.tuple(fc.constantFrom(...requests), fc.constantFrom(...people));
    let closures = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let past: CaseFact[] = [opened];
        for (const [request, actor] of steps) {
          let facts: CaseFact[];
          try {
            facts = given(...past)
              .when(request, { actor })
              .facts();
          } catch (error) {
            if (error instanceof Refused) continue;
            throw error;
          }
          const wrote = new Set(
            past.flatMap((fact) =>
              'by' in fact && fact.by && !(fact.type === 'case.priority-changed' && fact.severity === 'LOW')
                ? [fact.by.subject]
                : [],
            ),
          );
          const lowers = facts.some(
            (fact) => fact.type === 'case.priority-changed' && severityRank(fact.severity) < severityRank('HIGH'),
          );
          const from = past.findLast((fact) => fact.type === 'case.priority-changed')?.severity ?? opened.severity;
          if (facts.some(({ type }) => type === 'case.closed') || (lowers && from === 'HIGH')) {
            closures += 1;
            expect(wrote.has(actor.subject)).toBe(false);
            expect(wrote.size).toBeGreaterThan(0);
          }
          past = [...past, ...facts];
        }
      }),
      { numRuns: 400 },
    );
    expect(closures).toBeGreaterThan(20);
  });
});
