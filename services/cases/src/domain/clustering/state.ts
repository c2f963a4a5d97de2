import type { ClusteringFact, FindingSummary } from '#contracts';
import { emptyMap, hasIn, valueIn, valuesIn, withoutValue, withValue, type PersistentMap } from '#libs/model';
import { cluesOf, noClues, withClues, type CasesByClue } from './clues.js';
import { groupIdOf } from './group.js';
import { traitsOf } from './names.js';
import { asleep, recount, tracking, type DormantCase, type TrackedCase } from './tracked-case.js';

/** Findings a case may hold in all; a full one attracts no more. Keeps every message under 1 MiB. */
export const FINDINGS_PER_CASE = 500;
/**
 * Bounds of the memory of one tenant: beyond `most` the cases that were quiet longest are let go, down to `least`, so
 * that they are sorted once for many.
 */
const CASES_AT_ONCE = { least: 1_000, most: 1_100 };
const FINDINGS_AT_ONCE = { least: 5_000, most: 5_500 };
const REMEMBERED = { least: 5_000, most: 5_500 };
/** Cases let go of that are still known by their names. */
const DORMANT_AT_ONCE = { least: 1_000, most: 1_100 };
const HELD = 200;
const FIRST_NUMBER = 1_001;

/** A finding, and what its rule groups by. */
export interface PlacedFinding {
  finding: FindingSummary;
  groupKey: string;
}
/** One that waits, and what finds the case it waits for. */
interface HeldFinding extends PlacedFinding {
  clues: readonly string[];
}

export interface ClusteringState {
  nextNumber: number;
  cases: PersistentMap<TrackedCase>;
  dormant: PersistentMap<DormantCase>;
  /** Those that attract findings: all that are tracked, and the dormant that were not closed. */
  byClue: CasesByClue;
  /** Findings in the tracked cases. */
  findings: number;
  /** Ids of these, and of those of cases let go of lately. */
  placed: PersistentMap<true>;
  /** The latter, the latest last. */
  placedBefore: readonly string[];
  /** Informational findings waiting for a case. */
  held: readonly HeldFinding[];
}

export const initial = (): ClusteringState => ({
  nextNumber: FIRST_NUMBER,
  cases: emptyMap(),
  dormant: emptyMap(),
  byClue: noClues(),
  findings: 0,
  placed: emptyMap(),
  placedBefore: [],
  held: [],
});

export const isPlaced = ({ placed, held }: ClusteringState, findingId: string): boolean =>
  hasIn(placed, findingId) || held.some(({ finding }) => finding.findingId === findingId);

/** A case as it attracts findings, if it does. */
export const attracting = ({ cases, dormant }: ClusteringState, caseId: string): TrackedCase | undefined => {
  const tracked = valueIn(cases, caseId);
  if (tracked) return tracked;
  const sleeping = valueIn(dormant, caseId);
  return sleeping?.closed === false ? sleeping : undefined;
};

const put = (state: ClusteringState, tracked: TrackedCase): ClusteringState => {
  const { caseId, number, findings } = tracked;
  const before = valueIn(state.cases, caseId)?.findings.length ?? 0;
  return {
    ...state,
    nextNumber: Math.max(state.nextNumber, number + 1),
    cases: withValue(state.cases, caseId, tracked),
    dormant: withoutValue(state.dormant, caseId),
    byClue: withClues(state.byClue, caseId, attracting(state, caseId), tracked),
    findings: state.findings + findings.length - before,
  };
};

/** Neither tracked nor remembered any more. */
const forgotten = (state: ClusteringState, caseId: string): ClusteringState => ({
  ...state,
  cases: withoutValue(state.cases, caseId),
  dormant: withoutValue(state.dormant, caseId),
  byClue: withClues(state.byClue, caseId, attracting(state, caseId), undefined),
  findings: state.findings - (valueIn(state.cases, caseId)?.findings.length ?? 0),
});

/** Closed ones are forgotten first, then those quiet longest. */
const remembering = (state: ClusteringState): ClusteringState => {
  if (state.dormant.size <= DORMANT_AT_ONCE.most) return state;
  return valuesIn(state.dormant)
    .sort((a, b) => Number(a.closed) - Number(b.closed) || b.lastAt - a.lastAt || b.number - a.number)
    .slice(DORMANT_AT_ONCE.least)
    .reduce((next, { caseId }) => forgotten(next, caseId), state);
};

const placedBefore = (state: ClusteringState, ids: readonly string[]): ClusteringState => {
  const all = [...state.placedBefore, ...ids];
  if (all.length <= REMEMBERED.most) return { ...state, placedBefore: all };
  const gone = all.slice(0, -REMEMBERED.least);
  return {
    ...state,
    placedBefore: all.slice(-REMEMBERED.least),
    placed: gone.reduce((placed, id) => withoutValue(placed, id), state.placed),
  };
};

const letGo = (state: ClusteringState, caseId: string, closed: boolean): ClusteringState => {
  const gone = valueIn(state.cases, caseId);
  const sleeping = gone ? asleep(gone, closed) : valueIn(state.dormant, caseId);
  if (!sleeping) return state;
  const left = forgotten(state, caseId);
  const next = {
    ...left,
    dormant: withValue(left.dormant, caseId, { ...sleeping, closed }),
    byClue: closed ? left.byClue : withClues(left.byClue, caseId, undefined, sleeping),
  };
  return placedBefore(
    remembering(next),
    (gone?.findings ?? []).map(({ findingId }) => findingId),
  );
};

/** A case is at work again, with what is left of it. */
const woken = ({ dormant }: ClusteringState, caseId: string): TrackedCase | undefined => {
  const sleeping = valueIn(dormant, caseId);
  if (!sleeping) return undefined;
  const { closed: _closed, ...tracked } = sleeping;
  return tracked;
};

const bounded = (state: ClusteringState, keep: string): ClusteringState => {
  const isWithin = ({ cases, findings }: ClusteringState, of: 'least' | 'most'): boolean =>
    cases.size <= CASES_AT_ONCE[of] && findings <= FINDINGS_AT_ONCE[of];
  if (isWithin(state, 'most')) return state;
  const quietest = valuesIn(state.cases)
    .filter(({ caseId }) => caseId !== keep)
    .sort((a, b) => a.lastAt - b.lastAt || a.number - b.number);
  let next = state;
  for (const { caseId } of quietest) {
    if (isWithin(next, 'least')) break;
    next = letGo(next, caseId, false);
  }
  return next;
};

type On<Type extends ClusteringFact['type']> = Extract<ClusteringFact, { type: Type }>;

const placed = (
  state: ClusteringState,
  { finding, groupKey, caseId, number }: On<'clustering.finding-placed'>,
): ClusteringState => {
  const { findingId } = finding;
  const before =
    valueIn(state.cases, caseId) ?? woken(state, caseId) ?? tracking(caseId, number, finding.occurredAt, []);
  const grouped = { ...before, groups: { ...before.groups, [findingId]: groupIdOf(finding.ruleId, groupKey) } };
  const held = state.held.some((one) => one.finding.findingId === findingId)
    ? state.held.filter((one) => one.finding.findingId !== findingId)
    : state.held;
  const known = { ...state, held, placed: withValue(state.placed, findingId, true as const) };
  return bounded(put(known, recount(grouped, [...before.findings, finding])), caseId);
};

const held = (state: ClusteringState, { finding, groupKey }: On<'clustering.finding-held'>): ClusteringState => {
  const waiting = { finding, groupKey, clues: cluesOf(traitsOf(finding, groupKey)) };
  return { ...state, held: [...state.held, waiting].slice(-HELD) };
};

const merged = (
  state: ClusteringState,
  { fromCaseId, intoCaseId, findings }: On<'clustering.cases-merged'>,
): ClusteringState => {
  const from = valueIn(state.cases, fromCaseId);
  const left = from ? forgotten(state, fromCaseId) : state;
  const into = valueIn(left.cases, intoCaseId);
  if (!into) return left;
  const joined = {
    ...into,
    seeds: [...into.seeds, ...(from?.seeds ?? [])],
    groups: { ...into.groups, ...from?.groups },
    apart: [...new Set([...into.apart, ...(from?.apart ?? [])])],
  };
  const known = new Set(into.findings.map(({ findingId }) => findingId));
  const added = findings.filter(({ findingId }) => !known.has(findingId));
  return put(left, recount(joined, [...into.findings, ...added]));
};

const split = (
  state: ClusteringState,
  { fromCaseId, caseId, number, findings }: On<'clustering.case-split'>,
): ClusteringState => {
  const from = valueIn(state.cases, fromCaseId);
  const moved = new Set(findings.map(({ findingId }) => findingId));
  const empty = tracking(caseId, number, findings[0]?.occurredAt ?? 0, [], [fromCaseId]);
  const fresh = recount({ ...empty, groups: from?.groups ?? {} }, findings);
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
      return held(state, fact);
    case 'clustering.case-numbered':
      return bounded(put(state, tracking(fact.caseId, fact.number, fact.at, fact.entities)), fact.caseId);
    case 'clustering.case-released':
      return letGo(state, fact.caseId, true);
    case 'clustering.case-recalled': {
      const tracked = woken(state, fact.caseId);
      return tracked ? bounded(put(state, tracked), fact.caseId) : state;
    }
    case 'clustering.cases-merged':
      return merged(state, fact);
    case 'clustering.case-split':
      return split(state, fact);
    default:
      return state;
  }
};
