import type { Expression } from '../../rule/expression.js';

/** Every field some condition names. */
export const fieldsOf = (conditions: Iterable<Expression>): Set<string> => {
  const fields = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'not') return visit(expression.of);
    if (expression.kind !== 'test') return expression.of.forEach(visit);
    if (expression.field !== null) fields.add(expression.field);
    if (expression.test.kind === 'fieldref') fields.add(expression.test.field);
  };
  for (const condition of conditions) visit(condition);
  return fields;
};
