import type { CaseRequest, RootCause } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  acknowledged,
  ada,
  after,
  bob,
  caseId,
  clock,
  close,
  closed,
  given,
  opened,
  openIt,
  service,
} from '../../../test/case-requests.js';
import { finding, THEN } from '../../../test/samples.js';

describe('the end of a case', () => {
  const rootCause: RootCause = {
    technique: 'T1566.001',
    patientZero: 'ws6',
    cause: 'a macro',
    preventableHow: 'block macros',
  };
  it('says verdict, status and summary', () =>
    expect(closed.slice(acknowledged.length)).toMatchObject([
      { type: 'case.verdict-set' },
      { type: 'case.status-changed', to: 'CLOSED' },
      { type: 'case.closed', verdict: 'FALSE_POSITIVE', rootCause: null, by: bob },
    ]));
  it('comes once', () =>
    given(...closed)
      .when(close(), { actor: bob })
      .then());
  it('needs a verdict', () =>
    given(...acknowledged)
      .when(close({ verdict: 'UNKNOWN' }), { actor: bob })
      .refuses('with a verdict'));
  it('needs a summary', () =>
    given(...acknowledged)
      .when(close({ summary: '' }), { actor: bob })
      .refuses('the summary is empty'));
  it('needs the root cause of a true positive with impact', () =>
    given(...acknowledged)
      .when(close({ verdict: 'TRUE_POSITIVE', impact: true }), { actor: bob })
      .refuses('root cause'));
  it.each([{ technique: 'phishing' }, { patientZero: ' ' }, { cause: '' }, { preventableHow: '' }])(
    'needs a complete root cause: %j',
    (gap) =>
      given(...acknowledged)
        .when(close({ verdict: 'TRUE_POSITIVE', impact: true, rootCause: { ...rootCause, ...gap } }), { actor: bob })
        .refuses('the root cause names'),
  );
  it('accepts a complete one', () =>
    expect(after(close({ verdict: 'TRUE_POSITIVE', impact: true, rootCause }), acknowledged, bob).at(-1)).toMatchObject(
      { type: 'case.closed', rootCause },
    ));
  it('of HIGH and above needs a second person', () =>
    given(...acknowledged)
      .when(close())
      .refuses('a case that was HIGH is closed by a second person: ada worked on it'));
  it('of HIGH and above needs somebody who worked on it', () =>
    given(opened).when(close()).refuses('nobody has worked on this HIGH case yet'));
  it('of less does not', () => {
    const low = given()
      .when({ ...openIt, findings: [finding('l', 'host:h', { severity: 'LOW' })], severity: 'LOW' } as CaseRequest, {
        actor: service,
      })
      .facts();
    expect(after(close(), low).at(-1)?.type).toBe('case.closed');
  });
  it('may be taken back', () =>
    given(...closed)
      .when({ type: 'case.reopen', caseId, reason: 'seen again' })
      .thenLike(
        { type: 'case.reopened' },
        { type: 'case.verdict-set', verdict: 'UNKNOWN', by: ada },
        { type: 'case.status-changed', from: 'CLOSED', to: 'IN_PROGRESS' },
      ));
  it('taken back begins its clocks anew', () => {
    const [at, later] = [THEN + 10 * MINUTE_MS, THEN + 500 * MINUTE_MS];
    const over = after(close(), acknowledged, bob, at);
    expect(clock(over, 'NOTIFY')).toMatchObject({ pausedAt: at, stoppedAt: null });
    const note: CaseRequest = { type: 'case.add-note', caseId, text: 'seen' };
    const again = after({ type: 'case.reopen', caseId, reason: 'seen again' }, after(note, over), bob, later);
    const goesOn = { pausedAt: null, stoppedAt: null };
    expect(clock(again, 'NOTIFY')).toMatchObject({ ...goesOn, dueAt: later + 60 * MINUTE_MS });
    expect(clock(again, 'CONTAIN')).toMatchObject({ ...goesOn, dueAt: later + 60 * MINUTE_MS });
    expect(clock(again, 'RESOLVE')).toMatchObject({ ...goesOn, dueAt: later + 60 * MINUTE_MS });
  });
  it('reaches nothing where it only became part of another', () => {
    const merge: CaseRequest = { type: 'case.mark-merged', caseId, intoCaseId: 'c2', reason: 'one attacker' };
    expect(clock(after(merge, acknowledged, service), 'RESOLVE')).toMatchObject({ pausedAt: THEN, stoppedAt: null });
  });
  it('of a merged case is a duplicate, once and for good', () => {
    const merged = after(
      { type: 'case.mark-merged', caseId, intoCaseId: 'c2', reason: 'one attacker' },
      [opened],
      service,
    );
    expect(merged.slice(1)).toMatchObject([
      { type: 'case.verdict-set', verdict: 'DUPLICATE' },
      { type: 'case.status-changed', to: 'CLOSED' },
      { type: 'case.merged', intoCaseId: 'c2' },
    ]);
    given(...merged)
      .when({ type: 'case.mark-merged', caseId, intoCaseId: 'c2', reason: 'again' }, { actor: service })
      .then();
    given(...merged)
      .when({ type: 'case.reopen', caseId, reason: 'x' })
      .refuses('merged into another');
    given(...merged)
      .when({ type: 'case.add-findings', caseId, findings: [finding('z', '')], because: 'late' }, { actor: service })
      .then();
  });
});
