import type { RulesetExceptionAdded, RunningRule, SourceKind } from '#contracts';
import { exceptionsInSteps } from '#libs/rules';
import { CompileFailed } from '#libs/rules/loading';
import type { Failure, Meter, Rule, RuleSource } from '#libs/sigma';
import { inSteps } from '#libs/service';
import { RULE_FLOODS } from '../domain/flood/counting.js';
import { RULE_DISABLED } from '../domain/finding/disabled-rule-finding.js';
import type { Hit, SeenEvent } from '../domain/hits/hit.js';
import { INDICATOR_MATCH } from '../domain/hits/indicator-match.js';
import type { CompiledRules, LoadedRules } from './loaded-rules.js';
import type { TenantAdditions } from './tenant-additions.js';

/** The rules of one tenant: those for everybody, its own, and those its placeholders wake. */
export interface TenantRules extends CompiledRules {
  /** Its own alone, for telling who imported them; none of those for everybody. */
  own: { running: RunningRule[]; versions: LoadedRules['versions']; failures: Failure[] };
  /** Compiled sets that are this tenant's. */
  sets: LoadedRules[];
}

/** A set and which of its rules run here. */
interface TenantRulePart {
  loaded: LoadedRules;
  runs(ruleId: string): boolean;
  counts(correlationId: string): boolean;
}

/** Ids under which detection raises findings of its own. */
const RESERVED: readonly string[] = [INDICATOR_MATCH, RULE_DISABLED, RULE_FLOODS];

const isTaken = (global: LoadedRules, id: string): boolean =>
  global.known.has(id) || global.correlating(id) !== undefined || RESERVED.includes(id);

const doublesOf = (loaded: LoadedRules, global: LoadedRules): Failure[] =>
  [...loaded.set.rules, ...loaded.set.correlations]
    .filter(({ id }) => isTaken(global, id))
    .map(({ id, file, line }) => ({
      file,
      line,
      reason: `the id ${id} is already used by a rule that runs for everybody; give yours an id of its own, or add an exception from that rule`,
    }));

/** An exception is from matches of one event: what a correlation counts is excepted by its rules. */
const fromCorrelations = ({ exceptions }: TenantAdditions, sets: readonly LoadedRules[]): Failure[] =>
  exceptions
    .filter(({ ruleId }) => sets.some((set) => set.correlating(ruleId)))
    .map(({ exceptionId }) => ({
      file: exceptionId,
      line: 1,
      reason: 'exceptions are from rules, not from correlations: add one from a rule that the correlation rests on',
    }));

/** How a tenant's rules are compiled. @throws CompileFailed when they cannot be */
export type CompileAdditions = (
  sources: RuleSource[],
  placeholders: Record<string, string[]>,
  known: readonly Rule[],
) => Promise<LoadedRules>;

/** Half an import would be a surprise. @throws CompileFailed when all rules together ask for too much */
const whole = (loaded: LoadedRules): LoadedRules => {
  const over = loaded.failures.find(({ limit }) => limit?.startsWith('all'));
  if (over) throw new CompileFailed(`${over.file}:${over.line}: ${over.reason}`);
  return loaded;
};

/** Rules for everybody that a tenant's values make too large sleep on: its own run all the same. */
const wokenOf = async (
  sources: RuleSource[],
  { placeholders }: TenantAdditions,
  known: readonly Rule[],
  compile: CompileAdditions,
): Promise<{ woken?: LoadedRules; tired: Failure[] }> => {
  if (sources.length === 0) return { tired: [] };
  try {
    return { woken: whole(await compile(sources, placeholders, known)), tired: [] };
  } catch (error) {
    if (!(error instanceof CompileFailed)) throw error;
    return {
      tired: [
        {
          file: 'placeholders',
          line: 1,
          reason: `rules for everybody cannot be woken by these values: ${error.message}`,
        },
      ],
    };
  }
};

const partsOf = async (
  global: LoadedRules,
  own: TenantAdditions,
  compile: CompileAdditions,
): Promise<{ parts: TenantRulePart[]; loaded: LoadedRules | undefined; doubles: Failure[]; tired: Failure[] }> => {
  const { files, placeholders } = own;
  const waiting = global.waitingFor(new Set(Object.keys(placeholders)));
  const { woken, tired } = await wokenOf(waiting.sources, own, global.set.rules, compile);
  const loaded = files.length ? whole(await compile(files, placeholders, global.set.rules)) : undefined;
  const isOwn = (id: string): boolean => !isTaken(global, id);
  const parts: TenantRulePart[] = [
    ...(woken ? [{ loaded: woken, runs: (id: string) => waiting.ruleIds.has(id), counts: () => true }] : []),
    ...(loaded ? [{ loaded, runs: isOwn, counts: isOwn }] : []),
  ];
  return { parts, loaded, doubles: loaded ? doublesOf(loaded, global) : [], tired };
};

/** A match of a rule for everybody also feeds the tenant's own correlations; it still raises by itself. */
const fedBy = (parts: readonly TenantRulePart[], kind: SourceKind, hit: Hit): Hit => {
  const feeds = parts
    .flatMap(({ loaded, counts }) =>
      loaded.correlations > 0
        ? loaded.feedsOf(hit.detection.id, kind, hit.event).filter(({ correlationId }) => counts(correlationId))
        : [],
    )
    .filter(({ correlationId }) => !hit.feeds?.some((feed) => feed.correlationId === correlationId));
  return feeds.length === 0 ? hit : { ...hit, feeds: [...(hit.feeds ?? []), ...feeds] };
};

const hitsOfPart = (
  { loaded, runs, counts }: TenantRulePart,
  kind: SourceKind,
  event: SeenEvent,
  context: Hit['context'],
  meter: Meter | undefined,
): Hit[] =>
  loaded
    .hitsOf(kind, event, context, meter)
    .filter(({ detection }) => runs(detection.id))
    .map((hit) =>
      hit.feeds ? { ...hit, feeds: hit.feeds.filter(({ correlationId }) => counts(correlationId)) } : hit,
    );

/**
 * @param compile how its own rules are compiled, which are not ours. @param passed told of every match that an
 * exception lets pass.
 * @returns the rules for everybody themselves, which nothing is added to, when a tenant has nothing of its own.
 */
export const tenantRules = async (
  global: LoadedRules,
  own: TenantAdditions,
  compile: CompileAdditions,
  passed: (exception: RulesetExceptionAdded, event: SeenEvent) => void,
): Promise<TenantRules | undefined> => {
  const { parts, loaded, doubles, tired } = await partsOf(global, own, compile);
  // Values of placeholders may be there before a rule that waits for them: the tenant is looked at again when those for
  // everybody change.
  const isNothing =
    parts.length === 0 &&
    own.exceptions.length === 0 &&
    own.importId === undefined &&
    Object.keys(own.placeholders).length === 0;
  if (isNothing) return undefined;
  const partOf = (ruleId: string): TenantRulePart =>
    parts.find((part) => part.loaded.known.has(ruleId) && part.runs(ruleId)) ?? {
      loaded: global,
      runs: () => true,
      counts: () => true,
    };
  const exceptions = await inSteps(
    exceptionsInSteps(own.exceptions, (ruleId) => partOf(ruleId).loaded.known.get(ruleId)?.logsource),
  );
  const raises = (
    kind: Parameters<CompiledRules['hitsOf']>[0],
    { detection, event }: Hit,
    meter: Meter | undefined,
  ): boolean => {
    const exception = exceptions.letsPass(detection.id, kind, event, meter);
    if (exception) passed(exception, event);
    return !exception;
  };
  const runsHere = ({ ruleId }: { ruleId: string }): boolean => !isTaken(global, ruleId);
  return {
    rules: global.rules + (loaded?.rules ?? 0) - doubles.length,
    running: global.running,
    correlations: global.correlations,
    failures: global.failures,
    own: {
      running: loaded?.running.filter(runsHere) ?? [],
      versions: loaded?.versions.filter(runsHere) ?? [],
      failures: [
        ...(loaded?.failures ?? []),
        ...doubles,
        ...tired,
        ...exceptions.failures,
        ...fromCorrelations(own, [...parts.map((part) => part.loaded), global]),
      ],
    },
    sets: parts.map((part) => part.loaded),
    hitsOf: (kind, event, context, meter) => {
      const added = parts.flatMap((part) => hitsOfPart(part, kind, event, context, meter));
      const hits = global
        .hitsOf(kind, event, context, meter)
        .concat(added)
        .map((hit) => fedBy(parts, kind, hit));
      return own.exceptions.length === 0 ? hits : hits.filter((hit) => raises(kind, hit, meter));
    },
    explain: (ruleId, kind, event, meter) => partOf(ruleId).loaded.explain(ruleId, kind, event, meter),
    correlating: (id) =>
      parts
        .filter(({ counts }) => counts(id))
        .map(({ loaded: part }) => part.correlating(id))
        .find((one) => one) ?? global.correlating(id),
  };
};
