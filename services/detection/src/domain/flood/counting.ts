/**
 * How many new findings a rule may raise at a tenant within an hour, and all rules together; what goes beyond is
 * counted in one finding that says so. Hours are the broker's, of the records that bring the events, so that whatever
 * is processed again decides the same, and nobody escapes by the times that events claim.
 */
import type { FindingRaised, MatchedField } from '#contracts';
import { idOf } from '#libs/model';
import { entitiesOf } from '../finding/entities.js';
import { triggersOf } from '../finding/rule-finding.js';
import type { Detection, Origin, SeenEvent } from '../hits/hit.js';
import { severityOf } from '../finding/severity.js';

/** Id of the detection that says that a rule floods. */
export const RULE_FLOODS = 'vigie.rule-floods';
export const HOUR_MS = 3_600_000;

export interface FloodLimits {
  perRule: number;
  inAll: number;
}

const LEAST_SHARE = 0.1;

/**
 * Of what may be raised in all, the part of one of several places that count alone; a tenth at least, since groups do
 * not spread evenly.
 */
export const shareOf = ({ perRule, inAll }: FloodLimits, places: number): FloodLimits => {
  const share = Math.max(LEAST_SHARE, 1 / places);
  return { perRule: Math.ceil(perRule * share), inAll: Math.ceil(inAll * share) };
};

/** New findings of a tenant in an hour, by rule. */
export interface RaisedInHour {
  /** Begins, epoch ms by the broker's clock. */
  hour: number;
  all: number;
  rules: Record<string, number>;
}

/** By tenant. */
export type Floods = Map<string, RaisedInHour>;

export const hourOf = (recordedAt: number): number => Math.floor(recordedAt / HOUR_MS) * HOUR_MS;

/** What is counted of a tenant, to go on with: a copy, or nothing yet when the hour is another. */
export const countedIn = (before: RaisedInHour | undefined, recordedAt: number): RaisedInHour => {
  const hour = hourOf(recordedAt);
  // Without a prototype: ids of rules are a tenant's to choose, and `__proto__` would count nothing.
  const rules = (of: RaisedInHour['rules'] = {}): RaisedInHour['rules'] =>
    Object.assign(Object.create(null) as RaisedInHour['rules'], of);
  return before && before.hour >= hour ? { ...before, rules: rules(before.rules) } : { hour, all: 0, rules: rules() };
};

/**
 * Whether one more new finding of a rule is raised: then it is counted, in place.
 * @returns what floods otherwise: the rule, or all of them
 */
export const floods = (
  counted: RaisedInHour,
  ruleId: string,
  { perRule, inAll }: FloodLimits,
): Flood['kind'] | undefined => {
  const ofRule = counted.rules[ruleId] ?? 0;
  if (ofRule >= perRule) return 'rule';
  if (counted.all >= inAll) return 'all';
  counted.all += 1;
  counted.rules[ruleId] = ofRule + 1;
  return undefined;
};

/** Hours that are over say nothing. */
export const overBy = (floods: Floods, recordedAt: number): string[] =>
  [...floods].filter(([, { hour }]) => hour < hourOf(recordedAt)).map(([tenant]) => tenant);

const GROUPS_SHOWN = 10;
const RUNBOOK = `Triage: is this an attack on many at once, or a rule that is too wide? Look at the groups and events shown.
Scope: hunt for what the rule looks for; the findings that were not raised are not lost in the lake.
Contain: as the rule itself says, for what was found so far.
Recover: narrow the rule, group it by less, or add an exception; the next hour begins anew.`;

/** What is kept from being raised, and why. */
export interface Flood {
  kind: 'rule' | 'all';
  detection: Detection;
  hour: number;
  limits: FloodLimits;
  /** Some of the groups, and of their events. */
  groupKeys: string[];
  events: Pick<SeenEvent, 'id' | 'occurredAt' | 'ingestedAt' | 'entity' | 'native'>[];
}

const subjectOf = ({ kind, detection }: Pick<Flood, 'kind' | 'detection'>): string =>
  kind === 'rule' ? detection.id : 'all rules';

export const floodIdOf = (tenant: string, flood: Pick<Flood, 'kind' | 'detection' | 'hour'>): string =>
  idOf(tenant, RULE_FLOODS, subjectOf(flood), flood.hour);

const sentence = ({ kind, detection, limits: { perRule, inAll } }: Flood): string =>
  kind === 'rule'
    ? `The rule ${detection.id} raised ${perRule} findings within an hour. What more it finds until the hour is over is counted here and not raised one by one.`
    : `All rules together raised ${inAll} findings within an hour, the last of them ${detection.id}. What more is found until the hour is over is counted here and not raised one by one.`;

/** The one finding that stands for those that are not raised. @param now epoch ms: when it was detected. */
export const floodFinding = (
  { tenant, source, kind: sourceKind }: Origin,
  flood: Flood,
  now: number,
): FindingRaised => {
  const { kind, detection, hour, groupKeys, events } = flood;
  const samples = groupKeys
    .slice(0, GROUPS_SHOWN)
    .map((value): MatchedField => ({ selection: 'group', field: '', value }));
  return {
    type: 'finding.raised',
    findingId: floodIdOf(tenant, flood),
    rule: {
      id: RULE_FLOODS,
      title: kind === 'rule' ? `A rule floods: ${detection.title.slice(0, 180)}` : 'Rules flood',
      level: detection.level,
      description: sentence(flood),
      falsePositives: [],
      runbook: RUNBOOK,
    },
    ruleVersion: kind === 'rule' ? (detection.version ?? null) : null,
    groupKey: subjectOf(flood),
    windowStart: hour,
    windowEnd: hour + HOUR_MS,
    severity: severityOf(detection, []),
    confidence: 100,
    techniques: kind === 'rule' ? detection.techniques : [],
    tactics: kind === 'rule' ? detection.tactics : [],
    entities: entitiesOf(events.slice(0, GROUPS_SHOWN).map(({ entity }) => ({ entity, observables: [], ocsf: {} }))),
    source,
    kind: sourceKind,
    occurredAt: events.reduce((least, { occurredAt }) => Math.min(least, occurredAt), events[0]?.occurredAt ?? now),
    ingestedAt: events.reduce((least, { ingestedAt }) => Math.min(least, ingestedAt), events[0]?.ingestedAt ?? now),
    detectedAt: now,
    ...triggersOf(events),
    explanation: samples,
    assets: [],
    identities: [],
    indicators: [],
  };
};
