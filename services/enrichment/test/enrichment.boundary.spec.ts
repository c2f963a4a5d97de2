import type {
  Asset,
  IndicatorImported,
  TelemetryEnriched,
  TelemetryEvent,
  TelemetryNormalized,
  TenantPage,
  TenantState,
} from '#contracts';
import { decode, encode, retryTopic, toRecord } from '#libs/events';
import { OPERATOR, STANDARD_GUARDS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { enrichment } from '../src/enrichment.module.js';

const now = Date.UTC(2026, 10, 2, 10);

const stateOf = (tenantId: string, assets: Asset[]): TenantState => ({
  type: 'tenant.state',
  tenantId,
  version: 1,
  active: true,
  name: tenantId,
  prefix: 'AC',
  language: 'EN',
  timeZone: 'UTC',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: {
    version: 1,
    mode: 'NOTIFY',
    overrides: [],
    exclusions: [],
    approvalMinutes: 60,
    unreachableClasses: [],
    guards: STANDARD_GUARDS,
  },
  contacts: [],
  calendar: { days: [], holidays: [] },
  sla: [],
  assets,
  identities: [],
  sources: [],
  connectors: [],
});
const dc: Asset = {
  assetId: 'dc1',
  hostnames: ['dc1'],
  criticality: 'CRITICAL',
  owner: 'IT',
  unit: 'HQ',
  exposure: 'internal',
  groups: ['dc'],
};

const eventOf = (id: string): TelemetryEvent => ({
  id,
  occurredAt: now,
  ingestedAt: now,
  entity: 'host:dc1',
  observables: [{ kind: 'ip-address', value: '203.0.113.66' }],
  flags: [],
  partition: 0,
  offset: 1,
  index: 0,
  native: Buffer.from('{}'),
  ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: '' },
});
const batchOf = (...ids: string[]): TelemetryNormalized => ({
  type: 'telemetry.normalized',
  source: 'edr',
  kind: 'WINDOWS',
  events: ids.map(eventOf),
});

const bundle = Buffer.from(
  JSON.stringify({
    type: 'bundle',
    id: 'bundle--1',
    objects: [
      {
        type: 'indicator',
        id: 'indicator--1',
        name: 'Beacon',
        pattern: "[ipv4-addr:value = '203.0.113.66']",
        pattern_type: 'stix',
        valid_from: '2026-01-01T00:00:00Z',
      },
    ],
  }),
);

describe('enrichment, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([enrichment]);
    await world.say('acme', stateOf('acme', [dc]));
    await world.say('globex', stateOf('globex', []));
    await world.until('the settings', () => world.services.enrichment?.runtime.settings.get('globex'));
  });
  afterAll(async () => world?.stop());

  const enriched = (tenant: string) =>
    world.heard<TelemetryEnriched>('telemetry.enriched', tenant).map(({ message }) => ({
      ids: decode<TelemetryNormalized>(message.batch).events.map(({ id }) => id),
      ...message,
    }));
  const of = (tenant: string, id: string) =>
    world.until(`${id} enriched`, () => enriched(tenant).find(({ ids }) => ids.includes(id)));

  it('adds what the tenant knows, and passes the batch on byte by byte', async () => {
    await world.say('acme', batchOf('e1'));
    const { batch, context, complete } = await of('acme', 'e1');
    expect(batch.equals(encode(batchOf('e1')))).toBe(true);
    expect({ context, complete }).toMatchObject({
      complete: true,
      context: [{ index: 0, asset: { assetId: 'dc1' }, indicators: [], score: 0.8 }],
    });
  });

  it('knows nothing of the assets of another tenant', async () => {
    await world.say('globex', batchOf('e2'));
    expect((await of('globex', 'e2')).context).toEqual([]);
  });

  it('knows asset 49,999 of a tenant of 50,000, whose pages come late, twice and in another order', async () => {
    const versions = Array.from({ length: 391 }, () => 1);
    const pageOf = (page: number, version = 1, unit = ''): TenantPage => ({
      ...{ type: 'tenant.page', tenantId: 'initrode', page, version, identities: [] },
      assets: Array.from({ length: Math.min(128, 50_000 - page * 128) }, (_, at) => ({
        ...dc,
        ...{ assetId: `asset-${page * 128 + at}`, hostnames: [`ws${page * 128 + at}.initrode.example`], unit },
      })),
    });
    const state = { ...stateOf('initrode', []), paged: { assets: 50_000, identities: 0, versions } };
    const [first, ...rest] = versions.map((_, page) => pageOf(page)).toReversed() as [TenantPage, ...TenantPage[]];
    const known = async (id: string): Promise<string | undefined> => {
      const event = { ...eventOf(id), entity: 'host:ws49999' };
      await world.say('initrode', { ...batchOf(), events: [event] });
      const [context] = (await of('initrode', id)).context;
      return context?.asset ? context.asset.assetId + context.asset.unit : undefined;
    };
    await Promise.all(rest.map((page) => world.say('initrode', page)));
    await world.say('initrode', state);
    expect(await known('p1')).toBeUndefined();
    await world.say('initrode', first);
    await world.say('initrode', first);
    await world.until('the whole form', () => world.services.enrichment?.runtime.settings.get('initrode'));
    expect(await known('p2')).toBe('asset-49999');
    await world.say('initrode', pageOf(390, 2, ' moved'));
    await world.say('initrode', { ...state, version: 2, paged: { ...state.paged, versions: versions.with(390, 2) } });
    await world.until('the change', () => world.services.enrichment?.runtime.settings.get('initrode')?.version === 2);
    expect(await known('p3')).toBe('asset-49999 moved');
    await world.restart('enrichment');
    expect(await known('p4')).toBe('asset-49999 moved');
  });

  it('imports indicators, once', async () => {
    const ask = { type: 'indicator.import', feed: 'community', bundle } as const;
    expect(await world.ask(OPERATOR, ask)).toMatchObject({ outcome: 'DONE' });
    expect(await world.ask(OPERATOR, ask)).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await world.ask(OPERATOR, { ...ask, bundle: Buffer.from('no') })).toMatchObject({
      outcome: 'REFUSED',
      code: 'NOT_A_BUNDLE',
    });
    expect(world.heard<IndicatorImported>('indicator.imported', OPERATOR)).toHaveLength(1);
  });

  it('names them in the events of every tenant from then on, also after a restart', async () => {
    let tries = 0;
    const hit = () =>
      world.until('an indicator seen', async () => {
        tries += 1;
        await world.say('globex', batchOf(`t${tries}`));
        return (await of('globex', `t${tries}`)).context[0];
      });
    expect(await hit()).toMatchObject({
      asset: null,
      indicators: [{ indicatorId: 'indicator--1', value: '203.0.113.66', tlp: 'AMBER' }],
    });
    await world.restart('enrichment');
    await world.say('globex', batchOf('after'));
    expect((await of('globex', 'after')).context).toMatchObject([{ indicators: [{ indicatorId: 'indicator--1' }] }]);
  });

  it('takes back a batch that was set aside and is replayed', async () => {
    const record = toRecord(
      { id: 'again', type: 'telemetry.normalized', source: 'collection', subject: 'edr', time: now, tenant: 'globex' },
      batchOf('replayed'),
    );
    await world.publisher.send([{ ...record, topic: retryTopic('enrichment') }]);
    await of('globex', 'replayed');
    expect(world.deadLetters('enrichment')).toEqual([]);
  });

  it('says the same when everything is delivered once more, and goes on after what it cannot read', async () => {
    const before = enriched('acme').length;
    const good = await world.say('acme', batchOf('e3'));
    await of('acme', 'e3');
    await world.publisher.send([
      { topic: 'vigie.telemetry.normalized', key: 'acme/0', value: Buffer.from('broken'), headers: {} },
    ]);
    await world.rewind('enrichment', 'enrich');
    await world.say('acme', batchOf('e4'));
    await of('acme', 'e4');
    expect(good.envelope.tenant).toBe('acme');
    expect(enriched('acme')).toHaveLength(before + 2);
    await world.until('the dead letter', () => world.deadLetters('enrichment').length > 0);
  });
});
