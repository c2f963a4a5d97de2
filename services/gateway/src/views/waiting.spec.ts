import type { ActionFact, CarriedMessage, CaseFact, RecommendationFact } from '#contracts';
import type { AdviceFact } from '#libs/terms';
import { heard, showing } from '#libs/testing';
import { heardOf, idsOf, openedOf, THEN } from '../../test/samples/index.js';
import { actions } from './actions.js';
import { waiting } from './waiting.js';

const { case: caseId, action: actionId } = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const carol = { subject: 'carol', side: 'CUSTOMER' } as const;

type WaitingHeard = Parameters<typeof waiting.show>[1];
const docsAfter = (...facts: (CaseFact | WaitingHeard)[]) =>
  showing(waiting).of(
    ...[openedOf('acme'), ...facts].map((fact, index) =>
      'envelope' in fact
        ? fact
        : (heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }) as WaitingHeard),
    ),
  );
const itemsAfter = (...facts: Parameters<typeof docsAfter>) => docsAfter(...facts)[caseId]?.items;
const guided: ActionFact = {
  type: 'action.guided',
  actionId,
  caseId,
  steps: ['Pull the plug', 'Call us'],
  at: THEN + 50,
};
const asked = heardOf('acme', ...actions.hears);

const said = (
  messageId: string,
  kind: 'QUESTION' | 'ANSWER',
  by: typeof ada | typeof carol,
  inReplyTo: string | null,
  at: number,
  blocking = false,
): CaseFact => ({
  type: 'case.message-posted',
  caseId,
  messageId,
  kind,
  text: messageId,
  inReplyTo,
  by,
  at,
  blocking,
});
const status = (to: 'ON_HOLD' | 'RESOLVED' | 'IN_PROGRESS', at: number): CaseFact => ({
  type: 'case.status-changed',
  caseId,
  from: 'NEW',
  to,
  onHoldReason: to === 'ON_HOLD' ? 'AWAITING_CUSTOMER' : 'NONE',
  clocks: [],
  by: ada,
  at,
  byItself: false,
});
const [q, r] = [said('q', 'QUESTION', ada, null, THEN + 4), said('r', 'QUESTION', ada, null, THEN + 5)];

it('a question waits until it is answered, not another, and while its case is open', () => {
  const answered = said('a', 'ANSWER', carol, 'r', THEN + 6);
  expect(itemsAfter(q, r, answered)).toEqual([
    {
      kind: 'QUESTION',
      id: 'q',
      text: 'q',
      since: THEN + 4,
      expiresAt: null,
      pauses: null,
      dueAt: null,
      priority: null,
    },
  ]);
  const resolved = status('RESOLVED', THEN + 7);
  expect(itemsAfter(q, resolved)).toEqual([]);
  expect(itemsAfter(q, resolved, status('IN_PROGRESS', THEN + 8))).toMatchObject([{ id: 'q' }]);
});

it('a case on hold for the customer waits since then, unless a question says what for', () => {
  const hold = status('ON_HOLD', THEN + 9);
  expect(itemsAfter(hold)).toMatchObject([{ kind: 'ON_HOLD', id: caseId, since: THEN + 9 }]);
  expect(itemsAfter(q, hold)).toMatchObject([{ kind: 'QUESTION', id: 'q' }]);
});

it('a question of a case that went into this one waits here, until it is answered here or there', () => {
  const [by, inReplyTo] = [ada, null];
  const question = {
    messageId: 'x',
    kind: 'QUESTION',
    text: 'You?',
    inReplyTo,
    by,
    at: THEN + 4,
    blocking: true,
  } as const;
  const reply = { messageId: 'a', kind: 'ANSWER', text: 'Yes', inReplyTo: 'x', by: carol, at: THEN + 6 } as const;
  const taken = (message: CarriedMessage): CaseFact => ({
    ...{ type: 'case.taken-over', caseId, fromCaseId: 'c0', workers: [], gravest: 'LOW', wasContained: false },
    ...{ messages: [message], at: THEN + 7 },
  });
  expect(itemsAfter(taken(question))).toMatchObject([{ kind: 'QUESTION', id: 'x', text: 'You?', since: THEN + 4 }]);
  expect(itemsAfter(taken(question), said('a', 'ANSWER', carol, 'x', THEN + 9))).toEqual([]);
  expect(itemsAfter(taken(question), taken({ ...reply, blocking: false }))).toEqual([]);
});

it("a question that the work waits for says which clock stands still, until it is not the customer's turn", () => {
  const blocking = said('q', 'QUESTION', ada, null, THEN + 4, true);
  const clock = { kind: 'RESOLVE', minutes: 60, businessHours: false, startedAt: THEN, dueAt: THEN + 60 } as const;
  const paused: CaseFact = {
    type: 'case.clocks-changed',
    caseId,
    clocks: [{ ...clock, pausedAt: THEN }],
    at: THEN + 4,
  };
  expect(itemsAfter(blocking, paused)).toMatchObject([{ kind: 'QUESTION', pauses: 'RESOLVE' }]);
  const back = said('b', 'QUESTION', carol, 'q', THEN + 6);
  expect(itemsAfter(blocking, paused, back)).toMatchObject([{ kind: 'QUESTION', pauses: null }]);
  const withdrawn: CaseFact = { type: 'case.question-withdrawn', caseId, messageId: 'q', by: ada, at: THEN + 7 };
  expect(itemsAfter(blocking, paused, withdrawn)).toEqual([]);
});

it('guidance waits since it was given, step by step, until its case is done', () => {
  expect(itemsAfter(...asked, heard(guided))).toMatchObject([
    { kind: 'GUIDANCE', id: actionId, text: 'Pull the plug\nCall us', since: THEN + 50, expiresAt: null },
  ]);
  expect(itemsAfter(...asked, heard(guided), status('RESOLVED', THEN + 60))).toEqual([]);
});

it('an approval waits, with the time it expires, whatever became of its case, until somebody answers', () => {
  expect(itemsAfter(...asked, status('RESOLVED', THEN + 60))).toMatchObject([
    { kind: 'APPROVAL', id: actionId, since: THEN + 20, expiresAt: THEN + 21 },
  ]);
  const approved: ActionFact = { type: 'action.approved', actionId, caseId, by: carol, comment: '', at: THEN + 30 };
  expect(itemsAfter(...asked, heard(approved))).toEqual([]);
});

it('says the same whichever of two streams is heard first', () => {
  const facts = [...asked, heard(guided)];
  const resolved = status('RESOLVED', THEN + 60);
  const first = showing(waiting).of(...facts, heard(openedOf('acme')), heard(resolved) as WaitingHeard);
  expect(first).toEqual(docsAfter(...facts, resolved));
});

describe('advice', () => {
  const recommendationId = 'r1';
  const given: RecommendationFact = {
    type: 'recommendation.given',
    recommendationId,
    caseId,
    postureId: '',
    text: 'Patch it',
    owner: 'IT',
    dueAt: THEN + 99,
    priority: 'HIGH',
    turn: 1,
    nextReminderAt: null,
    by: ada,
    at: THEN + 3,
  };
  const heardAdvice = (fact: AdviceFact) => heard(fact);
  const adviceAfter = (...facts: AdviceFact[]) => docsAfter(...facts.map(heardAdvice))[recommendationId];

  it('waits by itself, since it was given, whatever became of its case and however often it is said anew', () => {
    const changed: RecommendationFact = {
      ...given,
      type: 'recommendation.changed',
      text: 'Patch both',
      priority: 'LOW',
      dueAt: null,
      at: THEN + 7,
    };
    const docs = docsAfter(heard(given), status('RESOLVED', THEN + 5), heard(changed));
    expect(docs[recommendationId]).toMatchObject({ caseId, since: THEN + 3 });
    expect(docs[recommendationId]?.items).toEqual([
      {
        kind: 'RECOMMENDATION',
        id: recommendationId,
        text: 'Patch both',
        since: THEN + 3,
        expiresAt: null,
        pauses: null,
        dueAt: null,
        priority: 'LOW',
      },
    ]);
  });

  it.each<[string, AdviceFact]>([
    ['followed', { type: 'recommendation.completed', recommendationId, caseId, comment: '', by: carol, at: 9 }],
    [
      'lived without',
      { type: 'recommendation.risk-accepted', recommendationId, caseId, reason: 'x', by: carol, at: 9 },
    ],
    ['withdrawn', { type: 'recommendation.withdrawn', recommendationId, caseId, reason: 'x', by: ada, at: 9 }],
  ])('that is %s waits no more, until it is reopened', (_what, ended) => {
    expect(adviceAfter(given, ended)).toMatchObject({ items: [], since: null });
    const reopened: AdviceFact = {
      type: 'recommendation.reopened',
      recommendationId,
      caseId,
      reason: 'x',
      turn: 2,
      nextReminderAt: null,
      by: carol,
      at: 10,
    };
    expect(adviceAfter(given, ended, reopened)?.items).toHaveLength(1);
  });

  it('of before, given in its case, waits until it is followed', () => {
    const old: AdviceFact = {
      type: 'case.recommendation-added',
      caseId,
      recommendationId,
      text: 'Patch',
      by: ada,
      at: 3,
    };
    const done: AdviceFact = { type: 'case.recommendation-completed', caseId, recommendationId, by: carol, at: 9 };
    expect(adviceAfter(old)?.items).toMatchObject([{ kind: 'RECOMMENDATION', text: 'Patch', since: 3 }]);
    expect(adviceAfter(old, done)).toMatchObject({ items: [], since: null });
  });
});

it('keeps the words and the number of a question while people are told of it, and after silence was no answer', () => {
  const question: ActionFact = {
    type: 'action.approval-requested',
    actionId,
    caseId,
    contacts: ['carol'],
    question: 'May we?',
    expiresAt: THEN + 99,
    at: THEN + 10,
    asking: 3,
  };
  const told: ActionFact = {
    type: 'action.contact-tried',
    actionId,
    caseId,
    contact: 'carol',
    channel: 'mail',
    outcome: 'ACCEPTED',
    reached: false,
    triedAt: THEN + 20,
    waitUntil: null,
    at: THEN + 20,
  };
  const silent: ActionFact = {
    type: 'action.approved',
    actionId,
    caseId,
    comment: '',
    by: { subject: 'response', side: 'SYSTEM' },
    at: THEN + 30,
  };
  const item = { kind: 'APPROVAL', text: 'May we?', expiresAt: THEN + 99, asking: 3, since: THEN + 10 };
  const of = (...facts: ActionFact[]) => itemsAfter(...facts.map((fact) => heard(fact) as WaitingHeard));
  expect(of(question, told)).toMatchObject([item]);
  expect(of(question, told, silent)).toEqual([]);
  expect(of(question, told, silent, told)).toMatchObject([item]);
});
