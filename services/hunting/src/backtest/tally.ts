import type { BacktestedRule } from '#contracts';
import { findingIdOf, severityOfLevel, type RuleExceptions, type RuleMatch, type RulesOverEvents } from '#libs/rules';
import type { Budget, CorrelationMatch, Meter, Rule } from '#libs/sigma';
import type { LakeRow } from '../lake/scan.js';
import { addFeeds, backtestedCorrelations, correlationMatchesOf, type WholePeriod } from './correlations.js';

/** Findings, events and groups that are told apart; beyond it the backtest is cut, or groups are not told. */
export const FINDINGS_AT_MOST = 200_000;
const GROUPS_AT_MOST = 10_000;
const GROUPS_SHOWN = 5;
const SAMPLES = 3;
const NATIVE_SHOWN = 4_096;

interface GroupTally {
  matches: number;
  findings: number;
}
interface RuleTally {
  matches: number;
  /** Group by id. */
  findings: Map<string, string>;
  groups: Map<string, GroupTally>;
  samples: LakeRow[];
}

/** What rules did with some events: kept apart for each day, so that a day can be begun again. */
export interface BacktestTally {
  rules: Map<string, RuleTally>;
  /** Findings of all rules. */
  findings: number;
  /** Events that matched, to see each once. */
  seen: Set<string>;
  /** What feeds correlations. */
  feeds: CorrelationMatch[];
}

export const emptyTally = (): BacktestTally => ({ rules: new Map(), findings: 0, seen: new Set(), feeds: [] });

/** Rules on trial. */
export interface TriedRules {
  tenant: string;
  over: RulesOverEvents;
  exceptions: Pick<RuleExceptions, 'letsPass'>;
  /** Those that are told of, by id, and ids of the correlations that are. */
  byId: ReadonlyMap<string, Rule>;
  correlationIds: ReadonlySet<string>;
  /** What expressions may cost, and the account of the events at hand. */
  budget: Budget;
  meter: Meter;
}

const ofRule = ({ rules }: BacktestTally, ruleId: string): RuleTally => {
  const known = rules.get(ruleId) ?? { matches: 0, findings: new Map(), groups: new Map(), samples: [] };
  rules.set(ruleId, known);
  return known;
};

const addGroup = (groups: Map<string, GroupTally>, key: string, matches: number, findings: number): void => {
  const group = groups.get(key);
  if (!group && groups.size >= GROUPS_AT_MOST) return;
  groups.set(key, { matches: (group?.matches ?? 0) + matches, findings: (group?.findings ?? 0) + findings });
};

const takeMatch = (tally: BacktestTally, tenant: string, match: RuleMatch, row: LakeRow): void => {
  const { ruleId, groupKey, isSilent } = match;
  const one = ofRule(tally, ruleId);
  const findingId = findingIdOf(tenant, match, row.occurredAt);
  const isNew = !isSilent && !one.findings.has(findingId);
  if (isNew) {
    one.findings.set(findingId, groupKey);
    tally.findings += 1;
  }
  one.matches += 1;
  addGroup(one.groups, groupKey, 1, isNew ? 1 : 0);
  if (one.samples.length < SAMPLES) one.samples.push({ ...row, native: row.native.slice(0, NATIVE_SHOWN) });
};

/** Puts one event to the rules; its findings are those that detection would raise. */
export const take = (tally: BacktestTally, tried: TriedRules, row: LakeRow): void => {
  const { tenant, over, exceptions, byId, correlationIds, meter } = tried;
  // The lake keeps when an event happened, not when it came: exceptions run until then.
  const event = {
    entity: row.entity,
    native: Buffer.from(row.native),
    envelope: row.envelope === undefined ? null : Buffer.from(row.envelope),
    ingestedAt: row.occurredAt,
  };
  const matches = over
    .matchesOf(row.kind, event, meter)
    .filter(({ ruleId }) => !exceptions.letsPass(ruleId, row.kind, event, meter));
  if (matches.length === 0 || tally.seen.has(row.id)) return;
  tally.seen.add(row.id);
  for (const match of matches) {
    tally.feeds.push(...correlationMatchesOf(tenant, match, correlationIds, row, tally.feeds.length));
    if (byId.has(match.ruleId)) takeMatch(tally, tenant, match, row);
  }
};

/** Adds a day to what was found before; a finding whose window spans midnight counts once. */
export const merge = (into: BacktestTally, day: BacktestTally): void => {
  addFeeds(into.feeds, day.feeds);
  for (const [ruleId, { matches, findings, groups, samples }] of day.rules) {
    const one = ofRule(into, ruleId);
    one.matches += matches;
    const doubles = new Map<string, number>();
    for (const [findingId, key] of findings) {
      if (one.findings.has(findingId)) doubles.set(key, (doubles.get(key) ?? 0) + 1);
      else into.findings += 1;
      one.findings.set(findingId, key);
    }
    for (const [key, group] of groups)
      addGroup(one.groups, key, group.matches, group.findings - (doubles.get(key) ?? 0));
    one.samples.push(...samples.slice(0, SAMPLES - one.samples.length));
  }
};

const backtested = (rule: Rule, one: RuleTally | undefined, costMs: number, days: number): BacktestedRule => {
  const groups = [...(one?.groups ?? [])]
    .sort(([a, x], [b, y]) => y.findings - x.findings || y.matches - x.matches || (a < b ? -1 : 1))
    .slice(0, GROUPS_SHOWN);
  const findings = one?.findings.size ?? 0;
  return {
    ruleId: rule.id,
    title: rule.title,
    level: severityOfLevel(rule),
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
    costMs,
  };
};

/**
 * What there is to tell of every rule, the busiest first.
 * @param days what the events cover.
 * @param whole of which all were looked at.
 */
export const backtestedRules = (
  { rules, feeds }: BacktestTally,
  { over: { set, correlations }, byId, correlationIds }: TriedRules,
  days: number,
  whole: WholePeriod,
): BacktestedRule[] => {
  const costs = new Map(set.costs().map(({ ruleId, ms }) => [ruleId, ms]));
  const alone = [...byId.values()].map((rule) => backtested(rule, rules.get(rule.id), costs.get(rule.id) ?? 0, days));
  return [...alone, ...backtestedCorrelations(correlations, correlationIds, feeds, days, whole)].sort(
    (a, b) => b.findings - a.findings || b.matches - a.matches || (a.ruleId < b.ruleId ? -1 : 1),
  );
};
