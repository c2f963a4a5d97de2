import type { FindingRaised, MatchedField } from '#contracts';
import { idOf } from '#libs/model';
import { HOUR_MS } from '#libs/terms';
import { entitiesOf } from '../finding/entities.js';
import { triggersOf } from '../finding/evidence.js';
import { severityOf } from '../finding/severity.js';
import type { Detection, Origin, SeenEvent } from '../hits/hit.js';
import { type FloodKind, type FloodLimits } from './counting.js';

/** Id of the detection that says that a rule floods. */
export const RULE_FLOODS = 'vigie.rule-floods';

const GROUPS_SHOWN = 10;
const RUNBOOK = `Triage: is this an attack on many at once, or a rule that is too wide? Look at the groups and events shown.
Scope: hunt for what the rule looks for; the findings that were not raised are not lost in the lake.
Contain: as the rule itself says, for what was found so far.
Recover: narrow the rule, group it by less, or add an exception; the next hour begins anew.`;

/** What is kept from being raised, and why. */
export interface Flood {
  kind: FloodKind;
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
