import type { SourceKind } from '#contracts';
import {
  correlationPlan,
  emptyCorrelationState,
  feed,
  finish,
  kindOf,
  type Correlation,
  type CorrelationMatch,
  type CorrelationOptions,
  type CorrelationPlan,
  type Fired,
  type Rule,
  type RuleSet,
  type SigmaEvent,
} from '#libs/sigma';
import { SOURCE_KINDS } from './kinds.js';

/** How long and for whom a correlation waits. */
export interface CorrelationWait {
  /** Kinds of the sources that feed it; none: any. */
  kinds: SourceKind[];
  /** After a match, event time matters for so long; 0 when windows are not decided at their end. */
  horizonMs: number;
  /** How finely. */
  stepMs: number;
}

/** A rule's match as a correlation takes it. */
export interface CorrelationFeed {
  correlationId: string;
  /** Place in the correlation. */
  node: number;
  /** Values of the correlation's group: matches with other values never meet. */
  group: string[];
  /** Fields the correlation asks for. */
  values: Record<string, string>;
  /** What has to be known to tell it of event time. */
  waits: CorrelationWait;
}

/** The correlations of a rule set, and how matches come to them. */
export interface WiredCorrelations {
  plan: CorrelationPlan;
  /** Those that raise, by id. */
  raising: ReadonlyMap<string, Correlation>;
  /** What the match of a rule, also one of another set, brings to them; nothing without a group. */
  feedsOf(ruleId: string, event: SigmaEvent): CorrelationFeed[];
  /** Whether a correlation, or one that it rests on, is decided at the end of its window. */
  closes(correlationId: string): boolean;
  /** Kinds of the sources that feed one; none: any. */
  kindsOf(correlationId: string): readonly SourceKind[];
  /** What a rule that feeds one, or another correlation, is called. */
  titleOf(ruleId: string): string;
}

const SHORTEST_STEP_MS = 1_000;

/** Ids of all rules that a correlation rests on in the end. */
const foundationOf = (plan: CorrelationPlan, id: string): string[] =>
  plan.trees.get(id)?.nodes.flatMap(({ inputs }) => inputs.filter(({ node }) => node < 0).map((input) => input.id)) ??
  [];

const waitOf = (all: readonly Rule[], plan: CorrelationPlan, id: string): CorrelationWait => {
  const rules = new Set(foundationOf(plan, id));
  const kinds = all.filter((rule) => rules.has(rule.id)).map(({ logsource }) => kindOf(logsource));
  const closing =
    plan.trees
      .get(id)
      ?.nodes.filter(({ closes }) => closes)
      .map(({ correlation: { timespanMs } }) => timespanMs) ?? [];
  return {
    kinds: kinds.includes(undefined) ? [] : [...new Set(kinds.flatMap((kind) => (kind ? [SOURCE_KINDS[kind]] : [])))],
    horizonMs: closing.reduce((sum, timespanMs) => sum + timespanMs, 0),
    stepMs: closing.length === 0 ? SHORTEST_STEP_MS : Math.max(SHORTEST_STEP_MS, Math.min(...closing) / 10),
  };
};

/** @param known rules of another set that correlations refer to. */
export const wiredCorrelations = (set: RuleSet, known: readonly Rule[] = []): WiredCorrelations => {
  const plan = correlationPlan(set.correlations);
  const all = [...known, ...set.rules];
  const titles = new Map([...all, ...set.correlations].map(({ id, title }) => [id, title]));
  const waits = new Map([...plan.trees.keys()].map((id) => [id, waitOf(all, plan, id)]));
  return {
    plan,
    raising: new Map(set.correlations.filter(({ id }) => plan.trees.has(id)).map((one) => [one.id, one])),
    feedsOf: (ruleId, event) =>
      plan.routes(ruleId).flatMap(({ correlationId, node, fields, groupFields }) => {
        const values = set.read(event, [...fields, ...groupFields]);
        const group = groupFields.map((field) => (values[field] ?? '').toLowerCase());
        const wait = waits.get(correlationId);
        return group.includes('') || !wait ? [] : [{ correlationId, node, group, values, waits: wait }];
      }),
    closes: (id) => plan.trees.get(id)?.nodes.some((node) => node.closes) ?? false,
    kindsOf: (id) => waits.get(id)?.kinds ?? [],
    titleOf: (id) => titles.get(id) ?? id,
  };
};

/** Counts all there is to count, in the order given, and ends. @returns what fired. */
export const correlateAll = (
  plan: CorrelationPlan,
  matches: readonly CorrelationMatch[],
  options: CorrelationOptions,
): Fired[] => {
  const state = emptyCorrelationState();
  return [...matches.flatMap((match) => feed(plan, state, match, options).fired), ...finish(plan, state).fired];
};
