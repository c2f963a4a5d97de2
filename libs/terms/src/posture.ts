import type { PostureFact, VisibilityGapKind } from '#contracts';

/** What a tenant may lack among its contacts. */
export type ContactCheck = 'NOBODY_TO_TELL' | 'NOBODY_TO_ASK' | 'NOBODY_TO_REPORT_TO';

/** What the installation checks by itself; a check that a person made is none. */
export type PostureCheck = VisibilityGapKind | ContactCheck | 'NOT_UNDONE';

/** What the installation lacks itself, whichever tenant it was seen at. */
export type InstallationCheck = 'NO_SENDER';

/** Where a posture item stands. An accepted risk is one that is there still, as it was when it was accepted. */
export type PostureStanding = 'OPEN' | 'RISK_ACCEPTED' | 'RESOLVED';

/** What of an item's facts its standing follows from. */
export interface PostureFold {
  /** Gaps that show it now. */
  gaps: readonly string[];
  isResolved: boolean;
  isAccepted: boolean;
}

export const NO_POSTURE: PostureFold = { gaps: [], isResolved: false, isAccepted: false };

/** What comes again after it was gone was not there when its risk was accepted: somebody is to see it. */
const observed = (fold: PostureFold, gapId: string, isPresent: boolean): PostureFold => {
  const others = fold.gaps.filter((one) => one !== gapId);
  const gaps = isPresent ? [...others, gapId] : others;
  const isNew = isPresent && fold.gaps.length === 0;
  return { gaps, isResolved: gaps.length === 0, isAccepted: fold.isAccepted && !isNew };
};

/**
 * Whether it tells a reader anything: that something is there which nobody missed settles only what was seen before it
 * and is heard later.
 */
export const isPostureNews = (fact: PostureFact): boolean => fact.type !== 'posture.observed' || fact.gapId !== '';

/** After one more fact of the item, in their order. */
export const postureAfter = (fold: PostureFold, fact: PostureFact): PostureFold => {
  switch (fact.type) {
    case 'posture.observed':
      return observed(fold, fact.gapId, fact.isPresent);
    case 'posture.risk-accepted':
      return { ...fold, isAccepted: true };
    case 'posture.resolved':
      return { ...fold, isResolved: true };
    case 'posture.reopened':
      return { ...fold, isResolved: false, isAccepted: false };
    default:
      return fold;
  }
};

export const postureStanding = ({ isResolved, isAccepted }: PostureFold): PostureStanding =>
  isResolved ? 'RESOLVED' : isAccepted ? 'RISK_ACCEPTED' : 'OPEN';
