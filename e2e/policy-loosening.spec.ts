import fc from 'fast-check';
import type { PolicyDecision, PolicyOverride, Severity, TenantPolicy } from '#contracts';
import { authorize, type PolicyAction, type PolicyContext } from '#libs/policy';
import { differenceOf } from '../services/tenants/src/domain/loosening/index.js';

/**
 * Two services judge one policy: tenants says whether a change lets more happen, response what may happen. They must
 * agree.
 */
const mode = fc.constantFrom('AUTHORIZE' as const, 'COLLABORATE' as const, 'NOTIFY' as const);
const NAMED = ['isolate-host', 'suspend-user'];
const GROUPS = ['servers', 'laptops', 'web'];
const SEVERE: Severity[] = ['LOW', 'HIGH'];
const some = <T>(values: T[]): fc.Arbitrary<T[]> =>
  fc.oneof(fc.constant<T[]>([]), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }));
const override: fc.Arbitrary<PolicyOverride> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  mode,
  actionClasses: some(NAMED),
  assetGroups: some(GROUPS),
  severities: some(SEVERE),
  minConfidence: fc.constantFrom(0, 0, 50, 80),
  hours: fc.constantFrom('ANY' as const, 'ANY' as const, 'BUSINESS' as const, 'OUT_OF_HOURS' as const),
});
const HOSTS = ['web01', 'dc01', 'web01.acme.example'];
const policies: fc.Arbitrary<TenantPolicy> = fc.record({
  version: fc.constant(1),
  mode,
  overrides: fc.uniqueArray(override, { maxLength: 4, selector: ({ id }) => id }),
  exclusions: fc.uniqueArray(
    fc.record({ entity: fc.constantFrom(...HOSTS).map((name) => `host:${name}`), reason: fc.constant('r') }),
    { maxLength: 2, selector: ({ entity }) => entity },
  ),
  approvalMinutes: fc.constantFrom(20, 60, 120),
  escalateIfUnreachableAfterMinutes: fc.option(fc.constantFrom(10, 30, 90)),
  unreachableClasses: fc.uniqueArray(fc.constantFrom(...NAMED)),
  guards: fc.record({
    criticalAssets: fc.boolean(),
    privilegedIdentities: fc.boolean(),
    minConfidence: fc.constantFrom(0, 60, 90),
    hostsPerHour: fc.constantFrom(0, 1, 10),
    hostsPercent: fc.constantFrom(0, 5, 50),
  }),
});

const unguarded = (one: TenantPolicy): TenantPolicy => ({
  ...one,
  guards: { criticalAssets: false, privilegedIdentities: false, minConfidence: 0, hostsPerHour: 0, hostsPercent: 0 },
});

/** A policy and another with a rule less, a rule more or a rule changed, or with another mode. */
const ruled = fc
  .tuple(policies.map(unguarded), fc.nat(4), override, fc.constantFrom('less', 'changed', 'more', 'mode'), mode)
  .map(([before, place, other, how, default_]): [TenantPolicy, TenantPolicy] => {
    const { overrides } = before;
    const fresh = overrides.some(({ id }) => id === other.id) ? [] : [other];
    const after: Record<typeof how, Partial<TenantPolicy>> = {
      less: { overrides: overrides.filter((_, index) => index !== place) },
      more: { overrides: [...overrides, ...fresh] },
      mode: { mode: default_ },
      changed: { overrides: overrides.map((one, index) => (index === place ? { ...other, id: one.id } : one)) },
    };
    return [before, { ...before, ...after[how] }];
  });
/** Another policy in some of its parts. */
const mixed = fc
  .tuple(
    policies,
    policies,
    fc.uniqueArray(
      fc.constantFrom<keyof TenantPolicy>(
        'mode',
        'overrides',
        'exclusions',
        'approvalMinutes',
        'escalateIfUnreachableAfterMinutes',
        'unreachableClasses',
        'guards',
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([before, other, parts]): [TenantPolicy, TenantPolicy] => [
    before,
    { ...before, ...Object.fromEntries(parts.map((part) => [part, other[part]])) },
  ]);

interface PolicySituation {
  action: PolicyAction;
  context: PolicyContext;
}
const subsets = GROUPS.reduce<string[][]>((all, group) => [...all, ...all.map((one) => [...one, group])], [[]]);
const actionOf = (actionClass: string, id = 'app07'): PolicyAction => ({
  actionClass,
  openc2Action: 'contain',
  reversible: true,
  target: { kind: 'HOST', entity: `host:${id}`, names: [id], critical: id === 'dc01', privileged: id === 'web01' },
});
/** All that policies made of the above can tell apart, and a class and a severity that they never name. */
const everySituation: PolicySituation[] = [...NAMED, 'revoke-sessions'].flatMap((actionClass) =>
  [...SEVERE, 'CRITICAL'].flatMap((severity) =>
    [0, 50, 80].flatMap((confidence) =>
      [true, false].flatMap((businessHours) =>
        subsets.map((assetGroups) => ({
          action: actionOf(actionClass),
          context: {
            severity,
            confidence,
            assetGroups,
            businessHours,
            offered: true,
            approved: false,
            unreachable: false,
          },
        })),
      ),
    ),
  ),
);
const situations = fc.record({
  actionClass: fc.constantFrom(...NAMED),
  id: fc.constantFrom(...HOSTS),
  situation: fc.constantFrom(...everySituation),
  approved: fc.boolean(),
  waitedMinutes: fc.constantFrom(0, 10, 15, 30, 45, 60, 90, 100, 130),
});

const FREEDOM: Record<PolicyDecision, number> = { FORBID: 0, GUIDE: 1, ASK: 2, EXECUTE: 3 };
const freedom = (policy: TenantPolicy, { action, context }: PolicySituation, waitedMinutes = 0): number => {
  const minutes = policy.escalateIfUnreachableAfterMinutes ?? null;
  // A question that has expired is not acted upon any more.
  const unreachable = minutes !== null && waitedMinutes >= minutes && waitedMinutes < policy.approvalMinutes;
  return FREEDOM[
    authorize({ ...policy, escalateIfUnreachableAfterMinutes: minutes }, action, { ...context, unreachable }).decision
  ];
};
const termsOf = (policy: TenantPolicy) => ({
  policy,
  calendar: { days: [], holidays: [] },
  assets: [],
  identities: [],
});
const differ = (before: TenantPolicy, after: TenantPolicy) => differenceOf(termsOf(before), termsOf(after));

describe('for every two policies', () => {
  it('rules count as looser exactly where some action may do more, and as tighter where one may do less', () => {
    fc.assert(
      fc.property(ruled, ([before, after]) => {
        const change = everySituation.map((situation) => freedom(after, situation) - freedom(before, situation));
        const { looser, tighter } = differ(before, after);
        expect([looser.length > 0, tighter.length > 0]).toEqual([
          change.some((more) => more > 0),
          change.some((more) => more < 0),
        ]);
      }),
      { numRuns: 800 },
    );
  });

  it('what counts as no looser in any part lets nothing more happen, agreed or not, however long one has waited', () => {
    let compared = 0;
    fc.assert(
      fc.property(mixed, fc.array(situations, { minLength: 20, maxLength: 20 }), ([before, after], cases) => {
        if (differ(before, after).looser.length > 0) return;
        compared += 1;
        for (const {
          actionClass,
          id,
          situation: { context },
          approved,
          waitedMinutes,
        } of cases) {
          const situation = { action: actionOf(actionClass, id), context: { ...context, approved } };
          expect(freedom(after, situation, waitedMinutes)).toBeLessThanOrEqual(
            freedom(before, situation, waitedMinutes),
          );
        }
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});
