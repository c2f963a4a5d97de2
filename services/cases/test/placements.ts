/** Findings that are placed, in short. */
import type { ClusteringFact, ClusteringPlaceFinding, FindingSummary } from '#contracts';
import { idOf } from '#libs/model';
import { scenario } from '#libs/testing';
import { clusteringStream } from '../src/domain/clustering/decider.js';
import { THEN, finding } from './samples.js';

export const { given } = scenario(clusteringStream);
export const place = (one: FindingSummary, groupKey = ''): ClusteringPlaceFinding => ({
  type: 'clustering.place-finding',
  finding: one,
  groupKey,
});
export const caseOf = (id: string): string => idOf('case', 'acme', id);
export const opening = (one: FindingSummary, number = 1001, groupKey = ''): ClusteringFact => ({
  type: 'clustering.finding-placed',
  finding: one,
  caseId: caseOf(one.findingId),
  number,
  opened: true,
  because: 'no open case shares enough with it',
  at: THEN,
  groupKey,
});
export const later = (ms: number, special: Partial<FindingSummary> = {}): Partial<FindingSummary> => ({
  occurredAt: THEN + ms,
  ...special,
});
export const onWs6 = finding('a', 'host:workstation6.theshire.local user:nt_authority\\system');
export const onWs5 = finding('b', 'host:workstation5 user:theshire\\pgustavo');
export const opens = { type: 'clustering.finding-placed', opened: true, number: 1002 } as const;
