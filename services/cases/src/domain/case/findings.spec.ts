import type { CaseRequest } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import {
  acknowledge,
  acknowledged,
  ada,
  after,
  bob,
  caseId,
  clock,
  close,
  closed,
  given,
  lead,
  opened,
  openIt,
  resolve,
  resolved,
  service,
} from '../../../test/case-requests.js';
import { THEN, entities, finding } from '../../../test/samples.js';
import { caseStream } from './decider.js';
import { initial } from './state.js';

describe('findings of a case', () => {
  const add = (...findings: ReturnType<typeof finding>[]): CaseRequest => ({
    type: 'case.add-findings',
    caseId,
    findings,
    because: 'shares host ws6',
  });
  const medium = finding('m', 'host:ws6');
  const mild = given()
    .when({ ...openIt, findings: [medium], title: 'Rule m on ws6', severity: 'MEDIUM' } as CaseRequest, {
      actor: service,
    })
    .facts();
  it('are added with all entities of the case', () =>
    given(opened)
      .when(add(finding('b', 'user:p', { severity: 'LOW' })), { actor: service })
      .thenLike(
        { type: 'case.findings-added', entities: entities('host:ws6 user:p') },
        { type: 'case.priority-changed' },
      ));
  it('say from which case they were moved', () => {
    given(opened)
      .when({ ...add(finding('b', 'host:ws6')), fromCaseId: 'c0' } as CaseRequest, { actor: service })
      .thenLike({ type: 'case.findings-added', fromCaseId: 'c0' }, { type: 'case.priority-changed' });
    given()
      .when({ ...openIt, fromCaseId: 'c0' } as CaseRequest, { actor: service })
      .thenLike({ type: 'case.opened', fromCaseId: 'c0' });
  });
  it('never crowd out a host by what was met there', () => {
    const met = Array.from({ length: 50 }, (_, f) =>
      finding(`f${f}`, Array.from({ length: 12 }, (_unused, n) => `hash:${f}-${n}`).join(' ')),
    );
    const [added] = given(...after(add(...met), [opened], service))
      .when(add(finding('late', 'host:dc1')), { actor: service })
      .facts();
    expect(added).toMatchObject({ type: 'case.findings-added' });
    const known = added?.type === 'case.findings-added' ? added.entities : [];
    expect([known.length, known.slice(0, 2)]).toEqual([500, entities('host:ws6 host:dc1')]);
  });
  it('are added once', () => given(opened).when(add(lead), { actor: service }).then());
  it('raise severity, priority and clocks', () => {
    const facts = given(...mild)
      .when(add(lead), { actor: service, now: THEN + 10 * MINUTE_MS })
      .facts();
    expect(facts).toMatchObject([
      { type: 'case.findings-added' },
      { type: 'case.titled' },
      { type: 'case.priority-changed', severity: 'HIGH', by: null },
      { type: 'case.clocks-changed' },
    ]);
    expect(clock([...mild, ...facts], 'CONTAIN')?.dueAt).toBe(THEN + 70 * MINUTE_MS);
  });
  it('no longer move a severity set by hand', () => {
    const facts = after({ type: 'case.change-severity', caseId, severity: 'LOW', reason: 'a lab machine' }, mild);
    expect(
      given(...facts)
        .when(add(lead), { actor: service })
        .facts()
        .filter(({ type }) => type === 'case.clocks-changed'),
    ).toEqual([]);
    expect(facts.reduce(caseStream.evolve, initial())).toMatchObject({ severity: 'LOW', pinned: true });
  });
  it('open a resolved case again', () => {
    const facts = after(add(finding('b', 'host:ws6')), resolved(acknowledged), service);
    expect(facts.slice(-3)).toMatchObject([
      { type: 'case.reopened' },
      { type: 'case.verdict-set', verdict: 'UNKNOWN', reason: 'NONE' },
      { type: 'case.status-changed', from: 'RESOLVED', to: 'IN_PROGRESS' },
    ]);
    given(...facts)
      .when(resolve)
      .refuses('with a verdict');
  });
  it('open a case again that was closed while they were on their way, and weigh and name it', () => {
    const over = after(close(), after(acknowledge, mild), bob);
    const facts = after(add(lead), over, service, THEN + 5 * MINUTE_MS);
    expect(facts.slice(over.length)).toMatchObject([
      { type: 'case.findings-added' },
      { type: 'case.titled', title: 'PsExec on ws6' },
      { type: 'case.priority-changed', severity: 'HIGH', number: 1001, title: 'PsExec on ws6' },
      { type: 'case.clocks-changed' },
      { type: 'case.reopened', reason: 'new findings joined the closed case' },
      { type: 'case.verdict-set', verdict: 'UNKNOWN' },
      { type: 'case.status-changed', from: 'CLOSED', to: 'IN_PROGRESS' },
    ]);
    expect(clock(facts, 'RESOLVE')).toMatchObject({ stoppedAt: null, pausedAt: null, dueAt: THEN + 65 * MINUTE_MS });
  });
  it('open a closed case again that an open one goes into', () => {
    const moved = { ...add(finding('b', 'host:ws7')), fromCaseId: 'c0' } as CaseRequest;
    expect(after(moved, closed, service).reduce(caseStream.evolve, initial()).status).toBe('IN_PROGRESS');
  });
  it('open a case without a verdict, also where it was reopened before that was said', () => {
    const facts = after(add(finding('b', 'host:ws6')), resolved(acknowledged), service);
    const older = facts.filter((fact) => !(fact.type === 'case.verdict-set' && fact.verdict === 'UNKNOWN'));
    expect(older).toHaveLength(facts.length - 1);
    given(...older)
      .when(resolve)
      .refuses('with a verdict');
  });
  it('let the time to resolve count anew where they open a resolved case again', () => {
    const facts = after(add(finding('b', 'host:ws6')), resolved(acknowledged), service, THEN + 90 * MINUTE_MS);
    expect(clock(facts, 'RESOLVE')).toMatchObject({ stoppedAt: null, dueAt: THEN + 150 * MINUTE_MS });
  });
  it('are counted anew in the reasons, though the priority stays', () =>
    given(opened)
      .when(add(finding('b', 'host:ws6', { severity: 'LOW' })), { actor: service })
      .thenLike(
        { type: 'case.findings-added' },
        { type: 'case.priority-changed', because: 'severity high; 2 findings; confidence 60 %' },
      ));
  it('name the case anew once a worse one joins', () =>
    given(...mild)
      .when(add(lead), { actor: service })
      .thenLike(
        { type: 'case.findings-added' },
        { type: 'case.titled', title: 'PsExec on ws6', findingId: 'a' },
        { type: 'case.priority-changed' },
        { type: 'case.clocks-changed' },
      ));
  it('name it by what is nearer to the aim where severities are equal, and not again for another of the same', () => {
    const cleared = finding('log', 'host:dc1', { severity: 'HIGH', tactics: ['attack.defense-evasion'] });
    const dumped = finding('lsass', 'host:dc1', { severity: 'HIGH', tactics: ['attack.credential-access'] });
    const begun = given()
      .when({ ...openIt, title: 'Rule log on dc1', findings: [cleared] } as CaseRequest, { actor: service })
      .facts();
    const named = after(add(dumped), begun, service);
    expect(named.filter(({ type }) => type === 'case.titled')).toMatchObject([{ title: 'Rule lsass on dc1' }]);
    const again = after(add({ ...dumped, findingId: 'more', title: 'Rule more' }), named, service);
    expect(again.filter(({ type }) => type === 'case.titled')).toHaveLength(1);
  });
  it('do not rename what a person named', () => {
    const byHand = given()
      .when({ ...openIt, title: 'Please look', findings: [], openedBy: ada } as CaseRequest, { actor: service })
      .facts();
    expect(after(add(lead), byHand, service).filter(({ type }) => type === 'case.titled')).toEqual([]);
  });
  it('leave for another case', () =>
    given(...after(add(medium), [opened], service))
      .when({ type: 'case.remove-findings', caseId, findingIds: ['m', 'z'], toCaseId: 'c2' }, { actor: service })
      .thenLike({ type: 'case.findings-removed', findingIds: ['m'] }, { type: 'case.priority-changed' }));
});
