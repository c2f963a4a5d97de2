import type { BacktestedRule } from '#contracts';
import {
  boundedKey,
  correlateAll,
  correlatedIdOf,
  severityOfLevel,
  type RuleMatch,
  type WiredCorrelations,
} from '#libs/rules';
import type { Correlation, CorrelationMatch, Fired } from '#libs/sigma';
import type { LakeRow } from '../lake/scan.js';

/** Matches that feed correlations, kept until all days are read: days come backwards, correlations go forwards. */
export const FEEDS_AT_MOST = 100_000;
/** Of them, those that keep their natives: these are shown, not counted, and would be too much for memory. */
const ATTACHED_AT_MOST = 4_000;
const NATIVE_SHOWN = 4_096;
const GROUPS_SHOWN = 5;
const SAMPLES = 3;

/** A text of its own: a part of another keeps all of it in memory. */
const shownOf = ({ native }: LakeRow): string => Buffer.from(native.slice(0, NATIVE_SHOWN)).toString('utf8');

/** What a rule's match brings to the correlations that are tried. @param before how many were brought before. */
export const correlationMatchesOf = (
  tenant: string,
  { ruleId, feeds }: RuleMatch,
  correlationIds: ReadonlySet<string>,
  row: LakeRow,
  before: number,
): CorrelationMatch[] =>
  feeds
    .filter(({ correlationId }) => correlationIds.has(correlationId))
    .map(({ correlationId, node, values }) => ({
      scope: tenant,
      correlationId,
      node,
      ruleId,
      eventId: row.id,
      occurredAt: row.occurredAt,
      note: row.entity,
      values,
      ...(before < ATTACHED_AT_MOST ? { attachment: shownOf(row) } : {}),
    }));

/** Adds what a day brought. */
export const addFeeds = (into: CorrelationMatch[], feeds: readonly CorrelationMatch[]): void => {
  for (const { attachment, ...one } of feeds)
    into.push(attachment !== undefined && into.length < ATTACHED_AT_MOST ? { ...one, attachment } : one);
};

const inTime = (a: CorrelationMatch, b: CorrelationMatch): number =>
  a.occurredAt - b.occurredAt || (a.eventId < b.eventId ? -1 : 1);

const backtested = (
  one: Correlation,
  feeds: readonly CorrelationMatch[],
  fired: readonly Fired[],
  days: number,
): BacktestedRule => {
  const groups = new Map<string, number>();
  for (const { groupKey } of fired) {
    const key = boundedKey(groupKey);
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const busiest = [...groups].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, GROUPS_SHOWN);
  const samples = fired.flatMap(({ samples: all }) => all.slice(-1)).slice(0, SAMPLES);
  return {
    ruleId: one.id,
    title: one.title,
    level: severityOfLevel(one),
    matches: new Set(feeds.map(({ eventId }) => eventId)).size,
    findings: fired.length,
    findingsPerDay: days > 0 ? fired.length / days : 0,
    costMs: 0,
    groups: busiest.map(([key, findings]) => ({ key, findings, matches: findings })),
    samples: samples.map(({ eventId, at, note = '', attachment = '' }) => ({
      eventId,
      occurredAt: at,
      entity: note,
      native: Buffer.from(attachment).subarray(0, NATIVE_SHOWN),
    })),
  };
};

/** The period of which every event was looked at. Epoch ms, `to` exclusive. */
export interface WholePeriod {
  from: number;
  to: number;
}

/**
 * What fired. An event that was not looked at could have kept a window that is decided at its end from meeting its
 * condition: those are of the whole period alone.
 */
const firedOf = (
  { plan, closes }: WiredCorrelations,
  feeds: readonly CorrelationMatch[],
  { from, to }: WholePeriod,
): Fired[] => {
  const isWhole = ({ correlationId, occurredAt }: CorrelationMatch): boolean =>
    !closes(correlationId) || occurredAt >= from;
  return correlateAll(plan, feeds.filter(isWhole).sort(inTime), { latenessMs: 0 }).filter(
    ({ correlationId, windowEnd }) => !closes(correlationId) || windowEnd < to,
  );
};

/**
 * Counts what was brought in the order of event time.
 * @param days what the events cover.
 */
export const backtestedCorrelations = (
  correlations: WiredCorrelations,
  correlationIds: ReadonlySet<string>,
  feeds: readonly CorrelationMatch[],
  days: number,
  whole: WholePeriod,
): BacktestedRule[] => {
  const { raising } = correlations;
  const fired = firedOf(correlations, feeds, whole);
  const byId = new Map(fired.map((one) => [correlatedIdOf(one), one]));
  return [...raising.values()]
    .filter(({ id }) => correlationIds.has(id))
    .map((one) => {
      const of = <T extends { correlationId: string }>(all: Iterable<T>): T[] =>
        [...all].filter(({ correlationId }) => correlationId === one.id);
      return backtested(one, of(feeds), of(byId.values()), days);
    });
};
