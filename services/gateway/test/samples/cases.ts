import type {
  CaseMessagePosted,
  CaseNoteAdded,
  CaseOpened,
  CaseRecommendationAdded,
  ClusteringCaseNumbered,
  RecommendationGiven,
} from '#contracts';
import { idOf } from '#libs/model';
import { summaryOf } from './findings.js';
import { THEN, idsOf, markOf, provider } from './ids.js';
import { type SampleFact } from './stream.js';

export const openedOf = (tenant: string, caseId = idsOf(tenant).case, number = 1001): CaseOpened => ({
  type: 'case.opened',
  caseId,
  number,
  title: markOf(tenant),
  description: markOf(tenant),
  severity: 'HIGH',
  priority: 80,
  because: markOf(tenant),
  findings: [summaryOf(tenant)],
  entities: [{ kind: 'host', value: markOf(tenant) }],
  clocks: [{ kind: 'CONTAIN', minutes: 60, businessHours: false, startedAt: THEN, dueAt: THEN + 1 }],
  openedBy: { subject: 'cases', side: 'SYSTEM' },
  at: THEN + 3,
});

export const caseFacts = (tenant: string) => {
  const { case: caseId, message, oldRecommendation } = idsOf(tenant);
  const text = markOf(tenant);
  const at = THEN + 10;
  return [
    openedOf(tenant),
    { type: 'case.note-added', caseId, noteId: idOf('note', tenant), text, by: provider, at } satisfies CaseNoteAdded,
    {
      type: 'case.message-posted',
      caseId,
      messageId: message,
      kind: 'QUESTION',
      text,
      by: provider,
      at,
      blocking: true,
    } satisfies CaseMessagePosted,
    {
      type: 'case.recommendation-added',
      caseId,
      recommendationId: oldRecommendation,
      text,
      by: provider,
      at,
    } satisfies CaseRecommendationAdded,
  ];
};

export const adviceFacts = (tenant: string): [RecommendationGiven] => {
  const { case: caseId, recommendation: recommendationId } = idsOf(tenant);
  return [
    {
      type: 'recommendation.given',
      recommendationId,
      caseId,
      postureId: '',
      text: markOf(tenant),
      owner: markOf(tenant),
      dueAt: THEN + 1_000_000,
      priority: 'HIGH',
      turn: 1,
      nextReminderAt: null,
      by: provider,
      at: THEN + 15,
    },
  ];
};

export const numberedOf = (tenant: string, requestId: string, caseId: string): SampleFact => {
  const fact: ClusteringCaseNumbered = {
    type: 'clustering.case-numbered',
    caseId,
    number: 1002,
    title: 'Look',
    description: '',
    severity: 'LOW',
    entities: [],
    by: provider,
    at: THEN,
  };
  return {
    fact,
    envelope: { subject: `clustering/${tenant}`, causationId: requestId, sequence: { version: 2, index: 0, count: 1 } },
  };
};
