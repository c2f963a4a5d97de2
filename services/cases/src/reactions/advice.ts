import type {
  CaseClosed,
  CaseRecordAdvice,
  RecommendationChanged,
  RecommendationFact,
  RecommendationGive,
  RecommendationGiven,
  RecommendationRemind,
  RecommendationReminderDue,
  RecommendationReopened,
} from '#contracts';
import { idOf, type Reaction } from '#libs/model';
import { adviceStateTold, adviceWords } from '#libs/terms';

/**
 * How an attack could have been prevented is advice to the customer, until somebody says that it was done or the risk
 * accepted: a sentence in a closed case is read once. A case that is closed again with the same words adds nothing.
 */
export const advisePrevention: Reaction<CaseClosed, RecommendationGive> = {
  name: 'advise-prevention',
  hears: ['case.closed'],
  react: ({ message: { caseId, verdict, rootCause } }) => {
    const text = rootCause?.preventableHow.trim() ?? '';
    if (verdict !== 'TRUE_POSITIVE' || text === '') return [];
    return [
      {
        request: {
          type: 'recommendation.give',
          recommendationId: idOf('prevention', caseId, text),
          caseId,
          postureId: '',
          text,
          owner: '',
          dueAt: null,
          priority: 'MEDIUM',
        },
      },
    ];
  },
};

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
