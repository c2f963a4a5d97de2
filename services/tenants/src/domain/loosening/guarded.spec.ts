import type { Asset, Identity, TenantPolicy } from '#contracts';
import { terms } from '../../../test/terms.js';
import { differenceOf } from './index.js';

const dc = (special: Partial<Asset> = {}): Asset => ({
  assetId: 'dc',
  hostnames: ['dc01.acme.example'],
  criticality: 'CRITICAL',
  owner: '',
  unit: '',
  exposure: '',
  groups: [],
  ...special,
});
const ada = (special: Partial<Identity> = {}): Identity => ({
  identityId: 'ada',
  names: ['ada@acme.example'],
  criticality: 'LOW',
  unit: '',
  privileged: true,
  ...special,
});
const acting: Partial<TenantPolicy> = { mode: 'AUTHORIZE' };
const loosened = (assets: Asset[], identities: Identity[] = [], policy: Partial<TenantPolicy> = acting): string[] =>
  differenceOf(
    terms(policy, { assets: [dc()], identities: [ada()] }),
    terms(policy, { assets: [dc(), ...assets].slice(-1), identities: [ada(), ...identities].slice(-1) }),
  ).looser;

describe('what a guard asks about', () => {
  it('is less where a host counts as critical no more', () =>
    expect(loosened([dc({ criticality: 'HIGH' })])).toContain('dc01.acme.example counts no more as critical'));
  it('is less where a critical host loses a name', () =>
    expect(loosened([dc({ hostnames: ['other'] })])).toContain('dc01.acme.example counts no more as critical'));
  it('is less where an identity counts as privileged no more', () =>
    expect(loosened([], [ada({ privileged: false })])).toContain('ada@acme.example counts no more as privileged'));
  it('is no less where nothing changes, or more becomes critical', () =>
    expect(loosened([dc({ owner: 'IT' })], [ada({ criticality: 'CRITICAL' })])).toEqual([]));
  it('is no less where everything is asked about anyway, or the guard is switched off', () => {
    expect(loosened([dc({ criticality: 'LOW' })], [], { mode: 'COLLABORATE' })).toEqual([]);
    const guards = {
      criticalAssets: false,
      privilegedIdentities: true,
      minConfidence: 60,
      hostsPerHour: 10,
      hostsPercent: 5,
    };
    expect(loosened([dc({ criticality: 'LOW' })], [], { ...acting, guards })).toEqual([]);
  });
});

it('compares overrides of a single asset by that asset alone', () => {
  const overrides = [
    {
      id: 'dc-only',
      mode: 'AUTHORIZE' as const,
      actionClasses: [],
      assetGroups: ['asset:dc'],
      severities: [],
      minConfidence: 0,
      hours: 'ANY' as const,
    },
  ];
  const with_ = (...assets: Asset[]) => terms({ overrides }, { assets });
  const web = dc({ assetId: 'web', hostnames: ['web01'], criticality: 'LOW' });
  expect(differenceOf(with_(dc()), with_(dc(), web)).looser).toEqual([]);
  expect(differenceOf(with_(dc()), with_(dc({ hostnames: ['dc01.acme.example', 'web01'] }))).looser.join()).toContain(
    "override 'dc-only'",
  );
});
