import type { RecommendationFact } from '#contracts';
import { heard, showing } from '#libs/testing';
import { minute } from '../../test/samples.js';
import { ada, bo } from '../../test/sample-week/people.js';
import { recommendationJournal } from './recommendation-journal.js';

const of = { recommendationId: 'r1', caseId: 'c1' };
const terms = { text: 'Patch it', owner: 'IT', dueAt: minute(99), priority: 'HIGH' } as const;
const reminders = { turn: 1, nextReminderAt: null };
const history: RecommendationFact[] = [
  { type: 'recommendation.given', ...of, postureId: '', ...terms, ...reminders, by: ada, at: minute(1) },
  { type: 'recommendation.changed', ...of, ...terms, owner: 'Ops', ...reminders, by: ada, at: minute(2) },
  { type: 'recommendation.risk-accepted', ...of, reason: 'It goes', by: bo, at: minute(3) },
  { type: 'recommendation.reopened', ...of, reason: 'It stays', ...reminders, by: bo, at: minute(4) },
  { type: 'recommendation.completed', ...of, comment: 'done', by: bo, at: minute(5) },
];
const told = history.map((fact, index) => heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }));

it('remembers what was said and where it stood, each with its instant, and hears nothing twice', () => {
  const doc = showing(recommendationJournal).of(...told)['r1'];
  expect(doc).toMatchObject({ ...of, postureId: '', givenAt: minute(1) });
  expect(doc?.sayings.map(({ owner, at }) => [owner, at])).toEqual([
    ['IT', minute(1)],
    ['Ops', minute(2)],
  ]);
  expect(doc?.states.map(({ state, words, at }) => [state, words, at])).toEqual([
    ['OPEN', '', minute(1)],
    ['RISK_ACCEPTED', 'It goes', minute(3)],
    ['OPEN', 'It stays', minute(4)],
    ['DONE', 'done', minute(5)],
  ]);
  expect(showing(recommendationJournal).of(...told, ...told)['r1']).toEqual(doc);
});
