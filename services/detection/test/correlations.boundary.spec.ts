import type { FindingRaised, RulesetLoaded, TelemetryEnriched } from '#contracts';
import { OPERATOR, HOUR_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { detection } from '../src/detection.module.js';
import { attackOn, BRUTE_FORCE, FEW, logon } from './correlation-samples.js';
import { at, batchOf, eventOf, LSASS_DUMP } from './samples.js';

const LATENESS_MS = 60_000;

describe('correlations, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([detection], {
      environment: { detection: { CHECKPOINT_EVERY_MS: '100', LATENESS_MS: String(LATENESS_MS) } },
    });
    await world.ask(OPERATOR, {
      type: 'ruleset.import',
      importId: 'own',
      part: 1,
      parts: 1,
      files: [BRUTE_FORCE, FEW],
    });
    const loaded = await world.until('the correlations to run', () =>
      world
        .heard<RulesetLoaded>('ruleset.loaded', OPERATOR)
        .map(({ message }) => message)
        .find(({ importId }) => importId === 'own'),
    );
    expect(loaded.failures).toEqual([]);
    expect(loaded.rules.map(({ ruleId }) => ruleId)).toContain('guessed');
  });
  afterAll(async () => world?.stop());

  const raised = (tenant: string) => world.heard<FindingRaised>('finding.raised', tenant).map(({ message }) => message);
  const correlated = (tenant: string) => raised(tenant).filter(({ rule: { id } }) => ['guessed', 'few'].includes(id));
  const sayAll = async (tenant: string, batches: TelemetryEnriched[]) => {
    for (const batch of batches) await world.say(tenant, batch);
  };
  /** Says an event of a later time, whose finding tells that everything before it was handled. */
  const marker = async (tenant: string, host: string, seconds: number) => {
    const occurredAt = at + seconds * 1_000;
    await world.say(
      tenant,
      batchOf([
        eventOf({ ...LSASS_DUMP, Computer: host }, { entity: `host:${host}`, occurredAt, ingestedAt: occurredAt }),
      ]),
    );
    await world.until(`the marker ${host}`, () => raised(tenant).find(({ groupKey }) => groupKey.includes(host)));
  };
  /** Event time goes on; the findings that were due by then are there. */
  const later = async (tenant: string, host: string, seconds: number, findings: number): Promise<FindingRaised[]> => {
    await marker(tenant, host, seconds);
    return world.until(
      `${findings} findings at ${tenant}`,
      () => correlated(tenant).length >= findings && correlated(tenant),
    );
  };
  /** What does not depend on when it was found. */
  const essence = (tenant: string) =>
    correlated(tenant).map(({ findingId: _, detectedAt: _at, events, explanation, ...rest }) => ({
      ...rest,
      at: events.map(({ occurredAt }) => occurredAt),
      why: explanation.map(({ selection }) => selection),
    }));

  it('failures and a success raise once, when event time has come past them', async () => {
    await sayAll('acme', attackOn('ada'));
    const [finding] = await later('acme', 'm1.example.test', 300, 1);
    expect(finding).toMatchObject({
      rule: { id: 'guessed', level: 'HIGH', runbook: expect.stringContaining('Triage') as string },
      techniques: ['T1110.001'],
      kind: 'WINDOWS',
      source: 'edr',
      groupKey: 'TargetUserName=ada IpAddress=203.0.113.9',
      occurredAt: at,
      windowEnd: at + 60_000,
      windowStart: at + 60_000 - 600_000,
    });
    expect(finding?.entities).toEqual(
      expect.arrayContaining([
        { kind: 'user', value: 'ada' },
        { kind: 'ip', value: '203.0.113.9' },
      ]),
    );
    expect(finding?.events.map(({ occurredAt }) => (occurredAt - at) / 1_000)).toEqual([0, 10, 20, 30, 40, 60]);
    expect(finding?.explanation.map(({ selection }) => selection)).toEqual(
      expect.arrayContaining(['A failed logon', 'A logon']),
    );
    expect(raised('acme').filter(({ rule: { id } }) => id.includes('failure') || id.includes('logon'))).toEqual([]);
  });

  it('everything delivered again raises nothing more', async () => {
    const before = correlated('acme').map(({ findingId }) => findingId);
    await world.rewind('detection', 'detect');
    await marker('acme', 'm2.example.test', 310);
    await world.rewind('detection', 'correlate');
    await sayAll('acme', attackOn('ada'));
    await later('acme', 'm3.example.test', 600, 1);
    expect(correlated('acme').map(({ findingId }) => findingId)).toEqual(before);
  });

  it('tenants never meet: half an attack at each is none', async () => {
    const attack = attackOn('bob');
    await sayAll('globex', attack.slice(0, 3));
    await sayAll('initech', attack.slice(3));
    await marker('globex', 'm4.example.test', 300);
    await marker('initech', 'm5.example.test', 300);
    await sayAll('globex', attackOn('eve', 1_000));
    await later('globex', 'm6.example.test', 2_000, 1);
    expect(correlated('globex').map(({ groupKey }) => groupKey)).toEqual(['TargetUserName=eve IpAddress=203.0.113.9']);
    expect(correlated('initech')).toEqual([]);
  });

  it('what comes late, within the lateness, gives the same finding; what comes in a restart too', async () => {
    const [first, second, third, fourth, fifth, success] = attackOn('ada') as [
      TelemetryEnriched,
      TelemetryEnriched,
      TelemetryEnriched,
      TelemetryEnriched,
      TelemetryEnriched,
      TelemetryEnriched,
    ];
    await sayAll('hooli', [second, first, success, fifth]);
    await marker('hooli', 'm7.example.test', 61);
    await world.restart('detection');
    await sayAll('hooli', [fourth, third]);
    await world.restart('detection');
    await later('hooli', 'm8.example.test', 300, 1);
    expect(essence('hooli')).toEqual(essence('acme').map((one) => ({ ...one })));
  });

  it('whoever has the partitions: a second instance comes in the middle, and the first goes', async () => {
    const users = Array.from({ length: 12 }, (_, index) => `user${index}`);
    const attacks = users
      .flatMap((user) => attackOn(user).map((batch, index) => ({ batch, index })))
      .sort((a, b) => a.index - b.index)
      .map(({ batch }) => batch);
    await sayAll('vandelay', attacks.slice(0, 20));
    const second = await world.another('detection');
    await sayAll('vandelay', attacks.slice(20, 40));
    await world.services.detection?.stop();
    await sayAll('vandelay', attacks.slice(40));
    const found = await later('vandelay', 'm12.example.test', 300, users.length);
    await world.restart('detection');
    await second.stop();
    await later('vandelay', 'm13.example.test', 310, users.length);
    expect(
      correlated('vandelay')
        .map(({ groupKey }) => groupKey)
        .sort(),
    ).toEqual(users.map((user) => `TargetUserName=${user} IpAddress=203.0.113.9`).sort());
    expect(
      new Set(found.map(({ occurredAt, windowEnd, events }) => `${occurredAt} ${windowEnd} ${events.length}`)),
    ).toEqual(new Set([`${at} ${at + 60_000} 6`]));
  });

  it('when nothing more comes, time goes on with the clock', async () => {
    await sayAll('umbra', attackOn('ada'));
    await marker('umbra', 'm11.example.test', 60);
    expect(correlated('umbra')).toEqual([]);
    world.clock.advance(LATENESS_MS + 1_000);
    await world.until('the finding', () => correlated('umbra')[0]);
  });

  it('a window is decided at its end', async () => {
    await sayAll('soylent', [batchOf([logon(4999, 'x', 0)]), batchOf([logon(4999, 'x', 1_800)])]);
    await marker('soylent', 'm9.example.test', 3_600);
    await later('soylent', 'm10.example.test', 4_300, 1);
    expect(correlated('soylent')).toMatchObject([
      { rule: { id: 'few' }, groupKey: 'Computer=dc1', windowStart: at, windowEnd: at + HOUR_MS },
    ]);
  });
});
