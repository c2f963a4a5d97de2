import type { RulesetExceptionAdded, SourceKind } from '#contracts';
import { BadEvent, compileInSteps, type Failure, type Limits, type Logsource, type Meter } from '#libs/sigma';
import type { SeenEvent } from '../domain/hit.js';
import { exceptionAsRule } from '../domain/ruleset/exception-rule.js';
import { inSteps } from '../sharing.js';
import { KINDS } from './kinds.js';

/** The exceptions of a tenant, ready to be asked once a rule has matched. */
export interface Exceptions {
  /** The exception that lets this match pass, if any. */
  letsPass(ruleId: string, kind: SourceKind, event: SeenEvent, meter?: Meter): RulesetExceptionAdded | undefined;
  /** Exceptions that cannot be understood: they let nothing pass. `file` is the exception's id. */
  failures: readonly Failure[];
}

/** Five hundred of sixteen KiB each, of which nothing is laid out. */
const LIMITS: Partial<Limits> = { allBytes: 32 * 1024 * 1024, allTexts: 2_000_000, allLaidOut: Infinity };

/** @param logsourceOf of a rule that is loaded; an exception from any other waits for it. */
export const compileExceptions = async (
  all: readonly RulesetExceptionAdded[],
  logsourceOf: (ruleId: string) => Logsource | undefined,
): Promise<Exceptions> => {
  const ready = all.flatMap((exception) => {
    const logsource = logsourceOf(exception.ruleId);
    return logsource ? [{ exception, source: exceptionAsRule(exception, logsource) }] : [];
  });
  const set = await inSteps(
    compileInSteps(
      ready.map(({ source }) => source),
      { engine: 'plain', limits: LIMITS },
    ),
  );
  const byRule = new Map<string, RulesetExceptionAdded[]>();
  for (const { exception } of ready) byRule.set(exception.ruleId, [...(byRule.get(exception.ruleId) ?? []), exception]);
  const holds = (
    { exceptionId, expiresAt }: RulesetExceptionAdded,
    kind: SourceKind,
    { native, ingestedAt }: SeenEvent,
    meter: Meter | undefined,
  ): boolean => {
    const logsource = KINDS[kind];
    if (!logsource || ingestedAt >= expiresAt) return false;
    try {
      return set.explain(exceptionId, { logsource, native }, meter).length > 0;
    } catch (error) {
      if (error instanceof BadEvent) return false;
      throw error;
    }
  };
  return {
    failures: set.failures,
    letsPass: (ruleId, kind, event, meter) =>
      byRule.get(ruleId)?.find((exception) => holds(exception, kind, event, meter)),
  };
};
