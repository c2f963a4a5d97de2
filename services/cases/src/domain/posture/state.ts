import type { PostureFact, PostureObserved, PostureOpened, Severity } from '#contracts';
import { NO_POSTURE, postureAfter, type PostureFold } from '#libs/terms';

/** Gaps that have ended and are remembered: whatever is heard of them again is old. */
const ENDED_KEPT = 50;

export interface PostureState extends PostureFold {
  opened: PostureOpened | undefined;
  ended: readonly string[];
  /** When each gap that shows it now began, epoch ms. */
  began: Readonly<Record<string, number>>;
  /** When it was last seen to be right, epoch ms. */
  rightAt: number;
  /** What may be changed, as it stands. */
  told: Pick<PostureOpened, 'severity' | 'recommendation' | 'owner' | 'dueAt'> | undefined;
  /** How grave it was when it was observed last; told otherwise, somebody judged it. */
  observedAs: Severity | undefined;
}

export const initial = (): PostureState => ({
  ...NO_POSTURE,
  opened: undefined,
  ended: [],
  began: {},
  rightAt: 0,
  told: undefined,
  observedAs: undefined,
});

const afterObserved = (
  { ended, began, rightAt }: PostureState,
  { gapId, isPresent, since }: PostureObserved,
): Partial<PostureState> => {
  if (isPresent) return { began: { ...began, [gapId]: since } };
  const { [gapId]: _over, ...others } = began;
  return {
    began: others,
    ended: gapId === '' ? ended : [...ended, gapId].slice(-ENDED_KEPT),
    rightAt: Math.max(rightAt, since),
  };
};

export const evolve = (state: PostureState, fact: PostureFact): PostureState => {
  const next = { ...state, ...postureAfter(state, fact) };
  switch (fact.type) {
    case 'posture.opened':
    case 'posture.changed': {
      const { severity, recommendation, owner, dueAt } = fact;
      const told = { severity, recommendation, owner, dueAt };
      const observed = fact.by.side === 'SYSTEM' ? { observedAs: severity } : {};
      return { ...next, told, ...observed, ...(fact.type === 'posture.opened' ? { opened: fact } : {}) };
    }
    case 'posture.observed':
      return { ...next, ...afterObserved(state, fact) };
    default:
      return next;
  }
};
