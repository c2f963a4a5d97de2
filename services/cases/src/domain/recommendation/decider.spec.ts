import type { RecommendationFact, RecommendationGiven, RecommendationRequest } from '#contracts';
import { DAY_MS, WEEK_MS } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { recommendationStream } from './decider.js';

const { given } = scenario(recommendationStream);
const { now, actor: ada } = testContext;
const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
const clock = { subject: 'cases', side: 'SYSTEM' } as const;
const recommendationId = 'r1';
const give: RecommendationRequest = {
  type: 'recommendation.give',
  recommendationId,
  caseId: 'c1',
  postureId: '',
  text: ' Patch it ',
  owner: 'IT',
  dueAt: now + 30 * DAY_MS,
  priority: 'HIGH',
};
const advised: RecommendationGiven = {
  type: 'recommendation.given',
  recommendationId,
  caseId: 'c1',
  postureId: '',
  text: 'Patch it',
  owner: 'IT',
  dueAt: now + 30 * DAY_MS,
  priority: 'HIGH',
  turn: 1,
  nextReminderAt: now + 23 * DAY_MS,
  by: ada,
  at: now,
};
const complete: RecommendationRequest = { type: 'recommendation.complete', recommendationId, comment: ' done ' };
const accept: RecommendationRequest = {
  type: 'recommendation.accept-risk',
  recommendationId,
  reason: 'It goes in May',
};
const withdraw: RecommendationRequest = { type: 'recommendation.withdraw', recommendationId, reason: 'No such host' };
const reopen: RecommendationRequest = { type: 'recommendation.reopen', recommendationId, reason: 'It came back' };
const remind = (turn: number): RecommendationRequest => ({ type: 'recommendation.remind', recommendationId, turn });
const after = (request: RecommendationRequest, past: RecommendationFact[] = [advised], actor = carol as typeof ada) => [
  ...past,
  ...given(...past)
    .when(request, { actor })
    .facts(),
];

describe('advice', () => {
  it('is given once, with what, who and until when', () => {
    given().when(give).then(advised);
    given(advised).when(give).then();
  });
  it('may come from a posture item', () =>
    given()
      .when({ ...give, caseId: '', postureId: 'p1' })
      .thenLike({ type: 'recommendation.given', caseId: '', postureId: 'p1' }));
  it.each<[string, Partial<typeof give>, string]>([
    ['without words', { text: ' ' }, 'the recommendation is empty'],
    ['from nowhere', { caseId: '' }, 'comes from a case or from a posture item'],
    ['due in the past', { dueAt: now }, 'due in the future'],
    ['due in another age', { dueAt: now + 6 * 366 * DAY_MS }, 'within five years'],
    ['of an endless owner', { owner: 'x'.repeat(201) }, 'at most 200'],
  ])('%s is refused', (_what, special, sentence) =>
    given()
      .when({ ...give, ...special } as RecommendationRequest)
      .refuses(sentence),
  );
  it('is not given by the customer', () => given().when(give, { actor: carol }).refuses("only the provider's"));
  it('is said anew, and the reminders with it', () => {
    const change: RecommendationRequest = {
      type: 'recommendation.change',
      recommendationId,
      text: 'Patch it',
      owner: 'IT',
      dueAt: now + 30 * DAY_MS,
      priority: 'HIGH',
    };
    given(advised).when(change).then();
    given(advised)
      .when({ ...change, dueAt: now + 3 * DAY_MS })
      .thenLike({ type: 'recommendation.changed', turn: 2, nextReminderAt: now + 3 * DAY_MS, caseId: 'c1' });
    // What is overdue may keep the date it had.
    given(advised)
      .when({ ...change, owner: 'Operations' }, { now: now + 60 * DAY_MS })
      .thenLike({ type: 'recommendation.changed', owner: 'Operations', dueAt: now + 30 * DAY_MS });
    given(...after(complete))
      .when(change)
      .refuses('not open any more');
  });
});

describe('its end', () => {
  it('is said by the customer: it was followed', () =>
    given(advised).when(complete, { actor: carol }).then({
      type: 'recommendation.completed',
      recommendationId,
      caseId: 'c1',
      comment: 'done',
      turn: 1,
      by: carol,
      at: now,
    }));
  it('or the risk is accepted, by whom and why', () => {
    given(advised)
      .when(accept, { actor: carol })
      .thenLike({ type: 'recommendation.risk-accepted', reason: 'It goes in May', by: carol });
    given(advised)
      .when({ ...accept, reason: '' } as RecommendationRequest, { actor: carol })
      .refuses('the reason is empty');
  });
  it.each([complete, accept])('is not said by the provider: $type', (request) =>
    given(advised).when(request).refuses("only the customer's people"),
  );
  it('or the provider takes it back', () => {
    given(advised).when(withdraw).thenLike({ type: 'recommendation.withdrawn', by: ada });
    given(advised).when(withdraw, { actor: carol }).refuses("only the provider's");
  });
  it.each([complete, accept, withdraw])('is said once: $type', (request) => {
    const actor = request === withdraw ? ada : carol;
    const ended = after(request, [advised], actor as typeof ada);
    given(...ended)
      .when(request, { actor })
      .then();
  });
  it('what is done is not accepted, and what was withdrawn not done', () => {
    given(...after(complete))
      .when(accept, { actor: carol })
      .refuses('not open any more');
    given(...after(withdraw, [advised], ada))
      .when(complete, { actor: carol })
      .refuses('was withdrawn');
  });
  it('may be followed although the risk was accepted', () =>
    given(...after(accept))
      .when(complete, { actor: carol })
      .thenLike({ type: 'recommendation.completed' }));
  it('may turn out to be none', () => {
    given(...after(complete))
      .when(reopen)
      .thenLike({ type: 'recommendation.reopened', turn: 2, nextReminderAt: now + 23 * DAY_MS });
    given(advised).when(reopen).then();
  });
  it.each([complete, accept, withdraw, reopen, remind(1)])('of what nobody advised is none: $type', (request) =>
    given()
      .when(request, { actor: request === withdraw ? ada : request.type === 'recommendation.remind' ? clock : carol })
      .refuses('no such recommendation'),
  );
});

describe('a reminder', () => {
  it('is due when its timer fires: a week before the end, at the end, and every week from then on', () => {
    let past: RecommendationFact[] = [advised];
    const at: number[] = [];
    for (let turn = 1; turn <= 4; turn += 1) {
      const last = past.at(-1);
      const due = (last && 'nextReminderAt' in last ? last.nextReminderAt : null) ?? 0;
      at.push(due - now);
      past = [
        ...past,
        ...given(...past)
          .when(remind(turn), { actor: clock, now: due })
          .facts(),
      ];
    }
    expect(at.map((ms) => ms / DAY_MS)).toEqual([23, 30, 37, 44]);
    expect(past.at(-1)).toMatchObject({ type: 'recommendation.reminder-due', text: 'Patch it', owner: 'IT', turn: 5 });
  });
  it.each([
    ['HIGH', 7],
    ['MEDIUM', 14],
    ['LOW', 30],
  ] as const)('without an end comes by priority: %s after %i days', (priority, days) =>
    given()
      .when({ ...give, dueAt: null, priority })
      .thenLike({ type: 'recommendation.given', nextReminderAt: now + days * DAY_MS }),
  );
  it('of an earlier saying, or of what has ended, is none', () => {
    given(advised).when(remind(2), { actor: clock }).then();
    given(...after(complete))
      .when(remind(1), { actor: clock })
      .then();
    const again = after(reopen, after(complete), ada);
    given(...again)
      .when(remind(1), { actor: clock })
      .then();
    given(...again)
      .when(remind(2), { actor: clock })
      .thenLike({ type: 'recommendation.reminder-due' });
  });
  it('ends when nobody reads them', () => {
    const last: RecommendationFact = { ...advised, turn: 50, dueAt: now - WEEK_MS };
    given(last)
      .when(remind(50), { actor: clock })
      .thenLike({ type: 'recommendation.reminder-due', nextReminderAt: null });
  });
  it('is not asked by people', () => given(advised).when(remind(1)).refuses('only the service itself'));
});
