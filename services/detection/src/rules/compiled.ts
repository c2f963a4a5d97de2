import { createHash } from 'node:crypto';
import type { EventContext, MatchedField, RuleVersion, RunningRule, Severity, SourceKind } from '#contracts';
import { compileCachedInSteps } from '#libs/rules-cache';
import {
  BadEvent,
  compileInSteps,
  groupKeyOf,
  kindOf,
  type Failure,
  type Meter,
  type Rule,
  type RuleSet,
  type RuleSource,
  type SourceKind as SigmaKind,
} from '#libs/sigma';
import type { Detection, Feed, Hit, SeenEvent } from '../domain/hit.js';
import { boundedKey } from '../domain/hit.js';
import { inSteps } from '../sharing.js';
import { correlationsOf, type Correlating } from './correlations.js';
import { KINDS, SOURCES } from './kinds.js';

/** Rules ready to run, in the service's words. */
export interface CompiledRules {
  rules: number;
  /** What others need to know of the rules, 10,000 at most. */
  running: readonly RunningRule[];
  correlations: number;
  failures: readonly Failure[];
  /**
   * Hits of one event, in the order of the rules; none for sources that rules do not know and events that are no JSON
   * object. `meter`: on whose account.
   */
  hitsOf(kind: SourceKind, event: SeenEvent, context: EventContext | undefined, meter?: Meter): Hit[];
  explain(ruleId: string, kind: SourceKind, event: SeenEvent, meter?: Meter): MatchedField[];
  /** A correlation that raises; undefined when it does not run. */
  correlating(correlationId: string): Correlating | undefined;
}

/** The same with the set itself, for what is built on it. */
export interface LoadedRules extends CompiledRules {
  set: RuleSet;
  /** By id. */
  known: ReadonlyMap<string, Rule>;
  /** Texts of the rules that run, 10,000 at most. */
  versions: readonly RuleVersion[];
  /** What the match of a rule, also one of another set, brings to the correlations of this one. */
  feedsOf(ruleId: string, kind: SourceKind, event: SeenEvent): Feed[];
  /** The file a rule came from. */
  sourceOf(ruleId: string): RuleSource | undefined;
  /** That file, and of a correlation those of all it rests on. */
  sourcesOf(ruleId: string): RuleSource[];
  /** Files of rules that wait for placeholders which are all among these, and of the filters they may be under. */
  waitingFor(names: ReadonlySet<string>): { ruleIds: ReadonlySet<string>; sources: RuleSource[] };
}

const RULES_TOLD = 10_000;

const runningOf = ({ id, techniques, logsource, tests = [] }: Rule): RunningRule => {
  const kind = kindOf(logsource);
  return { ruleId: id, techniques, kind: kind ? SOURCES[kind] : 'UNKNOWN', tested: tests.length > 0 };
};

/** Of a rule's file and what was put in for its placeholders: 16 hexadecimal digits. */
const versionOf = (text: string, placeholders: Record<string, string[]>): string => {
  const hash = createHash('sha256').update(text);
  for (const entry of Object.entries(placeholders).sort()) hash.update(JSON.stringify(entry));
  return hash.digest('hex').slice(0, 16);
};

const detectionOf = (rule: Rule, windowMs: number, version: string | undefined): Detection => ({
  id: rule.id,
  title: rule.title,
  level: rule.level.toUpperCase() as Severity,
  status: rule.status,
  description: rule.description,
  falsePositives: rule.falsepositives,
  runbook: rule.runbook ?? '',
  techniques: rule.techniques,
  tactics: rule.tactics,
  windowMs: rule.windowMinutes === undefined ? windowMs : rule.windowMinutes * 60_000,
  ...(version === undefined ? {} : { version }),
});

/**
 * What a rule's findings are grouped by: its fields' values, or the event's main entity when it names none or none is
 * there.
 */
const keyOf = (set: RuleSet, rule: Rule, kind: SigmaKind, event: SeenEvent): string => {
  const key = groupKeyOf(set, rule, { logsource: kind, native: event.native });
  return boundedKey(key ?? event.entity);
};

const matching = (set: RuleSet, kind: SigmaKind, event: SeenEvent, meter: Meter | undefined): string[] => {
  try {
    return set.match({ logsource: kind, native: event.native }, meter);
  } catch (error) {
    if (error instanceof BadEvent) return [];
    throw error;
  }
};

/** Files by path, those of rules and of filters; filters are few and hardly ever name a rule of their own file. */
const textsOf = (
  set: RuleSet,
  sources: readonly RuleSource[],
): Pick<LoadedRules, 'sourceOf' | 'sourcesOf' | 'waitingFor'> => {
  const files = new Map(sources.map((source) => [source.path, source]));
  const byId = new Map([...set.rules, ...set.correlations].map(({ id, file }) => [id, files.get(file)]));
  const filters = sources.filter(({ text }) => /^filter:/m.test(text));
  const under = new Map(set.correlations.map(({ id, rules }) => [id, rules]));
  const all = (id: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(id)) (under.get(id) ?? []).forEach((one) => all(one, seen.add(id)));
    return seen.add(id);
  };
  return {
    sourceOf: (ruleId) => byId.get(ruleId),
    sourcesOf: (ruleId) => [...new Set([...all(ruleId)].flatMap((id) => byId.get(id) ?? []))],
    waitingFor: (names) => {
      const waiting = set.rules.filter(({ needs }) => needs.length > 0 && needs.every((need) => names.has(need)));
      const found = new Set(waiting.map(({ file }) => files.get(file)).filter((source) => source !== undefined));
      return {
        ruleIds: new Set(waiting.map(({ id }) => id)),
        sources: found.size ? [...new Set([...found, ...filters])] : [],
      };
    },
  };
};

const loadedRules = (
  set: RuleSet,
  sources: readonly RuleSource[],
  windowMs: number,
  placeholders: Record<string, string[]>,
  known: readonly Rule[] = [],
): LoadedRules => {
  const texts = textsOf(set, sources);
  const versions = new Map<RuleSource, string>();
  const versionAt = (ruleId: string): string | undefined => {
    const source = texts.sourceOf(ruleId);
    if (source && !versions.has(source)) versions.set(source, versionOf(source.text, placeholders));
    return source && versions.get(source);
  };
  const detections = new Map(
    set.rules.map((rule) => [rule.id, { rule, detection: detectionOf(rule, windowMs, versionAt(rule.id)) }]),
  );
  const correlations = correlationsOf(set, versionAt, known);
  const running = [...correlations.running, ...set.rules.map(runningOf)].slice(0, RULES_TOLD);
  return {
    ...texts,
    set,
    rules: set.rules.length,
    known: new Map(set.rules.map((rule) => [rule.id, rule])),
    running,
    versions: running.map(({ ruleId }) => ({ ruleId, version: versionAt(ruleId) ?? '' })),
    correlations: set.correlations.length,
    failures: set.failures,
    hitsOf: (sourceKind, event, context, meter) => {
      const kind = KINDS[sourceKind];
      return (kind ? matching(set, kind, event, meter) : []).flatMap((id) => {
        const one = detections.get(id);
        return one
          ? [
              {
                detection: one.detection,
                event,
                context,
                groupKey: keyOf(set, one.rule, kind as SigmaKind, event),
                ...correlations.roleOf(id, kind as SigmaKind, event),
              },
            ]
          : [];
      });
    },
    explain: (ruleId, sourceKind, event, meter) => {
      const kind = KINDS[sourceKind];
      return kind && detections.has(ruleId)
        ? set.explain(ruleId, { logsource: kind, native: event.native }, meter)
        : [];
    },
    correlating: correlations.find,
    feedsOf: (ruleId, sourceKind, event) => {
      const kind = KINDS[sourceKind];
      return kind ? correlations.feedsOf(ruleId, kind, event) : [];
    },
  };
};

/**
 * Rules of a set that was compiled here or elsewhere.
 * @param known rules of another set that correlations may refer to.
 */
export const rulesOf = (
  set: RuleSet,
  sources: readonly RuleSource[],
  windowMs: number,
  placeholders: Record<string, string[]> = {},
  known: readonly Rule[] = [],
): LoadedRules => loadedRules(set, sources, windowMs, placeholders, known);

/**
 * Compiles while others work.
 * @param windowMs window of findings whose rule names none.
 * @param known rules of another set that correlations may refer to.
 */
export const compileRules = async (
  sources: readonly RuleSource[],
  windowMs: number,
  placeholders: Record<string, string[]> = {},
  known: readonly Rule[] = [],
): Promise<LoadedRules> =>
  rulesOf(await inSteps(compileInSteps(sources, { placeholders, known })), sources, windowMs, placeholders, known);

/**
 * The same for rules that may have been compiled before: the folder holds what came of it.
 * @returns also why nothing could be kept there.
 */
export const compileRulesCached = async (
  folder: string,
  sources: readonly RuleSource[],
  windowMs: number,
): Promise<{ loaded: LoadedRules; fromCache: boolean; unsaved?: string }> => {
  const { ruleSet, fromCache, unsaved } = await inSteps(compileCachedInSteps(folder, sources));
  return { loaded: rulesOf(ruleSet, sources, windowMs), fromCache, ...(unsaved === undefined ? {} : { unsaved }) };
};
