import type { PolicyOverride, TenantPolicy } from '#contracts';
import { after, carol, given, lastState, onboarded, setPolicy } from '../../../test/requests.js';

const override: PolicyOverride = {
  id: 'o1',
  mode: 'NOTIFY',
  actionClasses: ['isolate-host'],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
};

describe('a response policy', () => {
  it('counts its versions by itself', () =>
    expect(lastState(after(setPolicy({ version: 77 }), setPolicy({ mode: 'COLLABORATE' }))).policy.version).toBe(3));
  it('that is the same is no new one', () =>
    given(...after(setPolicy()))
      .when(setPolicy({ version: 5 }))
      .then());
  it('is the customer’s to set', () =>
    given(...onboarded)
      .when(setPolicy(), { actor: carol })
      .thenLike({ type: 'tenant.policy-set', by: carol }, { type: 'tenant.state' }));
  it('knows exclusions in lower case', () =>
    expect(
      lastState(after(setPolicy({ exclusions: [{ entity: ' Host:DC01', reason: 'never' }] }))).policy.exclusions,
    ).toEqual([{ entity: 'host:dc01', reason: 'never' }]));
  it.each<[Partial<TenantPolicy>, string]>([
    [{ overrides: [override, override] }, "policy override 'o1' is there twice"],
    [{ overrides: [{ ...override, id: '' }] }, 'id of a policy override is empty'],
    [{ overrides: [{ ...override, minConfidence: 101 }] }, 'whole number from 0 to 100'],
    [
      { overrides: [{ ...override, actionClasses: ['Isolate Host'], assetGroups: [], severities: [] }] },
      'a name such as isolate-host',
    ],
    [{ exclusions: [{ entity: 'dc01', reason: 'x' }] }, 'kind:value'],
    [{ exclusions: [{ entity: 'host:dc01', reason: '' }] }, 'reason to exclude host:dc01 is empty'],
    [
      {
        exclusions: [
          { entity: 'host:a', reason: 'x' },
          { entity: 'HOST:A', reason: 'y' },
        ],
      },
      'is there twice',
    ],
    [
      {
        overrides: [
          { ...override, actionClasses: Array.from({ length: 51 }, () => 'x'), assetGroups: [], severities: [] },
        ],
      },
      'at most 50 action classes',
    ],
    [
      {
        overrides: [
          { ...override, actionClasses: [], assetGroups: Array.from({ length: 51 }, () => 'x'), severities: [] },
        ],
      },
      'at most 50 asset groups',
    ],
    [{ approvalMinutes: 0 }, 'from 1 to 10080'],
    [{ unreachableClasses: ['isolate-host'] }, 'need the time after which they may'],
    [{ escalateIfUnreachableAfterMinutes: -1 }, 'from 1 to 10080'],
  ])('is refused with %j', (wrong, sentence) =>
    given(...onboarded)
      .when(setPolicy(wrong))
      .refuses(sentence),
  );
});
