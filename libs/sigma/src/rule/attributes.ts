import { RuleProblem } from '../errors.js';
import type { Json, JsonObject, RuleLevel, Logsource } from '../types.js';
import { isMap } from './selections.js';

/** Readers of a rule's plain attributes. Each throws a RuleProblem that names the attribute. */

export const text = (document: JsonObject, key: string): string | undefined => {
  const value = document[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw new RuleProblem(`'${key}' must be text`, [key]);
  return String(value);
};

export const requiredText = (document: JsonObject, key: string): string => {
  const value = text(document, key);
  if (value === undefined || value.trim() === '') throw new RuleProblem(`'${key}' is missing`, [key]);
  return value;
};

/** A list of texts; one text alone is a list of one. */
export const texts = (document: JsonObject, key: string): string[] => {
  const value = document[key];
  if (value === undefined || value === null) return [];
  const members: Json[] = Array.isArray(value) ? value : [value];
  return members
    .filter((member) => member !== null)
    .map((member, index) => {
      if (typeof member === 'object')
        throw new RuleProblem(`'${key}' must be a list of texts`, Array.isArray(value) ? [key, index] : [key]);
      return String(member);
    });
};

const LEVELS: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical'] satisfies RuleLevel[];

/** `medium` when the rule does not say: the specification makes the level optional and names no default. */
export const readLevel = (document: JsonObject): RuleLevel => {
  const level = text(document, 'level')?.toLowerCase() ?? 'medium';
  if (!LEVELS.includes(level)) throw new RuleProblem(`'${level}' is not a level (${LEVELS.join(', ')})`, ['level']);
  return level as RuleLevel;
};

const PARTS = ['product', 'category', 'service'] as const;

/** At least one of product, category and service, in lower case; other keys (definition) are for people. */
export const readLogsource = (document: JsonObject): Logsource => {
  const value = document.logsource;
  if (!isMap(value)) throw new RuleProblem("'logsource' is missing or not a map", ['logsource']);
  const logsource: Logsource = {};
  for (const part of PARTS) {
    const name = text(value, part);
    if (name !== undefined) logsource[part] = name.toLowerCase();
  }
  if (Object.keys(logsource).length === 0)
    throw new RuleProblem("'logsource' names no product, category or service", ['logsource']);
  return logsource;
};

/**
 * `attack.t1059.001` is a technique, `attack.credential-access` a tactic; groups, software and the like are neither.
 */
export const readAttack = (tags: readonly string[]): { techniques: string[]; tactics: string[] } => {
  const names = tags.filter((tag) => /^attack\./i.test(tag)).map((tag) => tag.slice('attack.'.length).toLowerCase());
  return {
    techniques: names.filter((name) => /^t\d{4,}(?:\.\d{3,})?$/.test(name)).map((name) => name.toUpperCase()),
    tactics: names
      .filter((name) => /^[a-z]/.test(name) && !/^[a-z]{1,2}\d+/.test(name))
      .map((name) => name.replaceAll('_', '-')),
  };
};
