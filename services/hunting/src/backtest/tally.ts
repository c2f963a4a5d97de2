import type { BacktestedRule, Severity } from '#contracts';
import {
  BadEvent,
  groupKeyOf,
  type Budget,
  type CorrelationMatch,
  type Meter,
  type Rule,
  type RuleSet,
} from '#libs/sigma';
import type { LakeRow } from '../lake/scan.js';
import { addFeeds, correlated, feedsOf, type TriedCorrelations } from './correlating.js';
import { KINDS } from './kinds.js';

/** Findings, events and groups that are told apart; beyond it the backtest is cut, or groups are not told. */
export const FINDINGS_AT_MOST = 200_000;
const GROUPS_AT_MOST = 10_000;
const GROUPS_SHOWN = 5;
const SAMPLES = 3;
const NATIVE_SHOWN = 4_096;
const LONGEST_KEY = 512;

interface Group {
  matches: number;
  findings: number;
}
interface RuleTally {
  matches: number;
  findings: Set<string>;
  groups: Map<string, Group>;
  samples: LakeRow[];
}

/** What rules did with some events: kept apart for each day, so that a day can be begun again. */
export interface Tally {
  rules: Map<string, RuleTally>;
  /** Findings of all rules. */
  findings: number;
  /** Events that matched, to see each once. */
  seen: Set<string>;
  /** What feeds correlations. */
  feeds: CorrelationMatch[];
}

export const emptyTally = (): Tally => ({ rules: new Map(), findings: 0, seen: new Set(), feeds: [] });

const ofRule = ({ rules }: Tally, ruleId: string): RuleTally => {
  const known = rules.get(ruleId) ?? { matches: 0, findings: new Set(), groups: new Map(), samples: [] };
  rules.set(ruleId, known);
  return known;
};

const addGroup = (groups: Map<string, Group>, key: string, matches: number, findings: number): void => {
  const group = groups.get(key);
  if (!group && groups.size >= GROUPS_AT_MOST) return;
  groups.set(key, { matches: (group?.matches ?? 0) + matches, findings: (group?.findings ?? 0) + findings });
};

/** Rules by id, and the window of those that name none. */
export interface Tried {
  set: RuleSet;
  byId: ReadonlyMap<string, Rule>;
  windowMs: number;
  correlations: TriedCorrelations;
  /** What expressions may cost, and the account of the events at hand. */
  budget: Budget;
  meter: Meter;
}

const matching = ({ set, meter }: Tried, event: Parameters<RuleSet['match']>[0]): string[] => {
  try {
    return set.match(event, meter);
  } catch (error) {
    if (error instanceof BadEvent) return [];
    throw error;
  }
};

/** Puts one event to the rules; findings are told apart by group and window, as detection does. */
export const take = (tally: Tally, tried: Tried, row: LakeRow): void => {
  const { set, byId, windowMs, correlations } = tried;
  const logsource = KINDS.get(row.kind);
  if (!logsource) return;
  const event = { logsource, native: Buffer.from(row.native) };
  const ids = matching(tried, event);
  if (ids.length === 0 || tally.seen.has(row.id)) return;
  tally.seen.add(row.id);
  for (const ruleId of ids) {
    tally.feeds.push(...feedsOf(correlations, set, ruleId, event, row, tally.feeds.length));
    const rule = byId.get(ruleId);
    if (!rule) continue;
    const one = ofRule(tally, ruleId);
    const key = (groupKeyOf(set, rule, event) ?? row.entity).slice(0, LONGEST_KEY);
    const finding = `${Math.floor(row.occurredAt / (rule.windowMinutes === undefined ? windowMs : rule.windowMinutes * 60_000))} ${key}`;
    const isNew = correlations.plan.raises(ruleId) && !one.findings.has(finding);
    if (isNew) {
      one.findings.add(finding);
      tally.findings += 1;
    }
    one.matches += 1;
    addGroup(one.groups, key, 1, isNew ? 1 : 0);
    if (one.samples.length < SAMPLES) one.samples.push({ ...row, native: row.native.slice(0, NATIVE_SHOWN) });
  }
};

/** Adds a day to what was found before; a finding whose window spans midnight counts once. */
export const merge = (into: Tally, day: Tally): void => {
  addFeeds(into.feeds, day.feeds);
  for (const [ruleId, { matches, findings, groups, samples }] of day.rules) {
    const one = ofRule(into, ruleId);
    one.matches += matches;
    const doubles = new Map<string, number>();
    for (const finding of findings) {
      const key = finding.slice(finding.indexOf(' ') + 1);
      if (one.findings.has(finding)) doubles.set(key, (doubles.get(key) ?? 0) + 1);
      else into.findings += 1;
      one.findings.add(finding);
    }
    for (const [key, group] of groups)
      addGroup(one.groups, key, group.matches, group.findings - (doubles.get(key) ?? 0));
    one.samples.push(...samples.slice(0, SAMPLES - one.samples.length));
  }
};

/** What there is to tell of every rule, the busiest first. @param days what the events cover. */
export const told = ({ rules, feeds }: Tally, { set, byId, correlations }: Tried, days: number): BacktestedRule[] => {
  const costs = new Map(set.costs().map(({ ruleId, ms }) => [ruleId, ms]));
  const alone = [...byId.values()].map(({ id: ruleId, title, level }): BacktestedRule => {
    const one = rules.get(ruleId);
    const groups = [...(one?.groups ?? [])]
      .sort(([a, x], [b, y]) => y.findings - x.findings || y.matches - x.matches || (a < b ? -1 : 1))
      .slice(0, GROUPS_SHOWN);
    const findings = one?.findings.size ?? 0;
    return {
      ruleId,
      title,
      level: level.toUpperCase() as Severity,
      matches: one?.matches ?? 0,
      findings,
      findingsPerDay: days > 0 ? findings / days : 0,
      groups: groups.map(([key, group]) => ({ key, ...group })),
      samples: (one?.samples ?? []).map(({ id: eventId, occurredAt, entity, native }) => ({
        eventId,
        occurredAt,
        entity,
        native: Buffer.from(native).subarray(0, NATIVE_SHOWN),
      })),
      costMs: costs.get(ruleId) ?? 0,
    };
  });
  return [...alone, ...correlated(correlations, feeds, days)].sort(
    (a, b) => b.findings - a.findings || b.matches - a.matches || (a.ruleId < b.ruleId ? -1 : 1),
  );
};
