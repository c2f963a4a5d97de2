import type { BacktestedRule, Severity } from '#contracts';
import {
  correlationPlan,
  emptyCorrelationState,
  feed,
  finish,
  type Correlation,
  type CorrelationMatch,
  type CorrelationPlan,
  type RuleSet,
  type SigmaEvent,
} from '#libs/sigma';
import type { LakeRow } from '../lake/scan.js';

/** Matches that feed correlations, kept until all days are read: days come backwards, correlations go forwards. */
export const FEEDS_AT_MOST = 100_000;
/** Of them, those that keep their natives: these are shown, not counted, and would be too much for memory. */
const ATTACHED_AT_MOST = 4_000;
const NATIVE_SHOWN = 4_096;
const GROUPS_SHOWN = 5;
const SAMPLES = 3;
const LONGEST_KEY = 512;

/** Correlations to try. */
export interface TriedCorrelations {
  plan: CorrelationPlan;
  wanted: Correlation[];
}

/** @param only the one correlation to try; all that raise when empty. */
export const triedCorrelations = ({ correlations }: RuleSet, only: string): TriedCorrelations => {
  const plan = correlationPlan(correlations);
  return { plan, wanted: correlations.filter(({ id }) => plan.trees.has(id) && (only === '' || id === only)) };
};

/** A text of its own: a part of another keeps all of it in memory. */
const shownOf = ({ native }: LakeRow): string => Buffer.from(native.slice(0, NATIVE_SHOWN)).toString('utf8');

/** What a rule's match feeds. @param before how many were fed before. */
export const feedsOf = (
  { plan, wanted }: TriedCorrelations,
  set: RuleSet,
  ruleId: string,
  event: SigmaEvent,
  row: LakeRow,
  before: number,
): CorrelationMatch[] =>
  plan
    .routes(ruleId)
    .filter(({ correlationId }) => wanted.some(({ id }) => id === correlationId))
    .map(({ correlationId, node, fields, groupFields }) => ({
      scope: '',
      correlationId,
      node,
      ruleId,
      eventId: row.id,
      occurredAt: row.occurredAt,
      note: row.entity,
      values: set.read(event, [...fields, ...groupFields]),
      ...(before < ATTACHED_AT_MOST ? { attachment: shownOf(row) } : {}),
    }));

/** Adds what a day fed. */
export const addFeeds = (into: CorrelationMatch[], feeds: readonly CorrelationMatch[]): void => {
  for (const { attachment, ...one } of feeds)
    into.push(attachment !== undefined && into.length < ATTACHED_AT_MOST ? { ...one, attachment } : one);
};

const inTime = (a: CorrelationMatch, b: CorrelationMatch): number =>
  a.occurredAt - b.occurredAt || (a.eventId < b.eventId ? -1 : 1);

/** Counts what was fed in the order of event time. @param days what the events cover. */
export const correlated = (
  { plan, wanted }: TriedCorrelations,
  feeds: readonly CorrelationMatch[],
  days: number,
): BacktestedRule[] => {
  const state = emptyCorrelationState();
  const options = { latenessMs: 0 };
  const sorted = [...feeds].sort(inTime);
  const fired = [...sorted.flatMap((match) => feed(plan, state, match, options).fired), ...finish(plan, state).fired];
  return wanted.map(({ id, title, level }) => {
    const own = fired.filter(({ correlationId }) => correlationId === id);
    const groups = new Map<string, number>();
    for (const { groupKey } of own)
      groups.set(groupKey.slice(0, LONGEST_KEY), (groups.get(groupKey.slice(0, LONGEST_KEY)) ?? 0) + 1);
    const busiest = [...groups].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, GROUPS_SHOWN);
    const samples = own.flatMap((one) => one.samples.slice(-1)).slice(0, SAMPLES);
    return {
      ruleId: id,
      title,
      level: level.toUpperCase() as Severity,
      matches: new Set(feeds.filter(({ correlationId }) => correlationId === id).map(({ eventId }) => eventId)).size,
      findings: own.length,
      findingsPerDay: days > 0 ? own.length / days : 0,
      costMs: 0,
      groups: busiest.map(([key, findings]) => ({ key, findings, matches: findings })),
      samples: samples.map(({ eventId, at, note = '', attachment = '' }) => ({
        eventId,
        occurredAt: at,
        entity: note,
        native: Buffer.from(attachment).subarray(0, NATIVE_SHOWN),
      })),
    };
  });
};
