import type { ClusteringFact, Entity, FindingSummary } from '#contracts';
import { namesOf, reachOf } from './names.js';

/** Findings a case may hold in all; a full one attracts no more. Keeps every message under 1 MiB. */
export const FINDINGS_PER_CASE = 500;
/** Bounds of the memory of one tenant: the case that was quiet longest is let go first. */
const CASES_AT_ONCE = 1_000;
const FINDINGS_AT_ONCE = 5_000;
const REMEMBERED = 5_000;
const HELD = 200;
const NAMES_PER_CASE = 1_000;
const FIRST_NUMBER = 1_001;

/** A case that still attracts findings. Times are event time. */
export interface TrackedCase {
  caseId: string;
  number: number;
  firstAt: number;
  lastAt: number;
  /** Entities stated by the person who opened it. */
  seeds: string[];
  names: Record<string, true>;
  findings: FindingSummary[];
  /** Furthest tactic so far; -1 when none. */
  reach: number;
  knownIndicator: boolean;
  /** Cases it was split from or into: never joined with them again by itself. */
  apart: string[];
}

export interface ClusteringState {
  nextNumber: number;
  cases: Record<string, TrackedCase>;
  /** Ids of findings of cases let go of lately. */
  placedBefore: string[];
  /** Informational findings waiting for a case. */
  held: FindingSummary[];
}

export const initial = (): ClusteringState => ({ nextNumber: FIRST_NUMBER, cases: {}, placedBefore: [], held: [] });

export const isPlaced = ({ cases, placedBefore, held }: ClusteringState, findingId: string): boolean =>
  placedBefore.includes(findingId) ||
  [...held, ...Object.values(cases).flatMap(({ findings }) => findings)].some((one) => one.findingId === findingId);

const recount = (tracked: TrackedCase, findings: FindingSummary[]): TrackedCase => {
  const names = [...tracked.seeds, ...findings.flatMap(({ entities }) => namesOf(entities))].slice(-NAMES_PER_CASE);
  const times = findings.map(({ occurredAt }) => occurredAt);
  return {
    ...tracked,
    findings,
    names: Object.fromEntries(names.map((name) => [name, true as const])),
    firstAt: times.length ? Math.min(...times) : tracked.firstAt,
    lastAt: times.length ? Math.max(...times) : tracked.lastAt,
    reach: reachOf(findings.flatMap(({ tactics }) => tactics)),
    knownIndicator: findings.some(({ knownIndicator }) => knownIndicator),
  };
};

const tracking = (caseId: string, number: number, at: number, entities: Entity[], apart: string[] = []): TrackedCase =>
  recount(
    {
      caseId,
      number,
      firstAt: at,
      lastAt: at,
      seeds: namesOf(entities),
      names: {},
      findings: [],
      reach: -1,
      knownIndicator: false,
      apart,
    },
    [],
  );

const put = (state: ClusteringState, tracked: TrackedCase): ClusteringState => ({
  ...state,
  nextNumber: Math.max(state.nextNumber, tracked.number + 1),
  cases: { ...state.cases, [tracked.caseId]: tracked },
});

const letGo = (state: ClusteringState, caseId: string): ClusteringState => {
  const { [caseId]: gone, ...cases } = state.cases;
  if (!gone) return state;
  return {
    ...state,
    cases,
    placedBefore: [...state.placedBefore, ...gone.findings.map(({ findingId }) => findingId)].slice(-REMEMBERED),
  };
};

const bounded = (state: ClusteringState, keep: string): ClusteringState => {
  const all = Object.values(state.cases);
  const findings = all.reduce((sum, one) => sum + one.findings.length, 0);
  if (all.length <= CASES_AT_ONCE && findings <= FINDINGS_AT_ONCE) return state;
  const quietest = all.filter(({ caseId }) => caseId !== keep).sort((a, b) => a.lastAt - b.lastAt)[0];
  return quietest ? bounded(letGo(state, quietest.caseId), keep) : state;
};

type On<Type extends ClusteringFact['type']> = Extract<ClusteringFact, { type: Type }>;

const placed = (
  state: ClusteringState,
  { finding, caseId, number }: On<'clustering.finding-placed'>,
): ClusteringState => {
  const before = state.cases[caseId] ?? tracking(caseId, number, finding.occurredAt, []);
  const held = state.held.filter(({ findingId }) => findingId !== finding.findingId);
  return bounded(put({ ...state, held }, recount(before, [...before.findings, finding])), caseId);
};

const merged = (
  state: ClusteringState,
  { fromCaseId, intoCaseId, findings }: On<'clustering.cases-merged'>,
): ClusteringState => {
  const { [fromCaseId]: from, ...cases } = state.cases;
  const into = cases[intoCaseId];
  if (!into) return { ...state, cases };
  const joined = {
    ...into,
    seeds: [...into.seeds, ...(from?.seeds ?? [])],
    apart: [...new Set([...into.apart, ...(from?.apart ?? [])])],
  };
  const known = new Set(into.findings.map(({ findingId }) => findingId));
  const added = findings.filter(({ findingId }) => !known.has(findingId));
  return put({ ...state, cases }, recount(joined, [...into.findings, ...added]));
};

const split = (
  state: ClusteringState,
  { fromCaseId, caseId, number, findings }: On<'clustering.case-split'>,
): ClusteringState => {
  const from = state.cases[fromCaseId];
  const moved = new Set(findings.map(({ findingId }) => findingId));
  const fresh = recount(tracking(caseId, number, findings[0]?.occurredAt ?? 0, [], [fromCaseId]), findings);
  if (!from) return put(state, fresh);
  const rest = recount(
    { ...from, apart: [...from.apart, caseId] },
    from.findings.filter(({ findingId }) => !moved.has(findingId)),
  );
  return put(put(state, rest), fresh);
};

/** Total: facts it does not know leave the state as it is. */
export const evolve = (state: ClusteringState, fact: ClusteringFact): ClusteringState => {
  switch (fact.type) {
    case 'clustering.finding-placed':
      return placed(state, fact);
    case 'clustering.finding-held':
      return { ...state, held: [...state.held, fact.finding].slice(-HELD) };
    case 'clustering.case-numbered':
      return bounded(put(state, tracking(fact.caseId, fact.number, fact.at, fact.entities)), fact.caseId);
    case 'clustering.case-released':
      return letGo(state, fact.caseId);
    case 'clustering.cases-merged':
      return merged(state, fact);
    case 'clustering.case-split':
      return split(state, fact);
    default:
      return state;
  }
};
