import { deserialize, serialize } from 'node:v8';
import type { Expression } from '../rule/expression.js';

/** Conditions as text, one after the other, and where each begins. */
export type SavedConditions = { starts: Int32Array; texts: Buffer };

/** JSON, but for numbers that it has no words for. */
const written = (condition: Expression): string => {
  let isOdd = false;
  const text = JSON.stringify(condition, (_, value: unknown) => {
    isOdd ||= typeof value === 'number' && !Number.isFinite(value);
    return value;
  });
  return isOdd ? serialize(condition).toString('base64') : text;
};

export const saveConditions = (conditions: readonly Expression[]): SavedConditions => {
  const parts = conditions.map((condition) => Buffer.from(written(condition)));
  const starts = new Int32Array(parts.length + 1);
  for (const [index, { length }] of parts.entries()) starts[index + 1] = starts[index]! + length;
  return { starts, texts: Buffer.concat(parts) };
};

/** One condition: most are only read when someone asks what a rule saw. */
export const readCondition = ({ starts, texts }: SavedConditions, index: number): Expression => {
  const text = texts.toString('utf8', starts[index], starts[index + 1]);
  return (text.startsWith('{') ? JSON.parse(text) : deserialize(Buffer.from(text, 'base64'))) as Expression;
};
