/** The shapes strangers meet. Nothing here knows how rules are parsed or run. */
import type { Meter } from './evaluate/budget.js';
import type { JsonObject } from './json.js';
import type { Limits } from './rule/limits.js';
import type { SourceKind } from './sources/index.js';
import type { Logsource, SourceMapping } from './sources/source.js';

export type { Json, JsonObject } from './json.js';
export type { SourceKind } from './sources/index.js';
export type { Logsource, SourceMapping, When } from './sources/source.js';

export type RuleLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

/**
 * One event. `native` is the vendor's own JSON as UTF-8 bytes (one object), `envelope` what was said around it, as JSON
 * (`evaluate/envelope.ts`).
 * `logsource`: a kind (the pipeline derives the logsources from the event), or one or several logsources, taken as they
 * are.
 */
export type SigmaEvent = {
  logsource: SourceKind | Logsource | readonly Logsource[];
  native: Uint8Array;
  envelope?: Uint8Array | null;
};

export type RuleSource = { path: string; text: string };

/**
 * Something that could not be loaded: file, line (from 1) and why; and which limit it passed, when it asked for too
 * much.
 */
export type Failure = { file: string; line: number; reason: string; limit?: keyof Limits };

/** A test inside a rule: a native event of the rule's own source, and whether the rule must match it. */
export type RuleTest = { name: string; event: JsonObject; matches: boolean };

export type Rule = {
  id: string;
  title: string;
  /** Sigma's optional `name`, by which correlations and filters may refer to the rule. */
  name?: string;
  level: RuleLevel;
  status: string;
  description: string;
  tags: string[];
  /** ATT&CK technique ids, upper case: T1059.001. */
  techniques: string[];
  /** ATT&CK tactics, with hyphens: credential-access. */
  tactics: string[];
  logsource: Logsource;
  falsepositives: string[];
  references: string[];
  /** Who wrote the rule: the Detection Rule License asks for the name wherever a match is shown. */
  author?: string;
  /** Fields that interest an analyst (Sigma's `fields`). */
  fields: string[];
  /** Field names whose values make the group key of a finding; absent when the rule does not say. */
  groupBy?: string[];
  windowMinutes?: number;
  runbook?: string;
  tests?: RuleTest[];
  /** Placeholders this rule waits for. While there are any, the rule is loaded but never matches. */
  needs: string[];
  file: string;
  line: number;
};

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile';

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte' | 'eq' | 'neq';

/** One or several native events of a correlation's test. */
export type CorrelationTestEvent = {
  /** When it happens, milliseconds from any beginning. */
  atMs: number;
  event: JsonObject;
  /** Whose native form it has. Default: that of the first rule the correlation rests on. */
  source?: SourceKind;
};

/** A test inside a correlation: events, and how many findings they make of it. */
export type CorrelationTest = { name: string; events: CorrelationTestEvent[]; fires: number };

/** A correlation rule. */
export type Correlation = {
  id: string;
  title: string;
  name?: string;
  level: RuleLevel;
  status: string;
  description: string;
  tags: string[];
  techniques: string[];
  tactics: string[];
  falsepositives: string[];
  references: string[];
  author?: string;
  runbook?: string;
  tests?: CorrelationTest[];
  type: CorrelationType;
  /** Ids of rules or correlations, names already resolved. */
  rules: string[];
  groupBy: string[];
  timespanMs: number;
  condition: { field: string[]; comparisons: { operator: Comparison; value: number }[]; percentile?: number };
  /** alias -> rule id -> field name in that rule's events. */
  aliases: Record<string, Record<string, string>>;
  /** True when the rules it refers to also raise on their own. */
  generate: boolean;
  file: string;
  line: number;
};

/**
 * Why a rule matched: which selection, which field (empty for keywords found nowhere in particular), which value of the
 * event.
 */
export type Explanation = { selection: string; field: string; value: string };

export type RuleSet = {
  rules: readonly Rule[];
  correlations: readonly Correlation[];
  failures: readonly Failure[];
  /**
   * Ids of the rules that match, in the order of `rules`; those that rest for the meter's owner do not. Throws BadEvent
   * when `native` is not one JSON object.
   */
  match(event: SigmaEvent, meter?: Meter): string[];
  /** What made this rule match; empty when it does not match, rests or is unknown. */
  explain(ruleId: string, event: SigmaEvent, meter?: Meter): Explanation[];
  /**
   * Rules that lack exactly one selection, those with most others first; 10 unless told. For people: it asks every rule
   * of the event's logsources.
   */
  nearly(event: SigmaEvent, options?: { limit?: number }): NearMiss[];
  /** The text of fields, looked up as rules do (aliases, nested names); absent ones are left out. */
  read(event: SigmaEvent, fields: readonly string[]): Record<string, string>;
  /** What `match` has done so far. */
  work(): MatchingWork;
  /** What each rule that was run has cost, dearest first; empty without `clock`. */
  costs(): Cost[];
};

/**
 * A rule that one selection keeps from matching, though another holds. `missing` says `not x` when x would have to hold
 * no more.
 */
export type NearMiss = { ruleId: string; matched: string[]; missing: string[] };

/**
 * How often a rule had to be run, how often it matched, and how long that took (reading fields on its behalf included).
 */
export type Cost = { ruleId: string; runs: number; matches: number; ms: number };

/**
 * Events matched from their bytes alone, events parsed for the fast kernel, events left to the plain evaluator; and
 * rules that had to be run for them.
 */
export type MatchingWork = { fromBytes: number; parsed: number; plain: number; rulesRun: number };

/** How native events become logsources and field names, by kind: pure data. */
export type Pipeline = Readonly<Record<SourceKind, SourceMapping>>;

/**
 * `kernel`: in WebAssembly, and what it cannot take by the plain evaluator. `plain`: the reference evaluator for all,
 * slower.
 */
export type Engine = 'kernel' | 'plain';

export type CompileOptions = {
  /**
   * What rules may ask for; `DEFAULT_LIMITS` but for what is named. What passes a limit is in `failures`, with the
   * limit's name.
   */
  limits?: Partial<Limits>;
  pipeline?: Pipeline;
  /** Placeholder name (without percent signs) -> values, which may hold wildcards. */
  placeholders?: Record<string, string[]>;
  /** Rules of another set that correlations may refer to; one of the same name in this set comes first. */
  known?: readonly Pick<Rule, 'id' | 'name'>[];
  /** How events are matched; the answers are the same. */
  engine?: Engine;
  /** Milliseconds, from any beginning: makes the kernel keep account of every rule's cost. */
  clock?: () => number;
  /**
   * What a meter watches: expressions, or also all rules together, for those of strangers: other tests cost little, but
   * many of them add up.
   */
  watches?: 'expressions' | 'everything';
};
