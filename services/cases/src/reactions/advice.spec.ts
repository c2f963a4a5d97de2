import type { CaseClosed, RecommendationGiven } from '#contracts';
import { idOf } from '#libs/model';
import { hearing } from '#libs/testing';
import { ada } from '../../test/reaction-samples.js';
import { advisePrevention, keepAdvice, remindWhenDue } from './advice.js';

const given: RecommendationGiven = {
  type: 'recommendation.given',
  recommendationId: 'r1',
  caseId: 'c1',
  postureId: '',
  text: 'Patch it',
  owner: '',
  dueAt: null,
  priority: 'HIGH',
  turn: 1,
  nextReminderAt: 7,
  by: ada,
  at: 1,
};

const closed: CaseClosed = {
  type: 'case.closed',
  caseId: 'c1',
  verdict: 'TRUE_POSITIVE',
  reason: 'NONE',
  summary: 's',
  impact: true,
  rootCause: { technique: 'T1566.001', patientZero: 'ws-01', cause: 'a macro', preventableHow: ' Block macros. ' },
  by: ada,
  at: 1,
};

it('how an attack could have been prevented is advice', () =>
  hearing(advisePrevention)
    .of(closed)
    .asks({
      type: 'recommendation.give',
      recommendationId: idOf('prevention', 'c1', 'Block macros.'),
      caseId: 'c1',
      postureId: '',
      text: 'Block macros.',
      owner: '',
      dueAt: null,
      priority: 'MEDIUM',
    }));
it.each([{ verdict: 'FALSE_POSITIVE' as const }, { rootCause: null }])(
  'what is closed with %o advises nothing',
  (one) =>
    hearing(advisePrevention)
      .of({ ...closed, ...one })
      .asks(),
);

it('that advice was given and what became of it is kept with its case, with who said so', () => {
  const kept = {
    type: 'case.record-advice',
    caseId: 'c1',
    recommendationId: 'r1',
    state: 'OPEN',
    text: 'Patch it',
    by: ada,
    occurredAt: 1,
  } as const;
  hearing(keepAdvice).of(given).asks(kept);
  const { recommendationId, caseId } = given;
  hearing(keepAdvice)
    .of({ type: 'recommendation.risk-accepted', recommendationId, caseId, reason: 'It goes', by: ada, at: 2 })
    .asks({ ...kept, state: 'RISK_ACCEPTED', text: 'It goes', occurredAt: 2 });
});
it('what comes from no case is kept with none', () =>
  hearing(keepAdvice)
    .of({ ...given, caseId: '' })
    .asks());
it('the next reminder is held until it is due', () => {
  expect(hearing(remindWhenDue).of(given).asked).toEqual([
    { request: { type: 'recommendation.remind', recommendationId: 'r1', turn: 1 }, dueAt: 7 },
  ]);
  hearing(remindWhenDue)
    .of({ ...given, nextReminderAt: null })
    .asks();
});
