import type {
  AddFindingsCase, CaseClosed, ClusteringCaseNumbered, ClusteringCaseSplit, ClusteringCasesMerged, ClusteringFindingPlaced, FindingSummary, MarkMergedCase, OpenCase,
  ReleaseCaseClustering, RemoveFindingsCase, TenantState,
} from '#contracts';
import type { Reaction } from '#libs/model';

const titleOf = ({ title, entities }: FindingSummary): string => {
  const where = entities.find(({ kind }) => kind === 'host') ?? entities.find(({ kind }) => ['user', 'cloud-principal', 'mailbox'].includes(kind));
  return where ? `${title} on ${where.value}` : title;
};

/** A placed finding opens its case or joins it. */
export const followPlacement: Reaction<ClusteringFindingPlaced, OpenCase | AddFindingsCase, TenantState> = {
  name: 'follow-placement',
  hears: ['clustering.finding-placed'],
  react: ({ message: { caseId, number, finding, opened, because } }) => [{
    request: opened
      ? {
        type: 'case.open', caseId, number, title: titleOf(finding), description: '', severity: finding.severity, findings: [finding], entities: finding.entities, because,
        openedBy: { subject: 'cases', side: 'SYSTEM' },
      }
      : { type: 'case.add-findings', caseId, findings: [finding], because },
  }],
};

/** A case opened by a person has its number now. */
export const openNumbered: Reaction<ClusteringCaseNumbered, OpenCase, TenantState> = {
  name: 'open-numbered',
  hears: ['clustering.case-numbered'],
  react: ({ message: { caseId, number, title, description, severity, entities, by } }) => [{
    request: { type: 'case.open', caseId, number, title, description, severity, findings: [], entities, because: 'opened by a person', openedBy: by },
  }],
};

/** Two cases are one: findings go over, the other ends as a duplicate. */
export const followMerge: Reaction<ClusteringCasesMerged, AddFindingsCase | MarkMergedCase, TenantState> = {
  name: 'follow-merge',
  hears: ['clustering.cases-merged'],
  react: ({ message: { fromCaseId, intoCaseId, findings, reason } }) => [
    ...(findings.length ? [{ request: { type: 'case.add-findings' as const, caseId: intoCaseId, findings, because: reason } }] : []),
    { request: { type: 'case.mark-merged', caseId: fromCaseId, intoCaseId, reason } },
  ],
};

/** Findings leave for a case of their own. */
export const followSplit: Reaction<ClusteringCaseSplit, OpenCase | RemoveFindingsCase, TenantState> = {
  name: 'follow-split',
  hears: ['clustering.case-split'],
  react: ({ message: { fromCaseId, caseId, number, findings, reason, by } }) => {
    const [lead] = findings;
    if (!lead) return [];
    const entities = findings.flatMap((one) => one.entities);
    return [
      { request: { type: 'case.open', caseId, number, title: titleOf(lead), description: reason, severity: lead.severity, findings, entities, because: reason, openedBy: by } },
      { request: { type: 'case.remove-findings', caseId: fromCaseId, findingIds: findings.map(({ findingId }) => findingId), toCaseId: caseId } },
    ];
  },
};

/** A closed case attracts no more findings. */
export const releaseClosed: Reaction<CaseClosed, ReleaseCaseClustering, TenantState> = {
  name: 'release-closed',
  hears: ['case.closed'],
  react: ({ message: { caseId } }) => [{ request: { type: 'clustering.release-case', caseId } }],
};
