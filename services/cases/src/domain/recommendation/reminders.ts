import type { RecommendationPriority } from '#contracts';
import { DAY_MS, WEEK_MS } from '#libs/terms';

/** Without a due date, and of what is overdue: how long until it is spoken of again. */
const EVERY_MS: Readonly<Record<RecommendationPriority, number>> = {
  HIGH: WEEK_MS,
  MEDIUM: 2 * WEEK_MS,
  LOW: 30 * DAY_MS,
};
/** Whoever was reminded that often does not read it. */
const AT_MOST = 50;

/**
 * When advice that is open is to be reminded of next (epoch ms): a week before it is due, when it is due, and again and
 * again from then on, or from the beginning where nobody said until when.
 * @param turn which reminder that would be, from 1 since the advice was given or said anew.
 * @returns null when it was reminded of often enough.
 */
export const nextReminderAt = (
  { dueAt, priority }: { dueAt?: number | null; priority: RecommendationPriority },
  now: number,
  turn: number,
): number | null => {
  if (turn > AT_MOST) return null;
  if (typeof dueAt !== 'number' || now >= dueAt) return now + EVERY_MS[priority];
  return now < dueAt - WEEK_MS ? dueAt - WEEK_MS : dueAt;
};
