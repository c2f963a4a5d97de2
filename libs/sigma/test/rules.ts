import { compile } from '../src/compile.js';
import type { CompileOptions, JsonObject, Logsource, RuleSet } from '../src/types.js';

/** Helpers of this library's specs: a rule from its detection alone, and an event put to it. */

const indented = (text: string): string =>
  text
    .replace(/^\n|\n\s*$/g, '')
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

export const ruleText = (detection: string): string =>
  `title: a rule\nid: r\nlogsource:\n  product: test\ndetection:\n${indented(detection)}\n`;

export const compileOne = (detection: string, options?: CompileOptions): RuleSet =>
  compile([{ path: 'rule.yml', text: ruleText(detection) }], options);

export const native = (event: JsonObject): Uint8Array => new TextEncoder().encode(JSON.stringify(event));

const TEST: Logsource = { product: 'test' };

/** Whether a rule with this detection matches the event. A rule that does not load throws, naming its reason. */
export const matches = (detection: string, event: JsonObject, options?: CompileOptions): boolean => {
  const set = compileOne(detection, options);
  const [failure] = set.failures;
  if (failure) throw new Error(`line ${failure.line}: ${failure.reason}`);
  return set.match({ logsource: TEST, native: native(event) }).length > 0;
};

/** One selection of one item, as most modifiers need: `item('CommandLine|contains', "'x'")`. */
export const item = (key: string, value: string): string => `selection:\n  ${key}: ${value}\ncondition: selection`;

export const explained = (
  detection: string,
  event: JsonObject,
): { selection: string; field: string; value: string }[] =>
  compileOne(detection).explain('r', { logsource: TEST, native: native(event) });

export const reasonOf = (detection: string): string => {
  const [failure] = compileOne(detection).failures;
  return failure ? `${failure.line}: ${failure.reason}` : 'loads';
};
