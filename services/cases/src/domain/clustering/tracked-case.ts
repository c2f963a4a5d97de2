import type { Entity, FindingSummary } from '#contracts';
import { onceFor } from '#libs/model';
import { namesOf, reachOf, weightOf } from './names.js';

const NAMES_PER_CASE = 1_000;
const NAMES_OF_DORMANT = 50;
const GROUPS_OF_DORMANT = 50;

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
  /** Ids of what the rules of its findings group by, by finding. */
  groups: Record<string, string>;
  /** Furthest tactic so far; -1 when none. */
  reach: number;
  knownIndicator: boolean;
  /** Cases it was split from or into: never joined with them again by itself. */
  apart: string[];
  /** Of one that was let go once: what is left of the findings of then. */
  before?: CaseTraces;
}

/** What is remembered of findings that are not. */
interface CaseTraces {
  findings: number;
  /** The last of them. */
  groups: string[];
  firstAt: number;
  lastAt: number;
  reach: number;
  knownIndicator: boolean;
}

/** A case that was let go: it has no findings here, and attracts more unless it was closed. */
export interface DormantCase extends TrackedCase {
  closed: boolean;
}

/** All findings of a case, remembered or not. */
export const findingsOf = ({ findings, before }: TrackedCase): number => findings.length + (before?.findings ?? 0);

/** What its findings' rules group by, remembered or not. */
export const groupsIn = ({ groups, before }: TrackedCase): string[] => [
  ...(before?.groups ?? []),
  ...Object.values(groups),
];

/** The last names, in their order: nothing is read of findings before those that name them. */
const lastNames = (seeds: string[], findings: FindingSummary[]): string[] => {
  const parts: string[][] = [];
  let count = 0;
  for (let at = findings.length - 1; at >= 0 && count < NAMES_PER_CASE; at -= 1) {
    const names = namesOf(findings[at]?.entities ?? []);
    parts.push(names);
    count += names.length;
  }
  return [...seeds, ...parts.reverse().flat()].slice(-NAMES_PER_CASE);
};

/** Of a finding, once: a case is counted anew with each that joins. */
const reachOfFinding = onceFor(({ tactics }: FindingSummary): number => reachOf(tactics));

export const recount = (tracked: TrackedCase, findings: FindingSummary[]): TrackedCase => {
  const names = lastNames(tracked.seeds, findings);
  const { before, groups } = tracked;
  const times = [...findings.map(({ occurredAt }) => occurredAt), ...(before ? [before.firstAt, before.lastAt] : [])];
  return {
    ...tracked,
    findings,
    groups: Object.fromEntries(
      findings.flatMap(({ findingId }) => (groups[findingId] ? [[findingId, groups[findingId]]] : [])),
    ),
    names: Object.fromEntries(names.map((name) => [name, true as const])),
    firstAt: times.length ? Math.min(...times) : tracked.firstAt,
    lastAt: times.length ? Math.max(...times) : tracked.lastAt,
    reach: Math.max(-1, ...findings.map(reachOfFinding), before?.reach ?? -1),
    knownIndicator: findings.some(({ knownIndicator }) => knownIndicator) || (before?.knownIndicator ?? false),
  };
};

export const tracking = (
  caseId: string,
  number: number,
  at: number,
  entities: Entity[],
  apart: string[] = [],
): TrackedCase =>
  recount(
    {
      caseId,
      number,
      firstAt: at,
      lastAt: at,
      seeds: namesOf(entities),
      names: {},
      findings: [],
      groups: {},
      reach: -1,
      knownIndicator: false,
      apart,
    },
    [],
  );

/** What tells most of a case, and no finding of it. */
export const asleep = (tracked: TrackedCase, closed: boolean): DormantCase => {
  const { firstAt, lastAt, reach, knownIndicator } = tracked;
  const names = Object.keys(tracked.names)
    .sort((a, b) => weightOf(b) - weightOf(a))
    .slice(0, NAMES_OF_DORMANT);
  const groups = [...new Set(groupsIn(tracked))].slice(-GROUPS_OF_DORMANT);
  const before = { findings: findingsOf(tracked), groups, firstAt, lastAt, reach, knownIndicator };
  return { ...recount({ ...tracked, seeds: names, before }, []), closed };
};
