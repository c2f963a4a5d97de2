import type { Exclusion, Mode, PolicyAction, PolicyContext, PolicyOverride, PolicyTarget } from './policy-types.js';

/** The override that governs: the one with most conditions; of equals the most restrictive; of those the first by id. */
export const governingOverride = (overrides: PolicyOverride[], action: PolicyAction, context: PolicyContext): PolicyOverride | undefined =>
  inEvaluationOrder(overrides).find((override) => applies(override, action, context));

export const inEvaluationOrder = (overrides: PolicyOverride[]): PolicyOverride[] =>
  [...overrides].sort((a, b) => conditionCount(b) - conditionCount(a) || laxity(a.mode) - laxity(b.mode) || compare(a.id, b.id));

/** True if the exclusion names the target by our entity or by the vendor's id. */
export const isExcluded = (exclusion: Exclusion, target: PolicyTarget): boolean => {
  const excluded = exclusion.entity.trim().toLowerCase();
  // Both names are tried: the one we clustered by and the one the vendor would act on.
  return [target.entity, `${target.kind}:${target.id}`].some((name) => sameEntity(excluded, name.trim().toLowerCase()));
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

/**
 * In doubt an exclusion holds: a name without its realm is the same as any with it (`host:web01`, `host:web01.acme.example`),
 * and so are two user names written in different ways (`user:acme\alice`, `user:alice@acme.example`).
 */
const sameEntity = (a: string, b: string): boolean => a === b || (bare(a) === bare(b) && (form(a) !== form(b) || form(a) === 'bare'));

const form = (entity: string): 'bare' | 'dns' | 'downLevel' | 'principal' => {
  if (entity === bare(entity)) return 'bare';
  if (entity.startsWith('host:')) return 'dns';
  return entity.includes('\\') ? 'downLevel' : 'principal';
};

const bare = (entity: string): string => {
  const at = entity.indexOf(':') + 1;
  const kind = entity.slice(0, at);
  const name = entity.slice(at);
  if (kind === 'host:') return kind + (name.split('.')[0] ?? name);
  const withoutDomain = name.slice(name.lastIndexOf('\\') + 1);
  return kind + (withoutDomain.split('@')[0] ?? withoutDomain);
};
