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
  opened,
  service,
} from '../../../test/case-requests.js';

const severity = (to: Severity): CaseRequest => ({ type: 'case.change-severity', caseId, severity: to, reason: 'why' });
const assign = (analyst: string): CaseRequest => ({ type: 'case.assign', caseId, analyst });
const note: CaseRequest = { type: 'case.add-note', caseId, text: 'seen' };
const contained = after(
  {
    type: 'case.record-action',
    caseId,
    actionId: 'a1',
    actionClass: 'isolate-host',
    target: { kind: 'HOST', id: 'ws6', entity: 'host:ws6' },
    state: 'VERIFIED',
    summary: '',
    occurredAt: 1,
  } as CaseRequest,
  acknowledged,
  service,
);

describe('four eyes', () => {
  it.each<[string, CaseFact[]]>([
    ['assigned to somebody else', after(assign('bob'), acknowledged)],
    ['on which he only wrote a note', after(note)],
    ['that was lowered by a second person', after(severity('LOW'), acknowledged, bob)],
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
          const wrote = new Set(past.flatMap((fact) => ('by' in fact && fact.by ? [fact.by.subject] : [])));
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
