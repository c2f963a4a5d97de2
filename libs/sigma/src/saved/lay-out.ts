import type { JsonObject, Pipeline, RuleSet, SourceKind } from '../types.js';

/**
 * Makes the kernel lay out the rules of every kind of event a pipeline knows, which it otherwise does when the first
 * such event comes: one step a kind, so that others may work in between.
 */
export function* layOut(ruleSet: RuleSet, pipeline: Pipeline): Generator<undefined, void> {
  for (const [kind, { logsources }] of Object.entries(pipeline)) {
    for (const { when } of logsources) {
      const event: JsonObject = Object.fromEntries(
        Object.entries(when).map(([field, values]) => [field, values[0] ?? '']),
      );
      ruleSet.match({ logsource: kind as SourceKind, native: Buffer.from(JSON.stringify(event)) });
      yield undefined;
    }
  }
}
