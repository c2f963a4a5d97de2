import type { AclRule } from '#libs/events';
import type { KafkaUserObject } from './objects.js';

/** What the operator makes of a KafkaUser, a line each. */
export const linesOfUser = ({ metadata: { name: principal }, spec }: KafkaUserObject): string[] =>
  (spec.authorization?.acls ?? [])
    .flatMap(({ resource, operations }) =>
      operations.map((one) => [principal, one, resource.type, resource.patternType, resource.name].join(' ')),
    )
    .sort();

/** What `provision` makes on a broker, in the operator's words. */
export const linesOfRules = (rules: AclRule[]): string[] =>
  rules
    .map(({ principal, operation, resource, name, pattern }) =>
      [
        principal,
        operation[0] + operation.slice(1).toLowerCase(),
        resource.toLowerCase(),
        pattern === 'PREFIXED' ? 'prefix' : 'literal',
        name,
      ].join(' '),
    )
    .filter((line, index, all) => all.indexOf(line) === index)
    .sort();
