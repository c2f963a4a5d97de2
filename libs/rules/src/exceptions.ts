import type { RuleException, TelemetryEvent } from '#contracts';
import { BadEvent, compileInSteps, type Failure, type Limits, type Logsource, type Meter } from '#libs/sigma';
import { exceptionAsRule } from './exception-rule.js';
import { engineEvent, type ReadByRules } from './over-events.js';

/** The exceptions of a tenant, ready to be asked once a rule has matched. */
export interface RuleExceptions<Exception extends RuleException = RuleException> {
  /** The exception that lets this match pass, if any. */
  letsPass(
    ruleId: string,
    kind: string,
    event: ReadByRules & Pick<TelemetryEvent, 'ingestedAt'>,
    meter?: Meter,
  ): Exception | undefined;
  /** Exceptions that cannot be understood: they let nothing pass. `file` is the exception's id. */
  failures: readonly Failure[];
}

/** Five hundred of sixteen KiB each, of which nothing is laid out. */
const LIMITS: Partial<Limits> = { allBytes: 32 * 1024 * 1024, allTexts: 2_000_000, allLaidOut: Infinity };

/**
 * Between steps the caller may let others work.
 * @param logsourceOf of a rule that is loaded; an exception from any other waits for it.
 */
export function* exceptionsInSteps<Exception extends RuleException>(
  all: readonly Exception[],
  logsourceOf: (ruleId: string) => Logsource | undefined,
): Generator<undefined, RuleExceptions<Exception>> {
  const ready = all.flatMap((exception) => {
    const logsource = logsourceOf(exception.ruleId);
    return logsource ? [{ exception, source: exceptionAsRule(exception, logsource) }] : [];
  });
  const set = yield* compileInSteps(
    ready.map(({ source }) => source),
    { engine: 'plain', limits: LIMITS },
  );
  const byRule = new Map<string, Exception[]>();
  for (const { exception } of ready) byRule.set(exception.ruleId, [...(byRule.get(exception.ruleId) ?? []), exception]);
  const holds = (
    { exceptionId, expiresAt }: RuleException,
    kind: string,
    seen: ReadByRules & Pick<TelemetryEvent, 'ingestedAt'>,
    meter: Meter | undefined,
  ): boolean => {
    const event = engineEvent(kind, seen);
    if (!event || seen.ingestedAt >= expiresAt) return false;
    try {
      return set.explain(exceptionId, event, meter).length > 0;
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
}
