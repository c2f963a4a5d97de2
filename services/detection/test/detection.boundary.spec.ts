import type {
  EventContext,
  FindingRaised,
  FindingRepeated,
  RulesetActivated,
  RulesetImport,
  TelemetryEnriched,
} from '#contracts';
import { OPERATOR } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { detection } from '../src/detection.module.js';
import { at, batchOf, eventOf, LSASS_DUMP, rule } from './samples.js';

describe('detection, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([detection], {
      environment: { detection: { CHECKPOINT_EVERY_MS: '100' } },
    });
  });
  afterAll(async () => world?.stop());

  const raised = (tenant: string) => world.heard<FindingRaised>('finding.raised', tenant).map(({ message }) => message);
  const first = (tenant: string) => world.until(`a finding at ${tenant}`, () => raised(tenant)[0]);
  const repeated = (tenant: string) =>
    world.heard<FindingRepeated>('finding.repeated', tenant).map(({ message }) => message);
  /** Says a batch whose finding tells that everything before it was handled (of the same key). */
  const marker = async (tenant: string, entity: string) => {
    await world.say(tenant, batchOf([eventOf({ ...LSASS_DUMP, Computer: entity }, { entity: `host:${entity}` })]));
    return world.until(`the marker ${entity}`, () => raised(tenant).find(({ groupKey }) => groupKey.includes(entity)));
  };

  it('raises what a built-in rule says, with everything a reader needs', async () => {
    await world.say('acme', batchOf([eventOf(LSASS_DUMP), eventOf({ Channel: 'Security', EventID: 4624 })]));
    const finding = await first('acme');
    expect(finding).toMatchObject({
      rule: { level: expect.stringMatching(/HIGH|CRITICAL/) as string },
      source: 'edr',
      kind: 'WINDOWS',
      occurredAt: at,
      ingestedAt: at + 5_000,
      eventsTruncated: false,
      entities: [
        { kind: 'host', value: 'dc1.example.test' },
        { kind: 'user', value: 'example\\ada' },
      ],
    });
    expect(finding.techniques).toContain('T1003.001');
    expect(finding.rule.runbook).toContain('Triage:');
    expect(finding.explanation.map(({ field }) => field)).toContain('CommandLine');
    expect(JSON.parse(finding.events[0]?.native.toString('utf8') ?? '')).toEqual(LSASS_DUMP);
  });

  it('raises nothing new for what it has seen: delivered twice, after a restart, and after a rewind of its group', async () => {
    const same = await world.say('globex', batchOf([eventOf(LSASS_DUMP)]));
    const finding = await first('globex');
    await world.say('globex', same.message, { id: same.envelope.id });
    await marker('globex', 'm1.example.test');
    await world.restart('detection');
    await marker('globex', 'm2.example.test');
    await world.rewind('detection', 'detect');
    await world.say('globex', same.message, { id: same.envelope.id });
    await marker('globex', 'm3.example.test');
    expect(raised('globex')).toHaveLength(4);
    await world.say(
      'globex',
      batchOf([eventOf({ ...LSASS_DUMP, Computer: 'm3.example.test' }, { entity: 'host:m3.example.test' })]),
    );
    await marker('globex', 'm6.example.test');
    world.clock.advance(61_000);
    await world.until('the repeat of another', () => repeated('globex')[0]);
    expect(repeated('globex').filter(({ findingId }) => findingId === finding.findingId)).toEqual([]);
  });

  it('keeps tenants apart: the same event is a finding of each', async () => {
    const ids = [(await first('acme')).findingId, (await first('globex')).findingId];
    expect(new Set(ids).size).toBe(2);
  });

  it('counts repeats and publishes them once a minute, also those from before a restart', async () => {
    const { findingId } = await first('acme');
    await world.say('acme', batchOf([eventOf(LSASS_DUMP), eventOf(LSASS_DUMP, { occurredAt: at + 60_000 })]));
    await marker('acme', 'm4.example.test');
    await world.restart('detection');
    world.clock.advance(61_000);
    const repeat = await world.until('a repeat', () => repeated('acme').find((one) => one.findingId === findingId));
    expect(repeat).toMatchObject({ count: 3, lastOccurredAt: at + 60_000 });
    expect(raised('acme').filter((one) => one.findingId === findingId)).toHaveLength(1);
  });

  it('raises for a known indicator alone, one step higher on a critical asset', async () => {
    const context: EventContext = {
      index: 0,
      score: 0.9,
      identity: null,
      asset: {
        assetId: 'dc1',
        name: 'dc1',
        criticality: 'CRITICAL',
        owner: 'IT',
        unit: 'HQ',
        exposure: 'internal',
        groups: ['dc'],
      },
      indicators: [
        {
          indicatorId: 'indicator--1',
          name: 'Beacon',
          kind: 'ip-address',
          value: '203.0.113.66',
          confidence: 85,
          tlp: 'GREEN',
        },
      ],
    };
    await world.say('initech', batchOf([eventOf({ Channel: 'Security', EventID: 5156 })], [context]));
    const finding = await first('initech');
    expect(finding).toMatchObject({
      rule: { id: 'vigie.indicator-match', level: 'HIGH' },
      severity: 'CRITICAL',
      indicators: [{ indicatorId: 'indicator--1' }],
      assets: [{ assetId: 'dc1' }],
    });
  });

  it('runs imported rules as soon as all parts are here, in place of the import before, also after a restart', async () => {
    const part = (importId: string, number: number, parts: number, ...files: ReturnType<typeof rule>[]) =>
      world.ask(OPERATOR, { type: 'ruleset.import', importId, part: number, parts, files });
    const run = async (image: string, tenant: string) => {
      await world.say(tenant, batchOf([eventOf({ ...LSASS_DUMP, Image: `C:\\x\\${image}`, CommandLine: '' })]));
      return raised(tenant).map(({ rule: { id } }) => id);
    };
    expect(await part('one', 2, 2, rule('b', 'b.exe'))).toMatchObject({ outcome: 'DONE' });
    expect(await part('one', 1, 2, rule('a', 'a.exe'), { path: 'own/broken.yml', text: 'title: [' })).toMatchObject({
      outcome: 'DONE',
    });
    expect(await part('one', 1, 2, rule('a', 'a.exe'))).toMatchObject({ outcome: 'UNCHANGED' });
    await world.until(
      'both rules run',
      async () =>
        [...(await run('a.exe', 'hooli')), ...(await run('b.exe', 'hooli'))].filter((id) => 'ab'.includes(id)).length >=
          2 && new Set(raised('hooli').map(({ rule: { id } }) => id)).size === 2,
    );
    expect(raised('hooli').find(({ rule: { id } }) => id === 'a')).toMatchObject({
      groupKey: 'host:dc1.example.test',
      severity: 'HIGH',
      techniques: ['T1059'],
    });
    expect(await part('two', 1, 1, rule('c', 'c.exe'))).toMatchObject({ outcome: 'DONE' });
    await world.until('the next import runs', async () => (await run('c.exe', 'umbra')).includes('c'));
    await run('a.exe', 'vandelay');
    await world.restart('detection');
    await world.until('it runs after a restart', async () => (await run('c.exe', 'vandelay')).includes('c'));
    expect(raised('vandelay').map(({ rule: { id } }) => id)).toEqual(['c']);
    expect(
      world
        .heard<RulesetActivated>('ruleset.activated', OPERATOR)
        .map(({ message: { importId, files } }) => [importId, files]),
    ).toEqual([
      ['one', 3],
      ['two', 1],
    ]);
  });

  it('refuses rules from a customer and paths that lead out', async () => {
    const request: RulesetImport = {
      type: 'ruleset.import',
      importId: 'x',
      part: 1,
      parts: 1,
      files: [rule('x', 'x.exe')],
    };
    expect(await world.ask('acme', request, { actor: { subject: 'carol', side: 'CUSTOMER' } })).toMatchObject({
      outcome: 'REFUSED',
      code: 'FORBIDDEN',
    });
    expect(await world.ask(OPERATOR, { ...request, files: [{ path: '../x.yml', text: 'x' }] })).toMatchObject({
      outcome: 'REFUSED',
      code: 'BAD_PATH',
    });
  });

  it('sets aside what it cannot read and goes on', async () => {
    const good = await world.say('soylent', batchOf([]));
    await world.publisher.send([
      { topic: 'vigie.telemetry.enriched', key: 'soylent/0', value: Buffer.from('broken'), headers: {} },
    ]);
    await world.say('soylent', {
      type: 'telemetry.enriched',
      batch: Buffer.from('broken'),
      context: [],
      complete: true,
    } as TelemetryEnriched);
    await marker('soylent', 'm5.example.test');
    await world.until('two dead letters', () => world.deadLetters('detection').length >= 2);
    expect(good.envelope.tenant).toBe('soylent');
  });
});
