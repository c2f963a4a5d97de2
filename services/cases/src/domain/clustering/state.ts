import type { ClusteringFact, FindingSummary } from '#contracts';
import { groupIdOf } from './group.js';
import { asleep, recount, tracking, type DormantCase, type TrackedCase } from './tracked-case.js';

/** Findings a case may hold in all; a full one attracts no more. Keeps every message under 1 MiB. */
export const FINDINGS_PER_CASE = 500;
/** Bounds of the memory of one tenant: the case that was quiet longest is let go first. */
const CASES_AT_ONCE = 1_000;
const FINDINGS_AT_ONCE = 5_000;
const REMEMBERED = 5_000;
const HELD = 200;
/** Cases let go of that are still known by their names. */
const DORMANT_AT_ONCE = 1_000;
const FIRST_NUMBER = 1_001;

/** A finding, and what its rule groups by. */
export interface HeldFinding {
  finding: FindingSummary;
  groupKey: string;
}

export interface ClusteringState {
  nextNumber: number;
  cases: Record<string, TrackedCase>;
  dormant: Record<string, DormantCase>;
  /** Ids of findings of cases let go of lately. */
  placedBefore: string[];
  /** Informational findings waiting for a case. */
  held: HeldFinding[];
}

export const initial = (): ClusteringState => ({
  nextNumber: FIRST_NUMBER,
  cases: {},
  dormant: {},
  placedBefore: [],
  held: [],
});

export const isPlaced = ({ cases, placedBefore, held }: ClusteringState, findingId: string): boolean =>
  placedBefore.includes(findingId) ||
  held.some(({ finding }) => finding.findingId === findingId) ||
  Object.values(cases).some(({ findings }) => findings.some((one) => one.findingId === findingId));

const put = (state: ClusteringState, tracked: TrackedCase): ClusteringState => {
  const { [tracked.caseId]: _woken, ...dormant } = state.dormant;
  return {
    ...state,
    nextNumber: Math.max(state.nextNumber, tracked.number + 1),
    cases: { ...state.cases, [tracked.caseId]: tracked },
    dormant,
  };
};

/** Closed ones are forgotten first, then those quiet longest. */
const rememberedOf = (dormant: Record<string, DormantCase>): Record<string, DormantCase> => {
  const all = Object.values(dormant);
  if (all.length <= DORMANT_AT_ONCE) return dormant;
  const kept = all.sort((a, b) => Number(a.closed) - Number(b.closed) || b.lastAt - a.lastAt).slice(0, DORMANT_AT_ONCE);
  return Object.fromEntries(kept.map((one) => [one.caseId, one]));
};

const letGo = (state: ClusteringState, caseId: string, closed: boolean): ClusteringState => {
  const { [caseId]: gone, ...cases } = state.cases;
  const sleeping = gone ? asleep(gone, closed) : state.dormant[caseId];
  if (!sleeping) return state;
  return {
    ...state,
    cases,
    dormant: rememberedOf({ ...state.dormant, [caseId]: { ...sleeping, closed } }),
    placedBefore: [...state.placedBefore, ...(gone?.findings ?? []).map(({ findingId }) => findingId)].slice(
      -REMEMBERED,
    ),
  };
};

/** A case is at work again, with what is left of it. */
const woken = (state: ClusteringState, caseId: string): TrackedCase | undefined => {
  const sleeping = state.dormant[caseId];
  if (!sleeping) return undefined;
  const { closed: _closed, ...tracked } = sleeping;
  return tracked;
};

const bounded = (state: ClusteringState, keep: string): ClusteringState => {
  const all = Object.values(state.cases);
  const findings = all.reduce((sum, one) => sum + one.findings.length, 0);
  if (all.length <= CASES_AT_ONCE && findings <= FINDINGS_AT_ONCE) return state;
  const quietest = all.filter(({ caseId }) => caseId !== keep).sort((a, b) => a.lastAt - b.lastAt)[0];
  return quietest ? bounded(letGo(state, quietest.caseId, false), keep) : state;
};

type On<Type extends ClusteringFact['type']> = Extract<ClusteringFact, { type: Type }>;

const placed = (
  state: ClusteringState,
  { finding, groupKey, caseId, number }: On<'clustering.finding-placed'>,
): ClusteringState => {
  const before = state.cases[caseId] ?? woken(state, caseId) ?? tracking(caseId, number, finding.occurredAt, []);
  const group = groupIdOf(finding.ruleId, groupKey);
  const grouped = { ...before, groups: { ...before.groups, [finding.findingId]: group } };
  const held = state.held.filter((one) => one.finding.findingId !== finding.findingId);
  return bounded(put({ ...state, held }, recount(grouped, [...before.findings, finding])), caseId);
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
    groups: { ...into.groups, ...from?.groups },
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
      return { ...state, held: [...state.held, { finding: fact.finding, groupKey: fact.groupKey }].slice(-HELD) };
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
