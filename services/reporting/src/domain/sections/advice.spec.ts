import { aCase, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { ada, bo } from '../../../test/sample-week/people.js';
import type { Journals, RecommendationJournal } from '../journals/index.js';
import { adviceSection } from './advice.js';
import { sectionContextOf } from './context.js';
import { waitingItems } from './waiting-on-customer.js';

const advice = (special: Partial<RecommendationJournal> = {}): RecommendationJournal => ({
  applied: [1, 0],
  recommendationId: 'r1',
  caseId: 'c1',
  postureId: '',
  givenAt: minute(1),
  fact: 'f1',
  sayings: [{ text: 'Patch it', owner: 'IT', dueAt: minute(99), priority: 'HIGH', at: minute(1) }],
  states: [{ state: 'OPEN', by: ada, words: '', at: minute(1) }],
  ...special,
});
const accepted = { state: 'RISK_ACCEPTED', by: bo, words: 'It goes', at: minute(5) } as const;
const closed = aCase({
  statuses: [{ status: 'CLOSED', onHoldReason: 'NONE', at: minute(3) }],
  closings: [
    {
      verdict: 'TRUE_POSITIVE',
      reason: 'NONE',
      summary: '',
      impact: true,
      rootCause: { technique: 'T1190', patientZero: 'web01', cause: 'An old server', preventableHow: 'Patching' },
      at: minute(3),
    },
  ],
});
const told = (special: Partial<Journals>) => {
  const journals = { ...nothing, ...special };
  const context = sectionContextOf(journals, theWeek, theWeek, someSettings);
  return { section: adviceSection(journals, context), waiting: waitingItems(journals, context) };
};

it('advice of a closed case stays open, waits, and tells the root cause it comes from', () => {
  const { section, waiting } = told({ cases: [closed], recommendations: [advice()] });
  expect(section).toEqual([
    {
      recommendationId: 'r1',
      caseNumber: `${someSettings.prefix}-${closed.number}`,
      postureId: '',
      cause: 'An old server',
      text: 'Patch it',
      owner: 'IT',
      dueAt: minute(99),
      priority: 'HIGH',
      at: minute(1),
      state: 'OPEN',
      endedAt: null,
      endedBy: null,
    },
  ]);
  expect(waiting).toMatchObject([{ kind: 'RECOMMENDATION', id: 'r1', since: minute(1) }]);
});

it('an accepted risk is told, by whom, and waits no more', () => {
  const { section, waiting } = told({ recommendations: [advice({ states: [...advice().states, accepted] })] });
  expect(section).toMatchObject([{ state: 'RISK_ACCEPTED', endedAt: minute(5), endedBy: bo.subject }]);
  expect(waiting).toEqual([]);
});

it('what is said or ended after the period does not change it', () => {
  const late = theWeek.to + 1;
  const [saying] = advice().sayings;
  const { section } = told({
    recommendations: [
      advice({
        sayings: [saying!, { ...saying!, text: 'Patch both', at: late }],
        states: [...advice().states, { ...accepted, at: late }],
      }),
    ],
  });
  expect(section).toMatchObject([{ text: 'Patch it', state: 'OPEN' }]);
});

it('what had ended before the period is left out', () =>
  expect(told({ recommendations: [advice({ states: [{ ...accepted, at: theWeek.from - 1 }] })] }).section).toEqual([]));

it('advice given in its case, as it once was, is told as before', () => {
  const old = { recommendationId: 'r0', text: 'Rotate it', at: minute(2), completedAt: minute(9) };
  expect(told({ cases: [aCase({ recommendations: [old] })] }).section).toMatchObject([
    {
      recommendationId: 'r0',
      text: 'Rotate it',
      owner: '',
      dueAt: null,
      priority: null,
      state: 'DONE',
      endedAt: minute(9),
    },
  ]);
});
