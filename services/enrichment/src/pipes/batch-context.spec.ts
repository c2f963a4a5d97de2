import type { TenantState } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { standIn } from '#libs/testing';
import { IndicatorIndex } from '../domain/indicator/indicator-index.js';
import type { Enricher, SlimEvent } from '../enrichers/enricher.js';
import { enrichers } from '../enrichers/index.js';
import { contextOf, scoreOf } from './batch-context.js';

const settings = standIn<TenantState>({
  assets: [
    {
      assetId: 'a1',
      hostnames: ['dc1', '10.1.1.5'],
      criticality: 'CRITICAL',
      owner: 'IT',
      unit: 'HQ',
      exposure: 'internal',
      groups: ['dc'],
    },
  ],
  identities: [
    { identityId: 'i1', names: ['ada', 'ada@example.test'], criticality: 'LOW', unit: 'HQ', privileged: false },
    { identityId: 'i2', names: ['root-arn'], criticality: 'HIGH', unit: 'HQ', privileged: true },
  ],
});

const event = (entity: string, ...observables: [kind: string, value: string][]): SlimEvent => ({
  occurredAt: 1_500,
  entity,
  observables: observables.map(([kind, value]) => ({ kind, value })),
});

const contextFor = (events: SlimEvent[], given = enrichers, most?: number) => {
  const indicators = new IndicatorIndex();
  indicators.learn(OPERATOR, 1, [
    {
      indicatorId: 'indicator--1',
      name: 'Beacon',
      kind: 'ip-address',
      value: '203.0.113.66',
      confidence: 80,
      tlp: 'GREEN',
      validFrom: 0,
      validUntil: null,
      techniques: [],
    },
  ]);
  const failures: string[] = [];
  return {
    ...contextOf(events, given, { tenant: 'acme', settings, indicators }, (name) => failures.push(name), most),
    failures,
  };
};

describe('context', () => {
  it('is sparse: only events of which something is known have one', () => {
    const { context, complete } = contextFor([event('host:ws9'), event('host:dc1.example.test'), event('user:nobody')]);
    expect(complete).toBe(true);
    expect(context).toEqual([
      {
        index: 1,
        asset: {
          assetId: 'a1',
          name: 'dc1',
          criticality: 'CRITICAL',
          owner: 'IT',
          unit: 'HQ',
          exposure: 'internal',
          groups: ['dc'],
        },
        identity: null,
        indicators: [],
        score: 0.8,
      },
    ]);
  });

  it('knows an asset by its address, and not by the address it talks to', () => {
    expect(contextFor([event('ip:10.1.1.5')]).context).toMatchObject([{ asset: { assetId: 'a1' } }]);
    expect(contextFor([event('ip:10.1.1.9', ['ip-address', '10.1.1.5'])]).context).toEqual([]);
  });

  it('takes the identity that matters most', () => {
    const { context } = contextFor([event('host:ws9', ['user-name', 'ADA'], ['resource-uid', 'root-arn'])]);
    expect(context).toMatchObject([{ identity: { identityId: 'i2', privileged: true }, score: 0.6 }]);
  });

  it('names known indicators and adds up', () => {
    const { context } = contextFor([event('host:dc1', ['ip-address', '203.0.113.66'])]);
    expect(context).toMatchObject([
      { indicators: [{ indicatorId: 'indicator--1', value: '203.0.113.66' }], score: 0.944 },
    ]);
  });

  it('goes on without an enricher that fails, and says so', () => {
    const broken: Enricher = {
      name: 'broken',
      prepare: () => () => {
        throw new Error('no');
      },
    };
    const { context, complete, failures } = contextFor([event('host:dc1'), event('host:dc1')], [broken, ...enrichers]);
    expect({ found: context.length, complete, failures }).toEqual({ found: 2, complete: false, failures: ['broken'] });
  });

  it.each([
    ['all within what is looked up', 5, { found: 2, complete: true }],
    ['what lies behind it goes without', 4, { found: 1, complete: false }],
    ['nothing', 0, { found: 0, complete: false }],
  ])('counts values, not time: %s', (_, most, expected) => {
    const events = [event('host:dc1', ['hostname', 'dc1']), event('host:dc1')];
    const { context, complete } = contextFor(events, enrichers, most);
    expect({ found: context.length, complete }).toEqual(expected);
  });
});

it('the score of nothing is 0', () => expect(scoreOf({})).toBe(0));
