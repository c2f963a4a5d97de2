import type { PolicyOverride } from '#contracts';
import { decisionTable } from './table.js';
import { authorize, authorizeInDoubt, type ResponsePolicy, type PolicyAction, type PolicyContext } from './decide.js';

const policy = (over: Partial<ResponsePolicy> = {}): ResponsePolicy => ({
  version: 3,
  mode: 'COLLABORATE',
  overrides: [],
  exclusions: [],
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  guards: { criticalAssets: true, privilegedIdentities: true, minConfidence: 60, hostsPerHour: 0, hostsPercent: 0 },
  ...over,
});
const override = (over: Partial<PolicyOverride> & { id: string }): PolicyOverride => ({
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
  ...over,
});
const isolate: PolicyAction = {
  actionClass: 'isolate-host',
  openc2Action: 'contain',
  target: { kind: 'HOST', entity: 'host:web01', names: ['WEB01'], critical: false, privileged: false },
  reversible: true,
};
const night: PolicyContext = {
  severity: 'HIGH',
  confidence: 80,
  assetGroups: ['servers'],
  businessHours: false,
  offered: true,
  approved: false,
  unreachable: false,
};
const decide = (given: Partial<ResponsePolicy>, context: Partial<PolicyContext> = {}, action: PolicyAction = isolate) =>
  authorize(policy(given), action, { ...night, ...context });

describe('the response policy', () => {
  it('acts where the provider is authorised', () =>
    expect(decide({ mode: 'AUTHORIZE' })).toMatchObject({ decision: 'EXECUTE', rule: 'default' }));
  it('asks where it collaborates', () => expect(decide({})).toMatchObject({ decision: 'ASK', rule: 'default' }));
  it('acts once the customer agreed', () =>
    expect(decide({}, { approved: true })).toMatchObject({ decision: 'EXECUTE' }));
  it('guides where it notifies, agreed or not', () => {
    expect(decide({ mode: 'NOTIFY' })).toMatchObject({ decision: 'GUIDE' });
    expect(decide({ mode: 'NOTIFY' }, { approved: true, unreachable: true })).toMatchObject({ decision: 'GUIDE' });
  });
  it('guides under a mode it does not know', () =>
    expect(decide({ mode: 'LATER' as 'NOTIFY' })).toMatchObject({ decision: 'GUIDE' }));

  it('forbids an excluded host under every mode, and says why', () => {
    const result = decide(
      {
        mode: 'AUTHORIZE',
        overrides: [override({ id: 'all' })],
        exclusions: [{ entity: 'host:web01', reason: 'runs the shop' }],
      },
      { approved: true },
    );
    expect(result).toEqual({
      decision: 'FORBID',
      rule: 'exclusion:host:web01',
      because: 'host:web01 is excluded from every response: runs the shop.',
    });
  });
  it.each<[string, 'HOST' | 'USER', string]>([
    ['host:WEB01', 'HOST', 'web01'],
    ['host:web01', 'HOST', 'web01.acme.example'],
    ['host:web01.acme.example', 'HOST', 'WEB01'],
    ['host:dc01', 'HOST', 'DC01.acme.example'],
    ['host:web01.acme.example', 'HOST', 'web01.acme.example.'],
    ['host:web01.acme.example', 'HOST', 'web01%2Eacme.example'],
    ['host:web01', 'HOST', 'ｗｅｂ０１'],
    ['ip:10.0.0.7', 'HOST', '10.0.0.7'],
    ['server:web01', 'HOST', 'web01'],
    ['web01', 'HOST', 'web01'],
    ['user:acme\\alice', 'USER', 'alice@acme.example'],
    ['user:alice', 'USER', 'alice@acme.example'],
    ['user:alice@acme.example', 'USER', 'ACME\\alice'],
    ['user:alice@acme.example', 'USER', 'alice@acme.example.'],
    ['mailbox:ceo@acme.example', 'USER', 'ceo@acme.example'],
    ['cloud-principal:alice', 'USER', 'alice'],
  ])('lets the exclusion of %s hold for the %s that is spelled %s', (entity, kind, name) => {
    const target = { kind, entity: 'x:another', names: ['another', name], critical: false, privileged: false };
    expect(
      decide({ mode: 'AUTHORIZE', exclusions: [{ entity, reason: 'r' }] }, {}, { ...isolate, target }).decision,
    ).toBe('FORBID');
  });
  it.each<[string, 'HOST' | 'USER', string]>([
    ['host:web01.a.example', 'HOST', 'web01.b.example'],
    ['host:web0', 'HOST', 'web01'],
    ['user:web01', 'HOST', 'web01'],
    ['host:alice', 'USER', 'alice'],
    ['user:alice@a.example', 'USER', 'alice@b.example'],
    ['ip:10.0.0.7', 'HOST', '10.0.0.70'],
  ])('does not take the exclusion of %s for one of the %s %s', (entity, kind, name) => {
    const target = { kind, entity: 'x:another', names: ['another', name], critical: false, privileged: false };
    expect(
      decide({ mode: 'AUTHORIZE', exclusions: [{ entity, reason: 'r' }] }, {}, { ...isolate, target }).decision,
    ).toBe('EXECUTE');
  });

  it('prefers the override with more conditions', () => {
    const overrides = [
      override({ id: 'servers', mode: 'NOTIFY', assetGroups: ['servers'] }),
      override({ id: 'servers-high', assetGroups: ['servers'], severities: ['HIGH'] }),
    ];
    expect(decide({ overrides })).toMatchObject({ decision: 'EXECUTE', rule: 'override:servers-high' });
  });
  it('prefers the more restrictive of two equally specific overrides', () => {
    const overrides = [
      override({ id: 'a', severities: ['HIGH'] }),
      override({ id: 'z', mode: 'NOTIFY', assetGroups: ['servers'] }),
    ];
    expect(decide({ overrides })).toMatchObject({ decision: 'GUIDE', rule: 'override:z' });
  });
  it.each<[string, Partial<PolicyOverride>]>([
    ['action class', { actionClasses: ['suspend-user'] }],
    ['asset group', { assetGroups: ['laptops'] }],
    ['severity', { severities: ['CRITICAL'] }],
    ['confidence', { minConfidence: 81 }],
    ['hours', { hours: 'BUSINESS' }],
  ])('ignores an override whose %s does not hold', (_, condition) => {
    expect(decide({ overrides: [override({ id: 'o', ...condition })] })).toMatchObject({
      decision: 'ASK',
      rule: 'default',
    });
  });

  it('proceeds unanswered only for the classes that opted in', () => {
    const optedIn = { escalateIfUnreachableAfterMinutes: 30, unreachableClasses: ['isolate-host'] };
    expect(decide(optedIn)).toMatchObject({ decision: 'ASK' });
    expect(decide(optedIn, { unreachable: true })).toMatchObject({
      decision: 'EXECUTE',
      because: expect.stringContaining('30 minutes'),
    });
    expect(decide({ ...optedIn, unreachableClasses: ['suspend-user'] }, { unreachable: true })).toMatchObject({
      decision: 'ASK',
    });
    expect(decide({ unreachableClasses: ['isolate-host'] }, { unreachable: true })).toMatchObject({ decision: 'ASK' });
  });

  it('takes the strictest answer where the groups are in doubt', () => {
    const overrides = [
      override({ id: 'desks', assetGroups: ['desks'] }),
      override({ id: 'lifts', mode: 'NOTIFY', assetGroups: ['lifts'] }),
    ];
    const inDoubt = (...groups: [string[], ...string[][]]) =>
      authorizeInDoubt(
        policy({ overrides }),
        isolate,
        groups.map((assetGroups) => ({ ...night, assetGroups })) as [PolicyContext, ...PolicyContext[]],
      );
    expect(inDoubt(['desks'])).toMatchObject({ decision: 'EXECUTE', rule: 'override:desks' });
    expect(inDoubt(['desks'], [])).toMatchObject({ decision: 'ASK', rule: 'default' });
    expect(inDoubt([], ['desks'], ['lifts'])).toMatchObject({ decision: 'GUIDE', rule: 'override:lifts' });
  });

  const on = (known: Partial<PolicyAction['target']>): PolicyAction => ({
    ...isolate,
    target: { ...isolate.target, ...known },
  });
  it.each<[string, string, PolicyAction, Partial<PolicyContext>]>([
    ['a critical asset', 'guard:critical', on({ critical: true }), {}],
    ['a privileged identity', 'guard:privileged', on({ privileged: true }), {}],
    ['a confidence of 30', 'guard:confidence', isolate, { confidence: 30 }],
  ])('asks about %s where it would act, and names the guard', (_, rule, action, context) => {
    expect(decide({ mode: 'AUTHORIZE' }, context, action)).toMatchObject({ decision: 'ASK', rule });
    expect(decide({ mode: 'AUTHORIZE' }, { ...context, approved: true }, action).decision).toBe('EXECUTE');
    expect(decide({ mode: 'NOTIFY' }, context, action)).toMatchObject({ decision: 'GUIDE', rule: 'default' });
    const off = {
      criticalAssets: false,
      privilegedIdentities: false,
      minConfidence: 0,
      hostsPerHour: 0,
      hostsPercent: 0,
    };
    expect(decide({ mode: 'AUTHORIZE', guards: off }, context, action)).toMatchObject({ decision: 'EXECUTE' });
  });
  it('takes silence for no answer where a guard asks', () =>
    expect(
      decide(
        { escalateIfUnreachableAfterMinutes: 30, unreachableClasses: ['isolate-host'] },
        { unreachable: true },
        on({ critical: true }),
      ),
    ).toMatchObject({ decision: 'ASK', rule: 'guard:critical' }));

  it('is published in the order it is evaluated', () => {
    const given = policy({
      escalateIfUnreachableAfterMinutes: 30,
      unreachableClasses: ['isolate-host'],
      exclusions: [{ entity: 'host:dc01', reason: 'domain controller' }],
      overrides: [
        override({ id: 'night', hours: 'OUT_OF_HOURS' }),
        override({ id: 'sure', minConfidence: 90, assetGroups: ['laptops', 'desks'] }),
      ],
    });
    expect(decisionTable(given).map(({ rule, when, then }) => `${rule} | ${when} | ${then}`)).toEqual([
      'exclusion:host:dc01 | the target is host:dc01 | never acted on: domain controller',
      "no-connector | no connector of the customer's can do it, and a row below would let it happen | guidance only, the customer acts",
      'guard:critical | the target is or may be critical, and a row below would let it happen | the provider asks, and acts once the customer agrees',
      'guard:privileged | the target is or may be a privileged identity, and a row below would let it happen | the provider asks, and acts once the customer agrees',
      'guard:confidence | the confidence is under 60, and a row below would let it happen | the provider asks, and acts once the customer agrees',
      'guard:age | it answers what was found more than an hour ago, and a row below would let it happen | the provider asks, and acts once the customer agrees',
      'guard:refused | somebody said no to the same in its case, or took it back, and a row below would let it happen | the provider asks, and acts once the customer agrees',
      'override:sure | the asset is in laptops or desks, the confidence is at least 90 | the provider acts',
      'override:night | out of business hours | the provider acts',
      'default | anything else | the provider asks, and acts once the customer agrees; if nobody answers for 30 minutes, isolate-host may proceed',
    ]);
  });
});
