import fc from 'fast-check';
import type { PolicyOverride, Severity, TenantPolicy } from '#contracts';
import { authorize, type Decision, type PolicyAction } from '../services/response/src/domain/policy.js';
import { differenceOf } from '../services/tenants/src/domain/loosening/index.js';

/** Two services judge one policy: tenants says whether a change lets more happen, response what may happen. They must agree. */
const mode = fc.constantFrom('AUTHORIZE' as const, 'COLLABORATE' as const, 'NOTIFY' as const);
const actionClass = fc.constantFrom('isolate-host', 'suspend-user', 'revoke-sessions');
const group = fc.constantFrom('servers', 'laptops', 'executives', 'web');
const severity = fc.constantFrom<Severity>('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
const host = fc.constantFrom('web01', 'dc01', 'web01.acme.example');
const confidence = fc.constantFrom(0, 0, 40, 60, 80, 100);
const override: fc.Arbitrary<PolicyOverride> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'), mode, actionClasses: fc.uniqueArray(actionClass, { maxLength: 2 }), assetGroups: fc.uniqueArray(group, { maxLength: 2 }), severities: fc.uniqueArray(severity, { maxLength: 2 }),
  minConfidence: confidence, hours: fc.constantFrom('ANY' as const, 'BUSINESS' as const, 'OUT_OF_HOURS' as const),
});
const policies: fc.Arbitrary<TenantPolicy> = fc.record({
  version: fc.constant(1), mode, overrides: fc.uniqueArray(override, { maxLength: 4, selector: ({ id }) => id }),
  exclusions: fc.uniqueArray(fc.record({ entity: host.map((name) => `host:${name}`), reason: fc.constant('r') }), { maxLength: 2, selector: ({ entity }) => entity }),
  approvalMinutes: fc.constantFrom(20, 60, 120), escalateIfUnreachableAfterMinutes: fc.option(fc.constantFrom(10, 30, 90)), unreachableClasses: fc.uniqueArray(actionClass, { maxLength: 2 }),
});

/** A second policy: another one, or the first with something of another. */
const pairs = fc.tuple(policies, policies, fc.uniqueArray(fc.constantFrom<keyof TenantPolicy>('mode', 'overrides', 'exclusions', 'approvalMinutes', 'escalateIfUnreachableAfterMinutes', 'unreachableClasses'), { minLength: 1, maxLength: 2 }), fc.nat(3), override)
  .map(([before, other, parts, kept, added]): [TenantPolicy, TenantPolicy] => {
    const after: TenantPolicy = { ...before, ...Object.fromEntries(parts.map((part) => [part, other[part]])) };
    return [before, parts.includes('overrides') ? { ...after, overrides: [...before.overrides.slice(0, kept), ...(before.overrides.some(({ id }) => id === added.id) ? [] : [added])] } : after];
  });

const actions: fc.Arbitrary<PolicyAction> = fc.record({
  actionClass, openc2Action: fc.constant('contain'), reversible: fc.boolean(), target: host.map((id) => ({ kind: 'HOST' as const, id, entity: `host:${id}`, names: [] })),
});
const situations = fc.record({
  severity, confidence: fc.integer({ min: 0, max: 100 }), assetGroups: fc.uniqueArray(group, { maxLength: 4 }), businessHours: fc.boolean(), approved: fc.boolean(), waitedMinutes: fc.constantFrom(0, 10, 15, 30, 45, 60, 90, 100, 130),
});
type Situation = typeof situations extends fc.Arbitrary<infer S> ? S : never;

const FREEDOM: Record<Decision, number> = { FORBID: 0, GUIDE: 1, ASK: 2, EXECUTE: 3 };

const freedom = (policy: TenantPolicy, action: PolicyAction, { waitedMinutes, ...context }: Situation): number => {
  const minutes = policy.escalateIfUnreachableAfterMinutes ?? null;
  // A question that has expired is not acted upon any more.
  const unreachable = minutes !== null && waitedMinutes >= minutes && waitedMinutes < policy.approvalMinutes;
  return FREEDOM[authorize({ ...policy, escalateIfUnreachableAfterMinutes: minutes }, action, { ...context, unreachable }).decision];
};
const termsOf = (policy: TenantPolicy) => ({ policy, calendar: { days: [], holidays: [] }, assets: [], identities: [] });
const differ = (before: TenantPolicy, after: TenantPolicy) => differenceOf(termsOf(before), termsOf(after));

describe('for every two policies, action and situation', () => {
  it('what counts as no looser lets nothing more happen', () => {
    let compared = 0;
    fc.assert(fc.property(pairs, fc.array(fc.tuple(actions, situations), { minLength: 10, maxLength: 10 }), ([before, after], cases) => {
      if (differ(before, after).looser.length > 0) return;
      compared += 1;
      for (const [action, situation] of cases) expect(freedom(after, action, situation)).toBeLessThanOrEqual(freedom(before, action, situation));
    }), { numRuns: 4_000 });
    expect(compared).toBeGreaterThan(400);
  });

  it('what counts as neither looser nor tighter changes nothing', () => {
    fc.assert(fc.property(pairs, actions, situations, ([before, after], action, situation) => {
      const { looser, tighter } = differ(before, after);
      if (looser.length + tighter.length === 0) expect(freedom(after, action, situation)).toBe(freedom(before, action, situation));
    }), { numRuns: 4_000 });
  });

  it('a policy made stricter in one place counts as no looser', () => {
    const stricter = { AUTHORIZE: 'COLLABORATE', COLLABORATE: 'NOTIFY', NOTIFY: 'NOTIFY' } as const;
    fc.assert(fc.property(policies, fc.nat(4), (before, place) => {
      const overrides = before.overrides.map((one, index) => (index === place ? { ...one, mode: stricter[one.mode] } : one));
      const after = { ...before, overrides, mode: place >= before.overrides.length ? stricter[before.mode] : before.mode };
      expect(differ(before, after).looser).toEqual([]);
    }), { numRuns: 2_000 });
  });
});
