import type { RuleCondition, RulesetExceptionAdded, SourceKind } from '#contracts';
import { BadEvent, compile, type Failure, type Logsource, type RuleSource } from '#libs/sigma';
import type { SeenEvent } from '../domain/hit.js';
import { KINDS } from './kinds.js';

/** The exceptions of a tenant, ready to be asked once a rule has matched. */
export interface Exceptions {
  /** The exception that lets this match pass, if any. */
  letsPass(ruleId: string, kind: SourceKind, event: SeenEvent): RulesetExceptionAdded | undefined;
  /** Exceptions that cannot be understood: they let nothing pass. `file` is the exception's id. */
  failures: readonly Failure[];
}

/** Modifiers whose values are no patterns. */
const AS_THEY_ARE = ['cidr', 're', 'lt', 'lte', 'gt', 'gte'];

/** Text that means itself: Sigma's wildcards and its escape lose their meaning. */
const literally = (text: string): string => text.replace(/[\\*?]/g, '\\$&');

const selectionOf = ({ field, values }: RuleCondition): Record<string, string[]> => {
  const isPattern = !field.split('|').slice(1).some((modifier) => AS_THEY_ARE.includes(modifier));
  return { [field]: isPattern ? values.map(literally) : values };
};

/** An exception as a rule of its own on its rule's logsource. JSON is YAML, so nothing a person wrote is ever read as markup. */
const sourceOf = ({ exceptionId, where }: RulesetExceptionAdded, logsource: Logsource): RuleSource => ({
  path: exceptionId,
  text: JSON.stringify({
    id: exceptionId, title: exceptionId, logsource,
    detection: { ...Object.fromEntries(where.map((condition, index) => [`c${index + 1}`, selectionOf(condition)])), condition: 'all of c*' },
  }),
});

/** @param logsourceOf of a rule that is loaded; an exception from any other waits for it. */
export const compileExceptions = (all: readonly RulesetExceptionAdded[], logsourceOf: (ruleId: string) => Logsource | undefined): Exceptions => {
  const ready = all.flatMap((exception) => {
    const logsource = logsourceOf(exception.ruleId);
    return logsource ? [{ exception, source: sourceOf(exception, logsource) }] : [];
  });
  const set = compile(ready.map(({ source }) => source), { engine: 'plain', regexBudget: { clock: () => performance.timeOrigin + performance.now() } });
  const byRule = new Map<string, RulesetExceptionAdded[]>();
  for (const { exception } of ready) byRule.set(exception.ruleId, [...(byRule.get(exception.ruleId) ?? []), exception]);
  const holds = ({ exceptionId, expiresAt }: RulesetExceptionAdded, kind: SourceKind, { native, ingestedAt }: SeenEvent): boolean => {
    const logsource = KINDS[kind];
    if (!logsource || ingestedAt >= expiresAt) return false;
    try {
      return set.explain(exceptionId, { logsource, native }).length > 0;
    } catch (error) {
      if (error instanceof BadEvent) return false;
      throw error;
    }
  };
  return {
    failures: set.failures,
    letsPass: (ruleId, kind, event) => byRule.get(ruleId)?.find((exception) => holds(exception, kind, event)),
  };
};
