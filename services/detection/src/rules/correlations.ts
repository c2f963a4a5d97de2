import type { RunningRule, Severity } from '#contracts';
import {
  correlationPlan,
  kindOf,
  type Correlation,
  type CorrelationPlan,
  type Rule,
  type RuleSet,
  type SourceKind as SigmaKind,
} from '#libs/sigma';
import type { Detection, Feed, Hit, SeenEvent, Waits } from '../domain/hit.js';
import { SOURCES } from './kinds.js';

/** A correlation that raises findings. */
export interface Correlating {
  correlation: Correlation;
  detection: Detection;
  /** The plan it is part of. */
  plan: CorrelationPlan;
  /** What a rule that feeds it is called. */
  titleOf(ruleId: string): string;
}

/** The correlations of a compiled set. */
export interface Correlations {
  /** What the match of a rule, also one of another set, brings to the correlations of this one. */
  feedsOf(ruleId: string, kind: SigmaKind, event: SeenEvent): Feed[];
  /** What a rule's match is besides a hit; nothing for most. */
  roleOf(ruleId: string, kind: SigmaKind, event: SeenEvent): Pick<Hit, 'feeds' | 'isSilent'>;
  find(correlationId: string): Correlating | undefined;
  running: RunningRule[];
}

const SHORTEST_STEP_MS = 1_000;

const detectionOf = (one: Correlation, version: string | undefined): Detection => ({
  id: one.id,
  title: one.title,
  level: one.level.toUpperCase() as Severity,
  status: one.status,
  description: one.description,
  falsePositives: one.falsepositives,
  runbook: one.runbook ?? '',
  techniques: one.techniques,
  tactics: one.tactics,
  windowMs: one.timespanMs,
  ...(version === undefined ? {} : { version }),
});

/** Ids of all rules that a correlation rests on in the end. */
const foundationOf = (plan: CorrelationPlan, id: string): string[] =>
  plan.trees.get(id)?.nodes.flatMap(({ inputs }) => inputs.filter(({ node }) => node < 0).map((input) => input.id)) ??
  [];

const waitsOf = (all: readonly Rule[], plan: CorrelationPlan, id: string): Waits => {
  const rules = new Set(foundationOf(plan, id));
  const kinds = all.filter((rule) => rules.has(rule.id)).map(({ logsource }) => kindOf(logsource));
  const closing =
    plan.trees
      .get(id)
      ?.nodes.filter(({ closes }) => closes)
      .map(({ correlation: { timespanMs } }) => timespanMs) ?? [];
  return {
    kinds: kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((kind) => (kind ? [SOURCES[kind]] : [])))],
    horizonMs: closing.reduce((sum, timespanMs) => sum + timespanMs, 0),
    stepMs: closing.length === 0 ? SHORTEST_STEP_MS : Math.max(SHORTEST_STEP_MS, Math.min(...closing) / 10),
  };
};

/**
 * @param versionOf of the file a correlation came from, by its id.
 * @param known rules of another set that correlations refer to.
 */
export const correlationsOf = (
  set: RuleSet,
  versionOf: (id: string) => string | undefined,
  known: readonly Rule[],
): Correlations => {
  const plan = correlationPlan(set.correlations);
  const all = [...known, ...set.rules];
  const titles = new Map([...all, ...set.correlations].map(({ id, title }) => [id, title]));
  const waits = new Map([...plan.trees.keys()].map((id) => [id, waitsOf(all, plan, id)]));
  const raising = new Map(
    set.correlations
      .filter(({ id }) => plan.trees.has(id))
      .map((correlation): [string, Correlating] => [
        correlation.id,
        {
          correlation,
          plan,
          detection: detectionOf(correlation, versionOf(correlation.id)),
          titleOf: (id) => titles.get(id) ?? id,
        },
      ]),
  );
  const feedsOf = (ruleId: string, kind: SigmaKind, { native }: SeenEvent): Feed[] =>
    plan.routes(ruleId).flatMap(({ correlationId, node, fields, groupFields }) => {
      const values = set.read({ logsource: kind, native }, [...fields, ...groupFields]);
      const group = groupFields.map((field) => (values[field] ?? '').toLowerCase());
      const wait = waits.get(correlationId);
      return group.includes('') || !wait ? [] : [{ correlationId, node, group, values, waits: wait }];
    });
  return {
    feedsOf,
    roleOf: (ruleId, kind, event) => {
      const feeds = feedsOf(ruleId, kind, event);
      return { ...(feeds.length > 0 ? { feeds } : {}), ...(plan.raises(ruleId) ? {} : { isSilent: true }) };
    },
    find: (correlationId) => raising.get(correlationId),
    running: [...raising.values()].map(({ correlation: { id, techniques, tests = [] } }) => {
      const [kind] = waits.get(id)?.kinds ?? [];
      return { ruleId: id, techniques, kind: kind ?? 'UNKNOWN', tested: tests.length > 0 };
    }),
  };
};
