import type { PolicyOverride, TenantPolicy } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { entity, matches, must, requiredText, unique, wholeNumber } from './checks.js';

const CLASS = /^[a-z]+(-[a-z]+)*$/;
const LISTED = 50;
const classes = (names: string[]): string[] => {
  must(names.length <= LISTED, 'action class', `a policy names at most ${LISTED} action classes in one place`);
  return names.map((name) => matches(name, CLASS, 'action class', 'a name such as isolate-host'));
};
const groups = (names: string[]): string[] => {
  must(names.length <= LISTED, 'asset group', `an override names at most ${LISTED} asset groups`);
  return names.map((name) => requiredText(name, 'asset group', 100));
};

const overrideOf = (override: PolicyOverride): PolicyOverride => ({
  ...override,
  id: requiredText(override.id, 'id of a policy override', 64),
  actionClasses: classes(override.actionClasses),
  assetGroups: groups(override.assetGroups),
  minConfidence: wholeNumber(override.minConfidence, 0, 100, 'confidence of a policy override'),
});

/** A policy whose every field is sound; the version is the service's. */
export const policyOf = (policy: TenantPolicy, version: number): TenantPolicy => {
  must(policy.overrides.length <= 200, 'policy', 'a policy has at most 200 overrides');
  must(policy.exclusions.length <= 1_000, 'policy', 'a policy has at most 1,000 exclusions');
  unique(
    policy.overrides.map(({ id }) => id.trim()),
    'policy override',
  );
  const exclusions = policy.exclusions.map((one) => ({
    entity: entity(one.entity, 'excluded entity'),
    reason: requiredText(one.reason, `reason to exclude ${one.entity}`, 500),
  }));
  unique(
    exclusions.map((one) => one.entity),
    'excluded entity',
  );
  const escalates = policy.escalateIfUnreachableAfterMinutes ?? null;
  must(
    escalates !== null || policy.unreachableClasses.length === 0,
    'policy',
    'classes that may proceed when nobody answers need the time after which they may',
  );
  return {
    version,
    mode: policy.mode,
    overrides: policy.overrides.map(overrideOf),
    exclusions,
    approvalMinutes: wholeNumber(policy.approvalMinutes, 1, 10_080, 'minutes an approval may take'),
    escalateIfUnreachableAfterMinutes:
      escalates === null ? null : wholeNumber(escalates, 1, 10_080, 'minutes until nobody counts as reachable'),
    unreachableClasses: classes(policy.unreachableClasses),
    guards: {
      ...policy.guards,
      minConfidence: wholeNumber(policy.guards.minConfidence, 0, 100, 'confidence under which is asked'),
      hostsPerHour: wholeNumber(policy.guards.hostsPerHour, 0, 1_000, 'hosts an hour without a person'),
      hostsPercent: wholeNumber(policy.guards.hostsPercent, 0, 100, 'share of the hosts an hour without a person'),
    },
  };
};

/** Until the customer has agreed on more, the provider only gives guidance. */
export const defaultPolicy = (): TenantPolicy => ({
  version: 1,
  mode: 'NOTIFY',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  guards: { ...STANDARD_GUARDS },
});
