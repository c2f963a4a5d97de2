import type {
  CaseActionRecorded,
  CaseAddFindings,
  CaseClosed,
  CaseMerged,
  CaseMessagePosted,
  CaseTakenOver,
  CaseTakeOver,
  CaseReopened,
  ClusteringCaseNumbered,
  ClusteringCaseSplit,
  ClusteringCasesMerged,
  ClusteringFindingPlaced,
  FindingSummary,
  CaseMarkMerged,
  CaseOpen,
  ClusteringRecallCase,
  ClusteringReleaseCase,
  CaseRemoveFindings,
  TenantState,
} from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { titleOf, worstOf } from '../domain/case/title.js';

/** Findings of one request: a full case's together are more than a message takes. */
const AT_ONCE = 100;

/** Where findings come from, where they go, and why. */
interface Moving {
  fromCaseId: string;
  caseId: string;
  because: string;
}

/** Requests that move findings to a case; the first of all has no seed of its own. */
const joining = (moving: Moving, findings: FindingSummary[], from = 0): Asked<CaseAddFindings>[] =>
  Array.from({ length: Math.ceil(findings.length / AT_ONCE) }, (_, index) => ({
    ...(index + from > 0 ? { seed: String(index + from) } : {}),
    request: {
      type: 'case.add-findings',
      ...moving,
      findings: findings.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    },
  }));

/** A placed finding opens its case or joins it. */
export const followPlacement: Reaction<ClusteringFindingPlaced, CaseOpen | CaseAddFindings, TenantState> = {
  name: 'follow-placement',
  hears: ['clustering.finding-placed'],
  react: ({ message: { caseId, number, finding, opened, because } }) => [
    {
      request: opened
        ? {
            type: 'case.open',
            caseId,
            number,
            title: titleOf(finding),
            description: '',
            severity: finding.severity,
            findings: [finding],
            entities: finding.entities,
            because,
            openedBy: { subject: 'cases', side: 'SYSTEM' },
          }
        : { type: 'case.add-findings', caseId, findings: [finding], because },
    },
  ],
};

/** A case opened by a person has its number now. */
export const openNumbered: Reaction<ClusteringCaseNumbered, CaseOpen, TenantState> = {
  name: 'open-numbered',
  hears: ['clustering.case-numbered'],
  react: ({ message: { caseId, number, title, description, severity, entities, by } }) => [
    {
      request: {
        type: 'case.open',
        caseId,
        number,
        title,
        description,
        severity,
        findings: [],
        entities,
        because: 'opened by a person',
        openedBy: by,
      },
    },
  ],
};

/** Two cases are one: findings go over, the other ends as a duplicate. */
export const followMerge: Reaction<ClusteringCasesMerged, CaseAddFindings | CaseMarkMerged, TenantState> = {
  name: 'follow-merge',
  hears: ['clustering.cases-merged'],
  react: ({ message: { fromCaseId, intoCaseId, findings, reason } }) => [
    ...joining({ fromCaseId, caseId: intoCaseId, because: reason }, findings),
    { request: { type: 'case.mark-merged', caseId: fromCaseId, intoCaseId, reason } },
  ],
};

type HandedOver = CaseMerged | CaseTakenOver | CaseMessagePosted | CaseActionRecorded;

/** What of a fact the case is to know that the work goes on in. */
const handedOver = (message: HandedOver): Omit<CaseTakeOver, 'type' | 'caseId' | 'fromCaseId'> => {
  const nothing = { workers: [], gravest: 'UNKNOWN' as const, wasContained: false };
  if (message.type === 'case.message-posted') {
    const { messageId, kind, text, inReplyTo = null, by, at, blocking } = message;
    const said = { messageId, kind, text, inReplyTo, by, at, blocking };
    return { ...nothing, messages: [said], occurredAt: at };
  }
  if (message.type === 'case.action-recorded') {
    const { actionId, actionClass, target, state, occurredAt, at, by } = message;
    const actions = [{ actionId, actionClass, target, state, occurredAt }];
    // Whoever asked for it worked on what goes on there.
    const workers = by?.side === 'PROVIDER' ? [by.subject] : [];
    return { ...nothing, workers, actions, occurredAt: Math.min(occurredAt, at) };
  }
  const { workers, gravest, wasContained, messages, actions, at } = message;
  const occurredAt = message.type === 'case.taken-over' ? (message.occurredAt ?? at) : at;
  return { workers, gravest, wasContained, messages, actions, occurredAt };
};

/**
 * What four eyes need of a case that was merged goes over to the one it went into, however far that went on since; so
 * do its open questions and what contains something of it, and what is heard of these later.
 */
export const handOver: Reaction<HandedOver, CaseTakeOver, TenantState> = {
  name: 'hand-over',
  hears: ['case.merged', 'case.taken-over', 'case.message-posted', 'case.action-recorded'],
  react: ({ message }) => {
    const { caseId: fromCaseId, intoCaseId: caseId } = message;
    return caseId ? [{ request: { type: 'case.take-over', caseId, fromCaseId, ...handedOver(message) } }] : [];
  },
};

/** Findings leave for a case of their own. */
export const followSplit: Reaction<ClusteringCaseSplit, CaseOpen | CaseAddFindings | CaseRemoveFindings, TenantState> =
  {
    name: 'follow-split',
    hears: ['clustering.case-split'],
    react: ({ message: { fromCaseId, caseId, number, findings, reason, by } }) => {
      const lead = worstOf(findings);
      if (!lead) return [];
      const [first, rest] = [findings.slice(0, AT_ONCE), findings.slice(AT_ONCE)];
      const entities = first.flatMap((one) => one.entities);
      return [
        {
          request: {
            type: 'case.open',
            caseId,
            number,
            title: titleOf(lead),
            description: reason,
            severity: lead.severity,
            findings: first,
            entities,
            because: reason,
            openedBy: by,
            fromCaseId,
          },
        },
        ...joining({ fromCaseId, caseId, because: reason }, rest, 1),
        {
          request: {
            type: 'case.remove-findings',
            caseId: fromCaseId,
            findingIds: findings.map(({ findingId }) => findingId),
            toCaseId: caseId,
          },
        },
      ];
    },
  };

/** A closed case attracts no more findings. */
export const releaseClosed: Reaction<CaseClosed, ClusteringReleaseCase, TenantState> = {
  name: 'release-closed',
  hears: ['case.closed'],
  react: ({ message: { caseId } }) => [{ request: { type: 'clustering.release-case', caseId } }],
};

/** A reopened case attracts them again. */
export const recallReopened: Reaction<CaseReopened, ClusteringRecallCase, TenantState> = {
  name: 'recall-reopened',
  hears: ['case.reopened'],
  react: ({ message: { caseId } }) => [{ request: { type: 'clustering.recall-case', caseId } }],
};
