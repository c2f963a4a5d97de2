import type { VisibilityFigure, VisibilityGapFound, VisibilityRecordGap, VisibilityRecordReturn } from '#contracts';
import { idOf } from '#libs/model';

/** A gap as it was seen; and that what was missing is there again. */
export type SeenGap = Omit<VisibilityRecordGap, 'type'>;
export type SeenReturn = Omit<VisibilityRecordReturn, 'type'>;
export type OpenGap = VisibilityGapFound;

/** While the installation looks: since then without a break, and now. Epoch ms. */
export interface Watching {
  since: number;
  now: number;
}

/** What came of looking. */
export interface Sighting {
  gaps: SeenGap[];
  returns: SeenReturn[];
}

/** What a gap is about, of its kind: there is one open at most. */
export const subjectOfGap = ({ kind, source, assetId }: Pick<SeenGap, 'kind' | 'source' | 'assetId'>): string =>
  `${kind}/${assetId || source}`;

export const gapIdOf = (tenant: string, gap: Pick<SeenGap, 'kind' | 'source' | 'assetId' | 'since'>): string =>
  idOf('visibility gap', tenant, subjectOfGap(gap), gap.since);

export const figures = (named: Record<string, number>): VisibilityFigure[] =>
  Object.entries(named).map(([name, value]) => ({ name, value }));

export const returned = ({ gapId }: OpenGap, observedAt: number): SeenReturn => ({
  gapId,
  ending: 'DATA_RETURNED',
  observedAt,
  figures: [],
});

export const notExpected = ({ gapId }: OpenGap): SeenReturn => ({
  gapId,
  ending: 'NOT_EXPECTED',
  observedAt: null,
  figures: [],
});
