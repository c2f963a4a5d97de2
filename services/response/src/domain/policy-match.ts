import { entityName, sameHost, sameUser } from '#libs/terms';
import type { Exclusion, Mode, PolicyAction, PolicyContext, PolicyOverride, PolicyTarget } from './policy-types.js';

/** The override that governs: the one with most conditions; of equals the most restrictive; of those the first by id. */
export const governingOverride = (overrides: PolicyOverride[], action: PolicyAction, context: PolicyContext): PolicyOverride | undefined =>
  inEvaluationOrder(overrides).find((override) => applies(override, action, context));

export const inEvaluationOrder = (overrides: PolicyOverride[]): PolicyOverride[] =>
  [...overrides].sort((a, b) => conditionCount(b) - conditionCount(a) || laxity(a.mode) - laxity(b.mode) || compare(a.id, b.id));

const KINDS = { HOST: ['host', 'ip'], USER: ['user', 'mailbox', 'cloud-principal'] } as const;
const LIKENESS = { HOST: sameHost, USER: sameUser } as const;

/**
 * True if the exclusion names the target by any of its names. In doubt an exclusion holds: a name without its realm is the same as any with
 * it (`host:web01`, `host:web01.acme.example`), and so are two user names written in different ways (`user:acme\alice`, `user:alice@acme.example`).
 */
export const isExcluded = (exclusion: Exclusion, { kind, names }: PolicyTarget): boolean => {
  const excluded = entityName(exclusion.entity);
  const others: readonly string[] = KINDS[kind === 'HOST' ? 'USER' : 'HOST'];
  return !others.includes(excluded.kind) && names.some((name) => LIKENESS[kind](excluded.name, name) !== 'DIFFERENT');
};

const applies = (override: PolicyOverride, action: PolicyAction, context: PolicyContext): boolean =>
  anyOf(override.actionClasses, [action.actionClass]) &&
  anyOf(override.assetGroups, context.assetGroups) &&
  anyOf(override.severities, [context.severity]) &&
  context.confidence >= override.minConfidence &&
  (override.hours === 'ANY' || (override.hours === 'BUSINESS') === context.businessHours);

const anyOf = (wanted: string[], given: string[]): boolean => wanted.length === 0 || wanted.some((one) => given.includes(one));

const conditionCount = (override: PolicyOverride): number =>
  [override.actionClasses.length > 0, override.assetGroups.length > 0, override.severities.length > 0, override.minConfidence > 0, override.hours !== 'ANY']
    .filter(Boolean).length;

const laxity = (mode: Mode): number => ({ NOTIFY: 0, COLLABORATE: 1, AUTHORIZE: 2 })[mode] ?? 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
