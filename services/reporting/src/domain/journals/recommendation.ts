import type { Actor, RecommendationPriority, RecommendationState } from '#contracts';
import type { StreamPosition } from './stream-position.js';
import type { Reaching } from './until.js';

/** Advice of one stream: what was said of it, and where it stood, since when. */
export interface RecommendationJournal extends Reaching {
  applied: StreamPosition;
  recommendationId: string;
  /** Empty where it comes from no case. */
  caseId: string;
  postureId: string;
  givenAt: number;
  /** Id of the fact that gave it. */
  fact: string;
  sayings: { text: string; owner: string; dueAt: number | null; priority: RecommendationPriority; at: number }[];
  states: { state: RecommendationState; by: Actor; words: string; at: number }[];
}
