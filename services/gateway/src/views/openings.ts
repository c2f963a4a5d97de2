import type { ClusteringCaseNumbered, ClusteringCaseSplit } from '#contracts';
import type { View } from '#libs/model';

export interface OpeningDoc {
  caseId: string;
}

/** Which case a person's request opened, by the id of the request: clustering's answer does not say it. */
export const openings: View<OpeningDoc, ClusteringCaseNumbered | ClusteringCaseSplit> = {
  name: 'openings',
  hears: ['clustering.case-numbered', 'clustering.case-split'],
  keys: ({ envelope }) => (envelope.causationId ? [envelope.causationId] : []),
  show: (_doc, { message: { caseId } }) => ({ caseId }),
};
