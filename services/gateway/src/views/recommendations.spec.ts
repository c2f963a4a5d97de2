import type { RecommendationFact } from '#contracts';
import type { AdviceFact } from '#libs/terms';
import { heard, showing } from '#libs/testing';
import { THEN } from '../../test/samples/index.js';
import { recommendations } from './recommendations.js';

const [ada, carol] = [
  { subject: 'ada', side: 'PROVIDER' },
  { subject: 'carol', side: 'CUSTOMER' },
] as const;
const of = { recommendationId: 'r1', caseId: 'c1' };
const given: RecommendationFact = {
  type: 'recommendation.given',
  ...of,
  postureId: 'p1',
  text: 'Patch it',
  owner: 'IT',
  dueAt: THEN + 99,
  priority: 'HIGH',
  turn: 1,
  nextReminderAt: THEN + 9,
  by: ada,
  at: THEN,
};
const docAfter = (...facts: AdviceFact[]) =>
  showing(recommendations).of(
    ...facts.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } })),
  )['r1'];

it('shows what is advised, to whom, until when, and where it comes from', () =>
  expect(docAfter(given)).toEqual({
    ...of,
    postureId: 'p1',
    givenInCase: false,
    text: 'Patch it',
    owner: 'IT',
    dueAt: THEN + 99,
    priority: 'HIGH',
    state: 'OPEN',
    by: ada,
    at: THEN,
    ended: null,
    reminderDueAt: null,
    version: 1,
  }));

it('shows who ended it and in which words, and nothing of that once it is reopened', () => {
  const accepted: AdviceFact = {
    type: 'recommendation.risk-accepted',
    ...of,
    reason: 'The host goes away in May.',
    by: carol,
    at: THEN + 5,
  };
  expect(docAfter(given, accepted)).toMatchObject({
    state: 'RISK_ACCEPTED',
    ended: { by: carol, at: THEN + 5, words: 'The host goes away in May.' },
    version: 2,
  });
  const reopened: AdviceFact = {
    type: 'recommendation.reopened',
    ...of,
    reason: 'It stays.',
    turn: 2,
    nextReminderAt: null,
    by: carol,
    at: THEN + 6,
  };
  expect(docAfter(given, accepted, reopened)).toMatchObject({ state: 'OPEN', ended: null });
});

it('shows advice of before as it was: what it says, and whether it was followed', () => {
  const old: AdviceFact = { type: 'case.recommendation-added', ...of, text: 'Patch', by: ada, at: THEN };
  const done: AdviceFact = { type: 'case.recommendation-completed', ...of, by: carol, at: THEN + 1 };
  expect(docAfter(old)).toMatchObject({ givenInCase: true, state: 'OPEN', priority: null, dueAt: null, owner: '' });
  expect(docAfter(old, done)).toMatchObject({ state: 'DONE', ended: { by: carol, at: THEN + 1, words: '' } });
});
