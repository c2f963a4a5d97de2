import type { CaseRequest, CaseFact, CaseOpened, RootCause, TenantState } from '#contracts';
import { scenario } from '#libs/testing';
import { caseStream } from './decider.js';
import { initial } from './state.js';
import { entities, finding, HOUR_MS, MINUTE_MS, THEN } from '../../../test/samples.js';

const caseId = 'c1';
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const bob = { subject: 'bob', side: 'PROVIDER' } as const;
const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
const service = { subject: 'cases', side: 'SYSTEM' } as const;
const settings = {
  timeZone: 'Europe/Paris',
  calendar: { days: [], holidays: [] },
  sla: (['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'] as const).flatMap((kind) => [
    { severity: 'HIGH' as const, kind, minutes: 60, businessHours: false },
    { severity: 'MEDIUM' as const, kind, minutes: 240, businessHours: false },
  ]),
} as Partial<TenantState> as TenantState;
const { given } = scenario(caseStream, { settings });

const lead = finding('a', 'host:ws6', { severity: 'HIGH' });
const openIt: CaseRequest = {
  type: 'case.open',
  caseId,
  number: 1001,
  title: 'PsExec on ws6',
  description: '',
  severity: 'HIGH',
  findings: [lead],
  entities: lead.entities,
  because: 'new',
  openedBy: service,
};
const opened = given().when(openIt, { actor: service }).facts()[0] as CaseOpened;
const after = (
  request: CaseRequest,
  past: CaseFact[] = [opened],
  actor: typeof ada | typeof bob | typeof carol | typeof service = ada,
): CaseFact[] => [
  ...past,
  ...given(...past)
    .when(request, { actor })
    .facts(),
];
const acknowledge: CaseRequest = { type: 'case.acknowledge', caseId };
const acknowledged = after(acknowledge);
const close = (special: Partial<Extract<CaseRequest, { type: 'case.close' }>> = {}): CaseRequest => ({
  type: 'case.close',
  caseId,
  verdict: 'FALSE_POSITIVE',
  reason: 'EXPECTED_ACTIVITY',
  summary: 'An administrator at work.',
  impact: false,
  ...special,
});
const hold: CaseRequest = { type: 'case.change-status', caseId, status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER' };
const resolve: CaseRequest = { type: 'case.change-status', caseId, status: 'RESOLVED', onHoldReason: 'NONE' };
const closed = after(close(), acknowledged, bob);
const clock = (facts: CaseFact[], kind: string) =>
  facts.reduce(caseStream.evolve, initial()).clocks.find((one) => one.kind === kind);

describe('a case', () => {
  it('opens with priority, its reasons and clocks', () => {
    expect(opened).toMatchObject({ type: 'case.opened', severity: 'HIGH', because: 'severity high; confidence 60 %' });
    expect(opened.clocks.map(({ kind, dueAt }) => [kind, dueAt - THEN])).toEqual(
      ['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'].map((kind) => [kind, HOUR_MS]),
    );
  });
  it('opens once', () => given(opened).when(openIt, { actor: service }).then());
  it('is opened by the service alone', () => given().when(openIt).refuses('only the service itself'));
  it('without a tenant that is known has no clocks', () =>
    given().when(openIt, { actor: service, settings: undefined }).thenLike({ type: 'case.opened', clocks: [] }));
  it.each<CaseRequest>([
    acknowledge,
    { type: 'case.assign', caseId, analyst: 'ada' },
    { type: 'case.add-note', caseId, text: 'x' },
    hold,
    { type: 'case.change-phase', caseId, phase: 'RECOVERY' },
    { type: 'case.set-verdict', caseId, verdict: 'TEST', reason: 'NONE' },
    close(),
    { type: 'case.reopen', caseId, reason: 'x' },
    { type: 'case.add-recommendation', caseId, text: 'x' },
    { type: 'case.change-severity', caseId, severity: 'LOW', reason: 'x' },
  ])('that does not exist, and the customer, are refused: $type', (request) => {
    given().when(request).refuses('there is no such case');
    given(opened).when(request, { actor: carol }).refuses("only the provider's analysts");
  });
});

describe('findings of a case', () => {
  const add = (...findings: ReturnType<typeof finding>[]): CaseRequest => ({
    type: 'case.add-findings',
    caseId,
    findings,
    because: 'shares host ws6',
  });
  const medium = finding('m', 'host:ws6');
  const mild = given()
    .when({ ...openIt, findings: [medium], severity: 'MEDIUM' } as CaseRequest, { actor: service })
    .facts();
  it('are added with all entities of the case', () =>
    given(opened)
      .when(add(finding('b', 'user:p', { severity: 'LOW' })), { actor: service })
      .thenLike({ type: 'case.findings-added', entities: entities('host:ws6 user:p') }));
  it('are added once', () => given(opened).when(add(lead), { actor: service }).then());
  it('raise severity, priority and clocks', () => {
    const facts = given(...mild)
      .when(add(lead), { actor: service, now: THEN + 10 * MINUTE_MS })
      .facts();
    expect(facts).toMatchObject([
      { type: 'case.findings-added' },
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
    const facts = after(add(finding('b', 'host:ws6')), after(resolve, acknowledged), service);
    expect(facts.slice(-2)).toMatchObject([
      { type: 'case.reopened' },
      { type: 'case.status-changed', from: 'RESOLVED', to: 'IN_PROGRESS' },
    ]);
  });
  it('leave for another case', () =>
    given(...after(add(medium), [opened], service))
      .when({ type: 'case.remove-findings', caseId, findingIds: ['m', 'z'], toCaseId: 'c2' }, { actor: service })
      .thenLike({ type: 'case.findings-removed', findingIds: ['m'] }));
});

describe('work on a case', () => {
  it('begins when it is acknowledged, which stops that clock', () => {
    expect(acknowledged.slice(1)).toMatchObject([
      { type: 'case.acknowledged' },
      { type: 'case.clocks-changed' },
      { type: 'case.status-changed', from: 'NEW', to: 'IN_PROGRESS' },
    ]);
    expect(clock(acknowledged, 'ACKNOWLEDGE')?.stoppedAt).toBe(THEN);
  });
  it('begins once', () =>
    given(...acknowledged)
      .when(acknowledge)
      .then());
  it('is handed to an analyst, once', () => {
    const assigned = after({ type: 'case.assign', caseId, analyst: 'ada' });
    expect(assigned[1]).toMatchObject({ type: 'case.assigned', analyst: 'ada', by: ada });
    given(...assigned)
      .when({ type: 'case.assign', caseId, analyst: 'ada' })
      .then();
  });
  it('is not handed on when closed', () =>
    given(...closed)
      .when({ type: 'case.assign', caseId, analyst: 'ada' })
      .refuses('case is closed'));
  it('is noted, closed or not', () =>
    given(...closed)
      .when({ type: 'case.add-note', caseId, text: ' seen ' })
      .thenLike({ type: 'case.note-added', text: 'seen' }));
  it('needs words in a note', () =>
    given(opened).when({ type: 'case.add-note', caseId, text: ' ' }).refuses('the note is empty'));
  it('rests only for a reason', () =>
    given(opened)
      .when({ ...hold, onHoldReason: 'NONE' } as CaseRequest)
      .refuses('say for whom'));
  it('does not end by a change of status', () =>
    given(opened)
      .when({ ...hold, status: 'CLOSED' } as CaseRequest)
      .refuses('closed with a verdict'));
  it('does not become new again', () =>
    given(...acknowledged)
      .when({ ...hold, status: 'NEW' } as CaseRequest)
      .refuses('IN_PROGRESS cannot become NEW'));
  it('goes on after the end only by reopening', () =>
    given(...after(resolve))
      .when(hold)
      .refuses('reopen it first'));
  it('has phases of their own', () =>
    given(opened)
      .when({ type: 'case.change-phase', caseId, phase: 'ERADICATION' })
      .thenLike({ type: 'case.phase-changed', from: 'IDENTIFICATION', to: 'ERADICATION' }));
});

describe('clocks of a case', () => {
  const dueAfter = (reason: 'AWAITING_CUSTOMER' | 'AWAITING_APPROVAL' | 'AWAITING_THIRD_PARTY'): number => {
    const held = [
      ...acknowledged,
      ...given(...acknowledged)
        .when({ ...hold, onHoldReason: reason } as CaseRequest, { now: THEN + 10 * MINUTE_MS })
        .facts(),
    ];
    const goesOn: CaseRequest = { type: 'case.change-status', caseId, status: 'IN_PROGRESS', onHoldReason: 'NONE' };
    return (
      (clock(
        [
          ...held,
          ...given(...held)
            .when(goesOn, { now: THEN + 40 * MINUTE_MS })
            .facts(),
        ],
        'RESOLVE',
      )?.dueAt ?? 0) - THEN
    );
  };
  it('stand still while the customer or a third party is waited for', () =>
    expect([dueAfter('AWAITING_CUSTOMER'), dueAfter('AWAITING_THIRD_PARTY')]).toEqual([
      90 * MINUTE_MS,
      90 * MINUTE_MS,
    ]));
  it('run on while an approval is waited for', () => expect(dueAfter('AWAITING_APPROVAL')).toBe(HOUR_MS));
  it('all stop when the case is resolved', () =>
    expect(
      after(resolve)
        .reduce(caseStream.evolve, initial())
        .clocks.every(({ stoppedAt }) => stoppedAt === THEN),
    ).toBe(true));
});

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
      .refuses('a HIGH case is closed by a second person: ada worked on it'));
  it('of HIGH and above needs somebody who worked on it', () =>
    given(opened).when(close()).refuses('nobody has worked on this HIGH case'));
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
      .thenLike({ type: 'case.reopened' }, { type: 'case.status-changed', from: 'CLOSED', to: 'IN_PROGRESS' }));
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

describe('the customer', () => {
  const ask: CaseRequest = { type: 'case.post-message', caseId, kind: 'QUESTION', text: 'Did you expect this?' };
  const asked = after(ask);
  const question = asked[1]?.type === 'case.message-posted' ? asked[1].messageId : '';
  const answer: CaseRequest = { type: 'case.post-message', caseId, kind: 'ANSWER', text: 'No', inReplyTo: question };
  it('is told, which stops that clock', () => {
    const told = after({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' }, [opened], service);
    expect(told[1]).toMatchObject({ type: 'case.customer-notified', contact: 'carol' });
    expect(clock(told, 'NOTIFY')?.stoppedAt).toBe(THEN);
    given(...told)
      .when({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' }, { actor: service })
      .then();
    given(...told)
      .when({ type: 'case.notify-customer', caseId, contact: 'carol', channel: 'mail' })
      .thenLike({ type: 'case.customer-notified', by: ada });
  });
  it('answers a question', () =>
    given(...asked)
      .when(answer, { actor: carol })
      .thenLike({ type: 'case.message-posted', kind: 'ANSWER', inReplyTo: question, by: carol }));
  it('answers a question that was asked', () =>
    given(opened).when(answer, { actor: carol }).refuses('no such question'));
  it('ends the wait by writing', () =>
    given(...after(hold, asked))
      .when(answer, { actor: carol })
      .thenLike({ type: 'case.message-posted' }, { type: 'case.status-changed', from: 'ON_HOLD', to: 'IN_PROGRESS' }));
  it('rates the end, once, in one to five stars', () => {
    const rate = { type: 'case.rate', caseId, stars: 5, comment: 'Thank you' } as const;
    given(opened).when(rate, { actor: carol }).refuses('once it is resolved');
    given(...closed)
      .when(rate)
      .refuses('only the customer');
    given(...closed)
      .when({ ...rate, stars: 6 }, { actor: carol })
      .refuses('one to five stars');
    given(...after(rate, closed, carol))
      .when(rate, { actor: carol })
      .refuses('rated already');
  });
  it('follows advice, once', () => {
    const advised = after({ type: 'case.add-recommendation', caseId, text: 'Block macros' }, closed);
    const last = advised.at(-1);
    const done: CaseRequest = {
      type: 'case.complete-recommendation',
      caseId,
      recommendationId: last?.type === 'case.recommendation-added' ? last.recommendationId : '',
    };
    given(...after(done, advised, carol))
      .when(done, { actor: carol })
      .then();
    given(...advised)
      .when({ ...done, recommendationId: 'x' }, { actor: carol })
      .refuses('no such recommendation');
  });
});

describe('response actions', () => {
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const record = (state: 'PROPOSED' | 'VERIFIED' | 'VERIFY_FAILED', special = {}): CaseRequest => ({
    type: 'case.record-action',
    caseId,
    actionId: 'x',
    actionClass: 'isolate-host',
    target,
    state,
    summary: state,
    occurredAt: THEN + 1,
    ...special,
  });
  it('contain the case once their effect is verified, and only once', () => {
    const contained = after(record('VERIFIED'), [opened], service);
    expect(contained.slice(1).map(({ type }) => type)).toEqual([
      'case.action-recorded',
      'case.contained',
      'case.clocks-changed',
      'case.phase-changed',
    ]);
    expect(clock(contained, 'CONTAIN')?.stoppedAt).toBe(THEN + 1);
    given(...contained)
      .when(record('VERIFIED', { actionId: 'y' }), { actor: service })
      .thenLike({ type: 'case.action-recorded' });
    given(...contained)
      .when(record('VERIFIED'), { actor: service })
      .then();
  });
  it('without effect contain nothing', () =>
    given(opened).when(record('VERIFY_FAILED'), { actor: service }).thenLike({ type: 'case.action-recorded' }));
  it('that release contain nothing', () =>
    given(opened)
      .when(record('VERIFIED', { actionClass: 'release-host' }), { actor: service })
      .thenLike({ type: 'case.action-recorded' }));
  it('need not repeat what they are', () => {
    const proposed = after(record('PROPOSED'), [opened], service);
    given(...proposed)
      .when(record('VERIFIED', { actionClass: '', target: { kind: 'HOST', id: '', entity: '' } }), { actor: service })
      .thenLike(
        { type: 'case.action-recorded', actionClass: 'isolate-host', target },
        { type: 'case.contained' },
        { type: 'case.clocks-changed' },
        { type: 'case.phase-changed' },
      );
  });
  it('do not move a later phase back', () => {
    const later = after({ type: 'case.change-phase', caseId, phase: 'RECOVERY' });
    expect(after(record('VERIFIED'), later, service).reduce(caseStream.evolve, initial()).phase).toBe('RECOVERY');
  });
  it('are recorded by the service alone', () =>
    given(opened).when(record('VERIFIED')).refuses('only the service itself'));
});
