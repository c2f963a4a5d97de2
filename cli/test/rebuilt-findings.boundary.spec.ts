import type { FindingRaised, TelemetryEnriched, TelemetryNormalized } from '#contracts';
import { deleteTopics, encode, ensureTopics, topicSpecs } from '#libs/events';

import { startWorld, type World } from '#libs/testing';
import { everyTenant, openStore, type Store } from '#libs/store';
import { pino } from 'pino';
import { detection } from '../../services/detection/src/detection.module.js';
import { rebuildViews } from '../src/index.js';

const FINDINGS = 'vigie.finding.events';
const native = {
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'DC1.example.test',
  Image: 'C:\\Windows\\System32\\rundll32.exe',
  CommandLine: 'rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\lsass.dmp full',
};

describe('views of findings, rebuilt', () => {
  let world: World;
  let gateway: Store;
  beforeAll(async () => {
    world = await startWorld([detection], { environment: { detection: { CHECKPOINT_EVERY_MS: '100' } } });
    gateway = await openStore({ url: world.stack.mongoUrl, service: 'gateway', log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    await gateway?.close();
    await world?.stop();
  });

  const telemetry = (occurredAt: number): TelemetryEnriched => {
    const normalized: TelemetryNormalized = {
      type: 'telemetry.normalized',
      source: 'edr',
      kind: 'WINDOWS',
      events: [
        {
          id: 'event-1',
          occurredAt,
          ingestedAt: occurredAt,
          entity: 'host:dc1.example.test',
          flags: [],
          partition: 0,
          offset: 1,
          index: 0,
          observables: [{ kind: 'hostname', value: 'DC1.example.test' }],
          native: Buffer.from(JSON.stringify(native)),
          ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: '' },
        },
      ],
    };
    return { type: 'telemetry.enriched', batch: encode(normalized), context: [], complete: true };
  };
  const kept = async (): Promise<number> => {
    let count = 0;
    for await (const { envelope } of world.services.detection!.runtime.store.replay(everyTenant))
      if (envelope.type === 'finding.raised') count += 1;
    return count;
  };
  const rebuilt = async (tenant: string) => {
    await rebuildViews(world.stack, world.broker, { check: false, say: () => undefined });
    const read = async (name: string) => (await gateway.view<object>(name).for(tenant).find()).items;
    return { findings: await read('findings'), events: await read('finding-events') };
  };

  it('do not bring back what was erased, while Kafka still carries it', async () => {
    const { store } = world.services.detection!.runtime;
    await world.say('initech', telemetry(world.clock.now()));
    await world.until('the finding to be kept', async () => (await kept()) > 0);
    expect((await rebuilt('initech')).findings).not.toEqual([]);
    const by = { subject: 'ada', side: 'PROVIDER' as const };
    await store.facts('initech').erase({ by, reason: 'asked for', now: world.clock.now(), backups: [] });
    expect(await rebuilt('initech')).toEqual({ findings: [], events: [] });
  });

  it('say the same, with explanation and evidence, when Kafka has forgotten every one of them', async () => {
    for (const tenant of ['acme', 'globex']) {
      await world.say(tenant, telemetry(world.clock.now()));
      await world.until(`a finding at ${tenant}`, () => world.heard<FindingRaised>('finding.raised', tenant)[0]);
    }
    const raised = world.ears.heard<FindingRaised>('finding.raised', 'acme').length;
    await world.until('all to be kept', async () => (await kept()) >= 2);
    const before = await rebuilt('acme');
    expect(before.findings).toHaveLength(raised);
    expect(before.findings[0]?.doc).toMatchObject({ raised: true });
    expect(JSON.stringify(before.findings)).toContain('CommandLine');
    expect(JSON.stringify(before.events)).toContain('MiniDump');

    await world.services.detection!.stop();
    await deleteTopics(world.broker, [FINDINGS]);
    await world.until('a new, empty topic', () =>
      ensureTopics(world.broker, topicSpecs({ partitions: 2 })).then(
        () => true,
        () => false,
      ),
    );
    expect(await rebuilt('acme')).toEqual(before);
  });
});
