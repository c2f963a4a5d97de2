import type { RulesetExceptionAdded, RunningRule, SourceKind } from '#contracts';
import { exceptionsInSteps } from '#libs/rules';
import { inSteps } from '#libs/service';
import type { Failure, Meter, RuleSource } from '#libs/sigma';
import type { Hit, SeenEvent } from '../domain/hits/hit.js';
import type { CompiledRules, LoadedRules } from './loaded-rules.js';
import type { TenantAdditions } from './tenant-additions.js';
import { isTaken, partsOf, type CompileAdditions, type TenantParts, type TenantRulePart } from './tenant-parts.js';

/** The rules of one tenant: those for everybody, its own, and those its placeholders wake. */
export interface TenantRules extends CompiledRules {
  /** Its own alone, for telling who imported them; none of those for everybody. */
  own: { running: RunningRule[]; versions: LoadedRules['versions']; failures: Failure[] };
  /** Compiled sets that are this tenant's. */
  sets: LoadedRules[];
}

/** An exception is from matches of one event: what a correlation counts is excepted by its rules. */
const fromCorrelations = ({ exceptions }: TenantAdditions, sets: readonly LoadedRules[]): Failure[] =>
  exceptions
    .filter(({ ruleId }) => sets.some((set) => set.correlating(ruleId)))
    .map(({ exceptionId }) => ({
      file: exceptionId,
      line: 1,
      reason: 'exceptions are from rules, not from correlations: add one from a rule that the correlation rests on',
    }));

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

/** The part a rule runs in for the tenant; the rules for everybody when it is none of the tenant's. */
const partIn =
  (parts: readonly TenantRulePart[], global: LoadedRules) =>
  (ruleId: string): LoadedRules =>
    parts.find(({ loaded, runs }) => loaded.known.has(ruleId) && runs(ruleId))?.loaded ?? global;

/**
 * Files that make of events what a rule makes of them where it runs. Those for everybody come first: of two rules with
 * one id, theirs runs.
 */
const sourcesIn =
  (parts: readonly TenantRulePart[], global: LoadedRules) =>
  (ruleId: string): RuleSource[] => {
    const holds = ({ loaded, runs, counts }: TenantRulePart, id: string): boolean =>
      loaded.known.has(id) ? runs(id) : counts(id) && loaded.sourceOf(id) !== undefined;
    const home = parts.find((part) => holds(part, ruleId));
    if (!home) return global.sourcesOf(ruleId);
    const related = home.loaded.relatedTo(ruleId);
    const [here, elsewhere] = [true, false].map((isHere) => related.filter((id) => holds(home, id) === isHere));
    return [...new Set([...global.filesOf(elsewhere ?? []), ...home.loaded.filesOf(here ?? [])])];
  };

/**
 * Values of placeholders may be there before a rule that waits for them: the tenant is looked at again when those for
 * everybody change.
 */
const addsNothing = ({ exceptions, importId, placeholders }: TenantAdditions, { parts }: TenantParts): boolean =>
  parts.length === 0 && exceptions.length === 0 && importId === undefined && Object.keys(placeholders).length === 0;

/** What is told to who imported them. */
const tellingOf = (
  own: TenantAdditions,
  { parts, loaded, doubles, tired }: TenantParts,
  exceptionFailures: readonly Failure[],
  global: LoadedRules,
): TenantRules['own'] => {
  const runsHere = ({ ruleId }: { ruleId: string }): boolean => !isTaken(global, ruleId);
  return {
    running: loaded?.running.filter(runsHere) ?? [],
    versions: loaded?.versions.filter(runsHere) ?? [],
    failures: [
      ...(loaded?.failures ?? []),
      ...doubles,
      ...tired,
      ...exceptionFailures,
      ...fromCorrelations(own, [...parts.map((part) => part.loaded), global]),
    ],
  };
};

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
  const added = await partsOf(global, own, compile);
  if (addsNothing(own, added)) return undefined;
  const { parts, loaded, doubles } = added;
  const setOf = partIn(parts, global);
  const exceptions = await inSteps(
    exceptionsInSteps(own.exceptions, (ruleId) => setOf(ruleId).known.get(ruleId)?.logsource),
  );
  const raises = (kind: SourceKind, { detection, event }: Hit, meter: Meter | undefined): boolean => {
    const exception = exceptions.letsPass(detection.id, kind, event, meter);
    if (exception) passed(exception, event);
    return !exception;
  };
  return {
    rules: global.rules + (loaded?.rules ?? 0) - doubles.length,
    running: global.running,
    correlations: global.correlations,
    failures: global.failures,
    own: tellingOf(own, added, exceptions.failures, global),
    sets: parts.map((part) => part.loaded),
    hitsOf: (kind, event, context, meter) => {
      const more = parts.flatMap((part) => hitsOfPart(part, kind, event, context, meter));
      const hits = global
        .hitsOf(kind, event, context, meter)
        .concat(more)
        .map((hit) => fedBy(parts, kind, hit));
      return own.exceptions.length === 0 ? hits : hits.filter((hit) => raises(kind, hit, meter));
    },
    explain: (ruleId, kind, event, meter) => setOf(ruleId).explain(ruleId, kind, event, meter),
    correlating: (id) =>
      parts
        .filter(({ counts }) => counts(id))
        .map((part) => part.loaded.correlating(id))
        .find((one) => one) ?? global.correlating(id),
    sourcesOf: sourcesIn(parts, global),
  };
};
