import { at, LimitPassed, RuleProblem } from '../errors.js';
import { all, any, type Expression } from './expression.js';
import type { Json, JsonObject } from '../types.js';
import { readItem } from './item.js';
import type { Context } from './placeholders.js';
import { readCondition, type Scope } from './condition.js';
import { isWritten } from './written-number.js';

/**
 * A detection (or filter) section: search identifiers and the condition that joins them. Keys in `besides` are neither.
 */
export const readDetection = (
  detection: Json | undefined,
  context: Context,
  besides: readonly string[] = [],
): Expression => {
  if (!isMap(detection)) throw new RuleProblem('must be a map of search identifiers and a condition');
  const { condition, ...rest } = detection;
  const { idLength, ruleSelections } = context.spent.limits;
  if (Object.keys(rest).length > ruleSelections)
    throw new LimitPassed(`a rule has at most ${ruleSelections} search identifiers`, 'ruleSelections');
  const selections = new Map<string, Expression>();
  for (const [name, value] of Object.entries(rest)) {
    if (name === 'timeframe' || besides.includes(name)) continue;
    if (name.length > idLength)
      throw new LimitPassed(`a search identifier has at most ${idLength} characters`, 'idLength', [name]);
    selections.set(
      name,
      at([name], () => readSelection(name, value, context)),
    );
  }
  if (selections.size === 0) throw new RuleProblem('has no search identifier');
  return at(['condition'], () => readConditions(condition, { selections, spent: context.spent, sizes: new Map() }));
};

const readConditions = (condition: Json | undefined, scope: Scope): Expression => {
  if (condition === undefined) throw new RuleProblem('is missing');
  const texts = Array.isArray(condition) ? condition : [condition];
  if (texts.length === 0) throw new RuleProblem('is empty');
  return any(
    texts.map((text) => {
      if (typeof text !== 'string') throw new RuleProblem('must be text or a list of texts');
      return readCondition(text, scope);
    }),
  );
};

/** A map joins its items with AND, a list its members with OR; text in a list (or alone) is a keyword. */
const readSelection = (name: string, value: Json, context: Context): Expression => {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RuleProblem('an empty list');
    return any(value.map((member, index) => at([index], () => readSelection(name, member, context))));
  }
  if (!isMap(value)) return readItem(name, '', value, context);
  const items = Object.entries(value);
  if (items.length === 0) throw new RuleProblem('an empty map');
  return all(items.map(([key, item]) => at([key], () => readItem(name, key, item, context))));
};

export const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isWritten(value);
