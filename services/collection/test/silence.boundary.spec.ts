import type { FindingRaised, VisibilityGapEnded, VisibilityGapFound } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { collection } from '../src/collection.module.js';
import { tenantState } from './tenant-state.js';

const event = (host: string): string =>
  JSON.stringify({ Hostname: host, EventID: 1, Channel: 'Security', TimeCreated: '2026-11-02T09:00:00Z' });

/** Registered sources may be silent for an hour. */
describe('a source that falls silent, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([collection], { environment: { collection: { HTTP_PORT: '0' } } });
    await world.say('acme', tenantState('acme', ['edr', 'WINDOWS']));
    await world.say('globex', tenantState('globex', ['edr', 'WINDOWS']));
  });
  afterAll(async () => world?.stop());

  const store = () => world.services.collection!.runtime.store;
  const found = (tenant: string) => world.heard<VisibilityGapFound>('visibility.gap-found', tenant);
  const ended = (tenant: string) => world.heard<VisibilityGapEnded>('visibility.gap-ended', tenant);
  const findings = (tenant: string) => world.heard<FindingRaised>('finding.raised', tenant);

  /** Sends one event, and waits until it is seen as the latest of its source. */
  const send = async (tenant: string): Promise<void> => {
    await world.ingest(tenant, 'edr', event('ws1'));
    const at = world.clock.now();
    await world.until(`an event of ${tenant}`, async () => {
      const { items } = await store().view<{ lastEventAt: number }>('source-watch').for(tenant).find();
      return items.some(({ doc }) => doc.lastEventAt === at);
    });
  };
  const looked = () =>
    world.until('a look', async () => {
      const known = await store().loadCheckpoint('vigie.visibility.looks', 0);
      return known !== undefined && Number(known.offset) === world.clock.now();
    });
  /** Minutes go by, and somebody looks every four of them. */
  const pass = async (minutes: number): Promise<void> => {
    for (let left = minutes; left > 0; left -= 4) {
      world.clock.advance(Math.min(4, left) * MINUTE_MS);
      await looked();
    }
  };

  it('is found within two intervals, also after a restart in the middle, and once', async () => {
    await send('acme');
    await send('globex');
    const lastAt = world.clock.now();
    await looked();
    await pass(28);
    await send('globex');
    await world.restart('collection');
    await pass(28);
    expect(found('acme')).toEqual([]);
    await pass(8);
    const [gap] = await world.until('the gap', () => found('acme').length > 0 && found('acme'));
    expect(gap?.message).toMatchObject({ kind: 'SOURCE_SILENT', source: 'edr', since: lastAt, severity: 'HIGH' });
    expect(world.clock.now() - lastAt).toBeLessThanOrEqual(120 * MINUTE_MS);
    const [finding] = await world.until('the finding', () => findings('acme').length > 0 && findings('acme'));
    expect(finding?.message).toMatchObject({ rule: { id: 'vigie.source-silent' }, source: 'edr', occurredAt: lastAt });
    expect(finding?.message.explanation.map(({ field }) => field)).toEqual([
      'lastEventAt',
      'minutesWithout',
      'minutesAllowed',
    ]);
    expect(found('globex')).toEqual([]);
  });

  it('is not found again when all receipts come again, nor as time goes on', async () => {
    await world.rewind('collection', 'views');
    await pass(12);
    expect(found('acme')).toHaveLength(1);
    expect(ended('acme')).toEqual([]);
    expect(findings('acme')).toHaveLength(1);
  });

  it('is over by itself when an event arrives', async () => {
    await send('acme');
    const at = world.clock.now();
    await pass(4);
    const [gap] = await world.until('the end of the gap', () => ended('acme').length > 0 && ended('acme'));
    expect(gap?.message).toMatchObject({ ending: 'DATA_RETURNED', observedAt: at });
    expect(gap?.message.gapId).toBe(found('acme')[0]?.message.gapId);
  });

  it('is not found while the installation itself was away', async () => {
    await send('globex');
    const before = found('globex').length;
    world.clock.advance(5 * 60 * MINUTE_MS);
    await looked();
    await pass(52);
    expect(found('globex')).toHaveLength(before);
    await pass(12);
    await world.until('the gap since it watches again', () => found('globex').length === before + 1);
  });

  it('tells nothing when its facts are heard once more', async () => {
    const before = [findings('acme').length, findings('globex').length];
    await world.rewind('collection', 'raise-gaps');
    await pass(4);
    expect([findings('acme').length, findings('globex').length]).toEqual(before);
  });
});
