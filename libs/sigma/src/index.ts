/**
 * Sigma, evaluated: rules in, a pure and synchronous matcher out. `compile` reads rule files (detections, filters,
 * correlations) and says of each that cannot load where and why; the rule set it returns takes one event at a time, as
 * the vendor's own JSON bytes, and answers with the ids of the rules that match. Source mappings (which logsources an
 * event belongs to, how its fields are named) are data under `pipelines/`. This library imports nothing of the product
 * around it.
 */
import { logsourcesIn } from './evaluate/logsources.js';
import { readerOf } from './evaluate/reader.js';
import { builtIn } from './sources/index.js';
import type { Json, JsonObject, Logsource, SourceKind } from './types.js';

export { compile, compileInSteps } from './compile.js';
export * from './correlate/index.js';
export { rulesInTar } from './rule/archive.js';
export { layOut } from './saved/lay-out.js';
export { keyOf, loadCompiled, saveCompiled } from './saved/rule-set-bytes.js';
export { Budget, type BudgetNews, type BudgetOptions, type Meter } from './evaluate/budget.js';
export { BadEvent } from './errors.js';
export { jsonInText, tooMuchIn, type JsonBounds } from './json-cost.js';
export { DEFAULT_LIMITS, type Limits } from './rule/limits.js';
export { groupKeyOf } from './evaluate/group-key.js';
export { builtIn as builtInPipeline } from './sources/index.js';
export { FIELDS as W3C_FIELDS } from './lines/w3c.js';
export { dateOfPlace } from './lines/placed-date.js';
export { epochOrWritten } from './lines/written-time.js';
export { zoneOf } from './lines/zones.js';
export { readSyslogHeader, type SyslogHeader } from './lines/syslog-header.js';
export { NAMES_OF_SYSLOG, syslogParts } from './sources/shared/syslog-parts.js';
export { momentOf } from './lines/moment.js';
export { clockAt, clockOf, type WrittenTime } from './lines/syslog-time.js';
export { kindOf } from './evaluate/logsources.js';
export { windowsEvent, type WindowsEvent } from './sources/windows/event.js';
export { correlationTests, ruleTests, type CorrelationTestResult, type RuleTestResult } from './rule-tests.js';
export type {
  CompileOptions,
  Correlation,
  CorrelationTest,
  CorrelationTestEvent,
  CorrelationType,
  Cost,
  Engine,
  Explanation,
  Failure,
  Json,
  JsonObject,
  RuleLevel,
  Logsource,
  NearMiss,
  Pipeline,
  Rule,
  RuleSet,
  RuleSource,
  RuleTest,
  SigmaEvent,
  SourceKind,
  SourceMapping,
  MatchingWork,
} from './types.js';

/**
 * Every logsource one native event of a kind belongs to: a Sysmon process start is windows/process_creation,
 * windows/sysmon and windows.
 */
export const logsourcesOf = (kind: SourceKind, event: JsonObject): readonly Logsource[] =>
  readEvent(kind, event).logsources;

/**
 * One native event of a kind as rules see it: the logsources it belongs to, and what stands under the names rules use
 * (undefined for nothing).
 */
export const readEvent = (
  kind: SourceKind,
  event: JsonObject,
): { logsources: readonly Logsource[]; find(field: string): Json | undefined } => {
  const mapping = builtIn[kind];
  const reader = readerOf(event, mapping);
  return { logsources: logsourcesIn(mapping, reader), find: reader.find };
};
