import type {
  DeliverySend,
  DeliveryStop,
  RecommendationChanged,
  RecommendationCompleted,
  RecommendationReminderDue,
  RecommendationRiskAccepted,
  RecommendationWithdrawn,
} from '#contracts';
import { idOf, type Reaction } from '#libs/model';

/** The turn that the first reminder names. */
const FIRST = 2;

/** @param turn which reminder of the recommendation comes after this one. */
const reminderOf = (recommendationId: string, turn: number): string => idOf('delivery', recommendationId, String(turn));

/** Whoever is to see to it is to be reminded, by whatever reaches them but a call. That they were, deliveries say. */
export const sendReminder: Reaction<RecommendationReminderDue, DeliverySend> = {
  name: 'send-reminder',
  hears: ['recommendation.reminder-due'],
  react: ({ message: { recommendationId, caseId, text, owner, dueAt, turn } }) => [
    {
      request: {
        type: 'delivery.send',
        deliveryId: reminderOf(recommendationId, turn),
        caseId,
        actionId: '',
        recommendationId,
        purpose: 'REMINDER',
        severity: 'UNKNOWN',
        number: 0,
        title: text,
        to: owner ? [owner] : [],
        until: dueAt,
      },
    },
  ],
};

export type Settles =
  | RecommendationChanged
  | RecommendationCompleted
  | RecommendationRiskAccepted
  | RecommendationWithdrawn;

/** Nobody is reminded any more of what was followed, accepted, taken back or said anew. */
export const stopReminding: Reaction<Settles, DeliveryStop> = {
  name: 'stop-reminding',
  hears: [
    'recommendation.changed',
    'recommendation.completed',
    'recommendation.risk-accepted',
    'recommendation.withdrawn',
  ],
  react: ({ message }) => {
    const { type, recommendationId, turn } = message;
    // A change has a turn of its own.
    const sent = (turn ?? 0) - (type === 'recommendation.changed' ? 1 : 0);
    if (sent < FIRST) return [];
    return [
      {
        request: {
          type: 'delivery.stop',
          deliveryId: reminderOf(recommendationId, sent),
          reason: `the recommendation: ${type}`,
        },
      },
    ];
  },
};
