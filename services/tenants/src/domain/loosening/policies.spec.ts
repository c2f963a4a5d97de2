import type { TenantPolicy } from '#contracts';
import { STANDARD_GUARDS } from '#libs/terms';
import { cpuClock } from '#libs/testing';
import { override, terms } from '../../../test/terms.js';
import { differenceOf } from './index.js';

const between = (before: Partial<TenantPolicy>, after: Partial<TenantPolicy>) =>
  differenceOf(terms(before), terms(after));
const unanswered = { escalateIfUnreachableAfterMinutes: 30, unreachableClasses: ['isolate-host'] };

describe('a policy is looser', () => {
  it.each<[string, Partial<TenantPolicy>, Partial<TenantPolicy>, string]>([
    [
      'in a mode that lets more happen',
      {},
      { mode: 'AUTHORIZE' },
      'the default: the provider acts, where before the provider asks before it acts',
    ],
    [
      'where what is critical is asked about no more',
      {},
      {
        guards: {
          criticalAssets: false,
          privilegedIdentities: true,
          minConfidence: 60,
          hostsPerHour: 10,
          hostsPercent: 5,
        },
      },
      'an action on what is critical is not asked about for that alone',
    ],
    [
      'where more hosts may be acted on in an hour',
      {},
      { guards: { ...STANDARD_GUARDS, hostsPerHour: 40 } },
      '40 hosts may be acted on in an hour without a person, not 10',
    ],
    [
      'where any number of hosts may be acted on',
      {},
      { guards: { ...STANDARD_GUARDS, hostsPerHour: 0 } },
      'any number of hosts may be acted on in an hour without a person, not 10',
    ],
    [
      'where a privileged identity is asked about no more',
      {},
      {
        guards: {
          criticalAssets: true,
          privilegedIdentities: false,
          minConfidence: 60,
          hostsPerHour: 10,
          hostsPercent: 5,
        },
      },
      'an action on a privileged identity is not asked about for that alone',
    ],
    [
      'where less confidence is enough not to be asked about',
      {},
      {
        guards: {
          criticalAssets: true,
          privilegedIdentities: true,
          minConfidence: 0,
          hostsPerHour: 0,
          hostsPercent: 0,
        },
      },
      'an action is asked about under a confidence of 0 instead of 60',
    ],
    [
      'without an exclusion',
      { exclusions: [{ entity: 'host:DC01', reason: 'r' }] },
      {},
      'host:dc01 is excluded no more',
    ],
    [
      'with an override',
      {},
      { overrides: [override('night', { hours: 'OUT_OF_HOURS', severities: ['HIGH'] })] },
      "override 'night' (severity HIGH; out of business hours): the provider acts, where before, under the default, the provider asks before it acts",
    ],
    [
      'without an override that held back',
      { mode: 'AUTHORIZE', overrides: [override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] })] },
      { mode: 'AUTHORIZE' },
      'the default: the provider acts, where before, under',
    ],
    [
      'with an override of less confidence',
      { overrides: [override('sure', { minConfidence: 90 })] },
      { overrides: [override('sure', { minConfidence: 80 })] },
      "override 'sure' (confidence from 80): the provider acts",
    ],
    [
      'with an override that overrules another by more conditions',
      { overrides: [override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] })] },
      {
        overrides: [
          override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] }),
          override('x', { assetGroups: ['web'], severities: ['HIGH'] }),
        ],
      },
      "override 'x'",
    ],
    [
      'where an override that held back names fewer groups',
      { mode: 'AUTHORIZE', overrides: [override('s', { mode: 'NOTIFY', assetGroups: ['a', 'b'] })] },
      { mode: 'AUTHORIZE', overrides: [override('s', { mode: 'NOTIFY', assetGroups: ['a'] })] },
      'the default: the provider acts',
    ],
    [
      'where a class may proceed unanswered',
      {},
      unanswered,
      'isolate-host may proceed when nobody answers for 30 minutes',
    ],
    [
      'where it may sooner',
      unanswered,
      { ...unanswered, escalateIfUnreachableAfterMinutes: 20 },
      'after 20 minutes instead of 30',
    ],
    [
      'where it may for longer',
      unanswered,
      { ...unanswered, approvalMinutes: 600 },
      'for 600 minutes after the question instead of 60',
    ],
  ])('%s', (_, before, after, sentence) => {
    expect(between(before, after).looser.join('\n')).toContain(sentence);
    expect(between(before, before)).toEqual({ looser: [], tighter: [] });
    expect(between(after, before).tighter).not.toEqual([]);
  });
});
it.each<[string, Partial<TenantPolicy>, Partial<TenantPolicy>]>([
  ['a stricter mode', { mode: 'AUTHORIZE' }, { mode: 'NOTIFY' }],
  ['one more exclusion', {}, { exclusions: [{ entity: 'host:a', reason: 'r' }] }],
  [
    'another reason for an exclusion',
    { exclusions: [{ entity: 'host:a', reason: 'r' }] },
    { exclusions: [{ entity: 'host:a', reason: 's' }] },
  ],
  [
    'an override that is never reached',
    { overrides: [override('a')] },
    { mode: 'COLLABORATE', overrides: [override('a'), override('b')] },
  ],
  [
    'an override of more confidence',
    { overrides: [override('a', { minConfidence: 50 })] },
    { overrides: [override('a', { minConfidence: 60 })] },
  ],
  [
    'an override split in two',
    { overrides: [override('a', { assetGroups: ['x', 'y'] })] },
    { overrides: [override('a', { assetGroups: ['x'] }), override('b', { assetGroups: ['y'] })] },
  ],
  [
    'another order',
    { overrides: [override('a', { assetGroups: ['x'] }), override('b', { mode: 'NOTIFY' })] },
    { overrides: [override('b', { mode: 'NOTIFY' }), override('a', { assetGroups: ['x'] })] },
  ],
  ['a longer time to agree in', {}, { approvalMinutes: 600 }],
  ['no class that proceeds unanswered', unanswered, {}],
])('a policy with %s is no looser', (_, before, after) => expect(between(before, after).looser).toEqual([]));
it('counts a policy that is too large to compare as looser, and soon', () => {
  const large = Array.from({ length: 200 }, (_, index) =>
    override(`o${index}`, {
      minConfidence: index % 101,
      assetGroups: [`g${index}`],
      actionClasses: Array.from({ length: 50 }, (_unused, one) => `c${(index * 50 + one) % 2_000}`),
      hours: index % 2 ? 'BUSINESS' : 'OUT_OF_HOURS',
    }),
  );
  const spentMs = cpuClock();
  expect(between({ overrides: large }, { overrides: large.slice(1) }).looser.join()).toContain('too many conditions');
  expect(
    between({ overrides: large }, { overrides: large, exclusions: [{ entity: 'host:a', reason: 'r' }] }).looser,
  ).toEqual([]);
  expect(spentMs()).toBeLessThan(5_000);
});
it('says twenty things at most', () =>
  expect(
    between({ exclusions: Array.from({ length: 40 }, (_, index) => ({ entity: `host:h${index}`, reason: 'r' })) }, {})
      .looser,
  ).toHaveLength(21));
