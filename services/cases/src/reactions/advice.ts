import type {
  CaseRecordAdvice,
  RecommendationChanged,
  RecommendationFact,
  RecommendationGiven,
  RecommendationRemind,
  RecommendationReminderDue,
  RecommendationReopened,
} from '#contracts';
import type { Reaction } from '#libs/model';
import { adviceStateTold, adviceWords } from '#libs/terms';

type ToldOfAdvice = Exclude<RecommendationFact, RecommendationChanged | RecommendationReminderDue>;

const wordsOf = (fact: ToldOfAdvice): string => (fact.type === 'recommendation.given' ? fact.text : adviceWords(fact));

/** That advice was given on a case, and what became of it, is kept with the case as well: with who said so. */
export const keepAdvice: Reaction<ToldOfAdvice, CaseRecordAdvice> = {
  name: 'keep-advice',
  hears: [
    'recommendation.given',
    'recommendation.completed',
    'recommendation.risk-accepted',
    'recommendation.withdrawn',
    'recommendation.reopened',
  ],
  react: ({ message }) => {
    const { caseId, recommendationId, by, at } = message;
    const state = adviceStateTold(message);
    if (!caseId || !state) return [];
    return [
      {
        request: {
          type: 'case.record-advice',
          caseId,
          recommendationId,
          state,
          text: wordsOf(message),
          by,
          occurredAt: at,
        },
      },
    ];
  },
};

type HoldsReminder = RecommendationGiven | RecommendationChanged | RecommendationReopened | RecommendationReminderDue;

/** The next reminder is a timer: it outlives a restart, fires once, and says nothing once the advice has moved on. */
export const remindWhenDue: Reaction<HoldsReminder, RecommendationRemind> = {
  name: 'remind-when-due',
  hears: ['recommendation.given', 'recommendation.changed', 'recommendation.reopened', 'recommendation.reminder-due'],
  react: ({ message: { recommendationId, turn, nextReminderAt } }) =>
    typeof nextReminderAt === 'number'
      ? [{ request: { type: 'recommendation.remind', recommendationId, turn }, dueAt: nextReminderAt }]
      : [],
};
