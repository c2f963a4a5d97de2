import type { ClusteringFact, ClusteringFindingPlaced, FindingSummary, ClusteringPlaceFinding } from '#contracts';
import { idOf, valueIn, type DecisionContext } from '#libs/model';
import { cluesOf, cluesOfCase, foundBy } from './clues.js';
import { traitsOf } from './names.js';
import { likeness } from './likeness.js';
import { boundedGroupKey, boundedSummary } from '../case/finding-summary.js';
import { attracting, evolve, FINDINGS_PER_CASE, isPlaced, type ClusteringState, type PlacedFinding } from './state.js';
import { findingsOf, type TrackedCase } from './tracked-case.js';

interface CaseMatch {
  tracked: TrackedCase;
  because: string;
}

/** The cases a finding belongs to, by number. */
export const matchesOf = ({ finding, groupKey }: PlacedFinding, state: ClusteringState): CaseMatch[] => {
  const traits = traitsOf(finding, groupKey);
  return foundBy(state.byClue, cluesOf(traits))
    .flatMap((caseId) => {
      const tracked = attracting(state, caseId);
      const because = tracked && likeness(traits, tracked);
      return tracked === undefined || because === undefined ? [] : [{ tracked, because }];
    })
    .sort((a, b) => a.tracked.number - b.tracked.number);
};

const placedIn = (
  { finding, groupKey }: PlacedFinding,
  { caseId, number }: { caseId: string; number: number },
  because: string,
  at: number,
  opened = false,
): ClusteringFindingPlaced => ({
  type: 'clustering.finding-placed',
  finding,
  caseId,
  number,
  opened,
  because,
  at,
  groupKey,
});

/** The other cases a finding ties to the one it joins; informational findings tie nothing together. */
const bridged = (
  finding: FindingSummary,
  into: TrackedCase,
  others: CaseMatch[],
  { actor, now }: DecisionContext,
): ClusteringFact[] => {
  if (finding.severity === 'INFORMATIONAL') return [];
  let room = FINDINGS_PER_CASE - findingsOf(into) - 1;
  return others.flatMap(({ tracked: from, because }) => {
    // What is no longer remembered cannot move.
    if (from.before) return [];
    if (into.apart.includes(from.caseId) || from.apart.includes(into.caseId) || from.findings.length > room) return [];
    room -= from.findings.length;
    const reason = `finding '${finding.title}' ties case ${from.number} to case ${into.number}: it ${because}`;
    return [
      {
        type: 'clustering.cases-merged' as const,
        fromCaseId: from.caseId,
        intoCaseId: into.caseId,
        findings: from.findings,
        reason,
        by: actor,
        at: now,
      },
    ];
  });
};

/** Informational findings that waited and belong to the case as it is now. */
const called = (state: ClusteringState, caseId: string, now: number): ClusteringFact[] => {
  const tracked = valueIn(state.cases, caseId);
  if (!tracked || state.held.length === 0) return [];
  const clues = cluesOfCase(tracked);
  return state.held.slice(0, Math.max(0, FINDINGS_PER_CASE - findingsOf(tracked))).flatMap((held) => {
    if (!held.clues.some((clue) => clues.has(clue))) return [];
    const because = likeness(traitsOf(held.finding, held.groupKey), tracked);
    return because === undefined ? [] : [placedIn(held, tracked, because, now)];
  });
};

/**
 * A finding joins the oldest open case it belongs to, tying further ones to it; else it opens a new case, or waits when
 * informational.
 */
export const placeFinding = (
  { finding: told, groupKey }: ClusteringPlaceFinding,
  state: ClusteringState,
  context: DecisionContext,
): ClusteringFact[] => {
  const finding = boundedSummary(told);
  const placing = { finding, groupKey: boundedGroupKey(groupKey) };
  if (isPlaced(state, finding.findingId)) return [];
  const matches = matchesOf(placing, state);
  const [first, ...others] = matches.filter(({ tracked }) => findingsOf(tracked) < FINDINGS_PER_CASE);
  if (!first && finding.severity === 'INFORMATIONAL') {
    return [
      {
        type: 'clustering.finding-held',
        finding,
        groupKey: placing.groupKey,
        because: 'informational, and it belongs to no open case',
        at: context.now,
      },
    ];
  }
  const caseId = first?.tracked.caseId ?? idOf('case', context.tenant, finding.findingId);
  const full = matches[0] && `case ${matches[0].tracked.number} is full with ${FINDINGS_PER_CASE} findings`;
  const facts = first
    ? [
        placedIn(placing, first.tracked, first.because, context.now),
        ...bridged(finding, first.tracked, others, context),
      ]
    : [
        placedIn(
          placing,
          { caseId, number: state.nextNumber },
          full ?? 'no open case shares enough with it',
          context.now,
          true,
        ),
      ];
  return [...facts, ...called(facts.reduce(evolve, state), caseId, context.now)];
};
