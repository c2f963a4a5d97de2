import type { PolicyDecision } from '#contracts';
import fc from 'fast-check';
import { decisionTable } from './table.js';
import { authorize, type ResponsePolicy, type PolicyAction, type PolicyContext } from './decide.js';

const mode = fc.constantFrom('AUTHORIZE' as const, 'COLLABORATE' as const, 'NOTIFY' as const);
const actionClass = fc.constantFrom('isolate-host', 'suspend-user', 'revoke-sessions');
const group = fc.constantFrom('servers', 'laptops', 'executives');
const severity = fc.constantFrom('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
const host = fc.constantFrom('web01', 'dc01', 'web01.acme.example', 'WEB01');
const exclusion = fc.record({ entity: host.map((name) => `host:${name}`), reason: fc.string() });
const override = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  mode,
  actionClasses: fc.uniqueArray(actionClass),
  assetGroups: fc.uniqueArray(group),
  severities: fc.uniqueArray(severity),
  minConfidence: fc.integer({ min: 0, max: 100 }),
  hours: fc.constantFrom('ANY' as const, 'BUSINESS' as const, 'OUT_OF_HOURS' as const),
});
const guards = fc.record({
  criticalAssets: fc.boolean(),
  privilegedIdentities: fc.boolean(),
  minConfidence: fc.integer({ min: 0, max: 100 }),
  hostsPerHour: fc.constantFrom(0, 10),
  hostsPercent: fc.constantFrom(0, 5),
});
const policies: fc.Arbitrary<ResponsePolicy> = fc.record({
  version: fc.nat(),
  mode,
  overrides: fc.array(override, { maxLength: 6 }),
  exclusions: fc.array(exclusion, { maxLength: 2 }),
  escalateIfUnreachableAfterMinutes: fc.option(fc.nat()),
  unreachableClasses: fc.uniqueArray(actionClass),
  guards,
});
const actions: fc.Arbitrary<PolicyAction> = fc.record({
  actionClass,
  openc2Action: fc.constant('contain'),
  reversible: fc.boolean(),
  target: fc.record({ name: host, critical: fc.boolean(), privileged: fc.boolean() }).map(({ name, ...known }) => ({
    kind: 'HOST' as const,
    entity: `host:${name.toLowerCase()}`,
    names: [name],
    ...known,
  })),
});
const contexts: fc.Arbitrary<PolicyContext> = fc.record({
  late: fc.constantFrom(undefined, false, true),
  refused: fc.constantFrom(undefined, false, true),
  over: fc.constantFrom(undefined, undefined, { hosts: 10, limit: 10, hours: 1 }),
  severity,
  confidence: fc.integer({ min: 0, max: 100 }),
  assetGroups: fc.uniqueArray(group),
  businessHours: fc.boolean(),
  offered: fc.boolean(),
  approved: fc.boolean(),
  unreachable: fc.boolean(),
});

const freedom: Record<PolicyDecision, number> = { FORBID: 0, GUIDE: 1, ASK: 2, EXECUTE: 3 };
const always = (property: (policy: ResponsePolicy, action: PolicyAction, context: PolicyContext) => void) =>
  fc.assert(fc.property(policies, actions, contexts, property), { numRuns: 2000 });

describe('for every policy, action and context', () => {
  it('nothing under NOTIFY ever executes', () =>
    always((policy, action, context) => {
      const overrides = policy.overrides.map((one) => ({ ...one, mode: 'NOTIFY' as const }));
      expect(authorize({ ...policy, mode: 'NOTIFY', overrides }, action, context).decision).toMatch(/GUIDE|FORBID/);
    }));

  it('nothing excluded ever executes', () =>
    always((policy, action, context) => {
      const exclusions = [...policy.exclusions, { entity: action.target.entity, reason: 'r' }];
      expect(authorize({ ...policy, exclusions }, action, context).decision).toBe('FORBID');
    }));

  it('the same question has the same answer, whatever the order of the overrides', () =>
    always((policy, action, context) => {
      const answer = authorize(policy, action, context);
      expect(authorize(structuredClone(policy), structuredClone(action), structuredClone(context))).toEqual(answer);
      const { decision, rule } = authorize({ ...policy, overrides: [...policy.overrides].reverse() }, action, context);
      expect({ decision, rule }).toEqual({ decision: answer.decision, rule: answer.rule });
    }));

  it('adding an exclusion never loosens', () =>
    fc.assert(
      fc.property(policies, actions, contexts, exclusion, (policy, action, context, added) => {
        const before = authorize(policy, action, context).decision;
        const after = authorize({ ...policy, exclusions: [...policy.exclusions, added] }, action, context).decision;
        expect(freedom[after]).toBeLessThanOrEqual(freedom[before]);
      }),
      { numRuns: 2000 },
    ));

  const guarded: [string, (policy: ResponsePolicy, action: PolicyAction, context: PolicyContext) => boolean][] = [
    ['what is critical', ({ guards: on }, { target }) => on.criticalAssets && target.critical],
    ['a privileged identity', ({ guards: on }, { target }) => on.privilegedIdentities && target.privileged],
    ['what is not sure enough', ({ guards: on }, _, { confidence }) => confidence < on.minConfidence],
    ['what somebody said no to', (_policy, _action, { refused }) => refused === true],
    ['one host more than is let', ({ guards: on }, _, { over }) => on.hostsPerHour > 0 && over !== undefined],
  ];
  it.each(guarded)('nothing on %s executes without a yes, unless that guard was switched off', (_, holds) =>
    always((policy, action, context) => {
      if (!holds(policy, action, context) || context.approved) return;
      expect(authorize(policy, action, context).decision).not.toBe('EXECUTE');
    }),
  );

  it('nothing is carried out or asked about that no connector can do', () =>
    always((policy, action, context) => {
      expect(authorize(policy, action, { ...context, offered: false }).decision).toMatch(/GUIDE|FORBID/);
    }));

  it('a guard never loosens, and its row is named where it asks', () =>
    always((policy, action, context) => {
      const off = {
        criticalAssets: false,
        privilegedIdentities: false,
        minConfidence: 0,
        hostsPerHour: 0,
        hostsPercent: 0,
      };
      const [without, said] = [
        authorize({ ...policy, guards: off }, action, context),
        authorize(policy, action, context),
      ];
      expect(freedom[said.decision]).toBeLessThanOrEqual(freedom[without.decision]);
      if (said.decision !== without.decision) expect(said.rule).toMatch(/^guard:/);
    }));

  it('agreement turns only ASK into EXECUTE', () =>
    always((policy, action, context) => {
      const before = authorize(policy, action, { ...context, approved: false });
      const after = authorize(policy, action, { ...context, approved: true });
      expect(after.decision).toBe(before.decision === 'ASK' ? 'EXECUTE' : before.decision);
      expect(after.rule).toBe(before.rule);
    }));

  it('the answer names a row of the published table, and one that allows it', () =>
    always((policy, action, context) => {
      const { rule, decision, because } = authorize(policy, action, context);
      const rows = decisionTable(policy).filter((row) => row.rule === rule);
      expect(rows.some((row) => row.decisions.includes(decision))).toBe(true);
      expect(because).not.toBe('');
    }));
});
