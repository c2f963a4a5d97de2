import type { VisibilityFact, VisibilityGapFound, VisibilityRequest, TenantState } from '#contracts';
import { Refused, type Decider } from '#libs/model';

interface VisibilityState {
  found: VisibilityGapFound | undefined;
  isOver: boolean;
}

/** One gap, from when it was found to when what was missing was there again. */
export const visibilityStream: Decider<VisibilityState, VisibilityRequest, VisibilityFact, TenantState> = {
  subject: 'visibility',
  version: 1,
  key: ({ gapId }) => gapId,
  initial: () => ({ found: undefined, isOver: false }),
  evolve: (state, fact) =>
    fact.type === 'visibility.gap-found' ? { ...state, found: fact } : { ...state, isOver: true },
  decide: (request, { found, isOver }, { now }) => {
    if (request.type === 'visibility.record-gap')
      return found ? [] : [{ ...request, type: 'visibility.gap-found', figures: request.figures ?? [], at: now }];
    if (!found) throw new Refused('this gap was not found', 'NO_SUCH_GAP');
    if (isOver) return [];
    const { gapId, kind, source, assetId, host, since } = found;
    const { ending, observedAt = null, figures = [] } = request;
    return [
      { type: 'visibility.gap-ended', gapId, kind, source, assetId, host, since, ending, observedAt, figures, at: now },
    ];
  },
};
