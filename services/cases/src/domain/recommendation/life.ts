import type { RecommendationFact, RecommendationPriority, RecommendationState, TenantState } from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';

/** What a decision on advice needs of its past. */
export interface AdviceLife {
  /** Null until it is given. */
  state: RecommendationState | null;
  caseId: string;
  text: string;
  owner: string;
  dueAt: number | null;
  priority: RecommendationPriority;
  /** The reminder that is held: another one is none. */
  turn: number;
}

export type AdviceDecision<Request> = (
  request: Request,
  life: AdviceLife,
  context: DecisionContext<TenantState>,
) => RecommendationFact[];

/** @throws Refused with this sentence unless it holds. */
export const must = (holds: boolean, message: string, code: string): void => {
  if (!holds) throw new Refused(message, code);
};
/** @throws Refused where nobody gave the advice. */
export const mustBeGiven = ({ state }: AdviceLife): void =>
  must(state !== null, 'there is no such recommendation', 'NO_SUCH_RECOMMENDATION');
/** @throws Refused once it was followed, accepted or withdrawn. */
export const mustStandOpen = ({ state }: AdviceLife): void =>
  must(state === 'OPEN', 'the recommendation is not open any more', 'NOT_OPEN');
