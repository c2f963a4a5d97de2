import { compileCachedInSteps } from '#libs/rules/loading';
import { compileInSteps, type Rule, type RuleSource } from '#libs/sigma';
import { inSteps } from '#libs/service';
import { loadedRules, type LoadedRules } from './loaded-rules.js';

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
  loadedRules(await inSteps(compileInSteps(sources, { placeholders, known })), sources, windowMs, placeholders, known);

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
  return { loaded: loadedRules(ruleSet, sources, windowMs), fromCache, ...(unsaved === undefined ? {} : { unsaved }) };
};
