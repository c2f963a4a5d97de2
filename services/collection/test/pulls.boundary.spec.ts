import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindingRaised, PullAdvanced, PullBegun, PullFailed, TelemetryNormalized } from '#contracts';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { collection } from '../src/collection.module.js';
import { startVendor, type FakeVendor } from './pulls/vendor.js';
import { tenantState } from './tenant-state.js';

const TENANTS = ['acme', 'globex'] as const;
type Tenant = (typeof TENANTS)[number];

/** Two tenants, each with a log at a vendor of its own. */
describe("pulling from vendors' APIs, Kafka in and Kafka out", () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-pulls-'));
  const secrets = join(dir, 'secrets.json');
  const kept: Record<Tenant, string[]> = { acme: [], globex: [] };
  const vendors = {} as Record<Tenant, FakeVendor>;
  const drop = join(dir, 'drop');
  let world: World;

  const keep = (tenant: Tenant, count: number): void => {
    for (let left = count; left > 0; left -= 1) kept[tenant].push(`${tenant}-${kept[tenant].length}`);
  };
  const startLog = (tenant: Tenant): Promise<FakeVendor> =>
    startVendor(({ url, headers }) => {
      if (headers.authorization !== `SSWS token-${tenant}`) return { status: 401 };
      const from = Number(url.searchParams.get('after') ?? 0);
      const published = new Date(world.clock.now()).toISOString();
      const body = kept[tenant].slice(from, from + 1_000).map((uuid) => ({
        uuid,
        published,
        eventType: 'user.session.start',
        actor: { alternateId: `${uuid}@x.example` },
      }));
      const next = `${vendors[tenant].origin}/api/v1/logs?after=${from + body.length}`;
      return { body, headers: { link: `<${next}>; rel="next"` } };
    });
  const saveSecrets = (tokens: Record<Tenant, string>): void => {
    const entries = TENANTS.map((tenant) => [
      tenant,
      { log: { origins: [vendors[tenant].origin], secret: tokens[tenant] } },
    ]);
    writeFileSync(secrets, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600 });
  };
  const configure = (tenant: Tenant) =>
    world.ask(tenant, {
      type: 'pull.configure',
      source: 'okta',
      settings: { vendor: 'okta', baseUrl: vendors[tenant].origin, account: '', secretRef: 'log', include: [] },
    });

  beforeAll(async () => {
    for (const tenant of TENANTS) vendors[tenant] = await startLog(tenant);
    saveSecrets({ acme: 'token-acme', globex: 'of yesterday' });
    world = await startWorld([collection], {
      environment: {
        collection: {
          HTTP_PORT: '0',
          SECRETS_FILE: secrets,
          EGRESS_ALLOW: '127.0.0.1',
          PULL_DIRECTORIES: `acme/drop=${drop}`,
        },
      },
    });
    await ensureTopics(
      world.broker,
      TENANTS.flatMap((tenant) => [ingestTopicSpec(tenant, 'okta'), ingestTopicSpec(tenant, 'edr')]),
    );
    for (const tenant of TENANTS) await world.say(tenant, tenantState(tenant, ['okta', 'OKTA'], ['edr', 'WINDOWS']));
  });
  afterAll(async () => {
    await world?.stop();
    for (const tenant of TENANTS) await vendors[tenant]?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const users = (tenant: Tenant): string[] =>
    world
      .heard<TelemetryNormalized>('telemetry.normalized', tenant)
      .flatMap(({ message }) => message.events.map(({ entity }) => entity));
  const pulledUsers = (tenant: Tenant) => users(tenant).filter((entity) => !entity.includes('dropped'));
  const untilPulled = async (tenant: Tenant): Promise<void> => {
    const wanted = kept[tenant].map((uuid) => `user:${uuid}@x.example`).sort();
    await world.until(`what ${tenant} has`, () => {
      world.clock.advance(1_000);
      return pulledUsers(tenant).length >= wanted.length;
    });
    expect(pulledUsers(tenant).sort()).toEqual(wanted);
  };

  it('is refused where it cannot be', async () => {
    const settings = { vendor: 'okta', baseUrl: 'https://x.example', account: '', secretRef: 'log', include: [] };
    const wrong = (source: string, other: object = {}) =>
      world.ask('acme', { type: 'pull.configure', source, settings: { ...settings, ...other } });
    expect(await wrong('none')).toMatchObject({ outcome: 'REFUSED', code: 'NO_SUCH_SOURCE' });
    expect(await wrong('edr')).toMatchObject({ outcome: 'REFUSED', code: 'WRONG_KIND' });
    expect(await wrong('okta', { vendor: 'none' })).toMatchObject({ outcome: 'REFUSED', code: 'NO_SUCH_VENDOR' });
    expect(await wrong('okta', { baseUrl: 'https://u:p@x.example' })).toMatchObject({ code: 'BAD_ADDRESS' });
  });

  it('becomes events of the source, once each, also when another tenant is let in nowhere', async () => {
    keep('acme', 1_500);
    for (const tenant of TENANTS) expect(await configure(tenant)).toMatchObject({ outcome: 'DONE' });
    await untilPulled('acme');
    const [failed] = await world.until('the failure', () => {
      const found = world.heard<PullFailed>('pull.failed', 'globex');
      return found.length > 0 && found;
    });
    expect(failed?.message).toMatchObject({ source: 'okta', code: 'UNAUTHORIZED' });
    expect(JSON.stringify(failed)).not.toContain('of yesterday');
    const [finding] = await world.until('the finding', () => {
      const found = world.heard<FindingRaised>('finding.raised', 'globex');
      return found.length > 0 && found;
    });
    expect(finding?.message.rule.id).toBe('vigie.pull-failing');
  });

  it('goes on where it was after a restart, once the instance before is surely gone', async () => {
    keep('acme', 30);
    await world.restart('collection');
    world.clock.advance(4 * MINUTE_MS);
    await untilPulled('acme');
    const runs = world.heard<PullBegun>('pull.begun', 'acme').map(({ message: { run } }) => run);
    expect(runs.length).toBe(2);
    const told = () => world.heard<PullAdvanced>('pull.advanced', 'acme').map(({ message: { events } }) => events);
    await world.until('all is told', () => told().length === 3);
    expect(told().reduce((sum, events) => sum + events, 0)).toBe(1_530);
  });

  it('is over by itself when the vendor lets it in', async () => {
    keep('globex', 3);
    saveSecrets({ acme: 'token-acme', globex: 'token-globex' });
    await untilPulled('globex');
    await world.until('the end of the gap', () => world.heard('visibility.gap-ended', 'globex').length > 0);
  });

  it('reads a folder of the installation, of its tenant alone, and on after a restart', async () => {
    const settings = { vendor: 'directory', baseUrl: 'directory://drop', account: '', secretRef: '', include: [] };
    const since = world.clock.now() - 399 * DAY_MS;
    const line = (user: string): string =>
      `${JSON.stringify({ EventID: 4624, Computer: `${user}.x.example`, TargetUserName: user })}\n`;
    const came = (): number => users('acme').filter((entity) => /dropped\d/.test(entity)).length;
    const until = (count: number) =>
      world.until(`${count} of the folder`, () => {
        world.clock.advance(1_000);
        return came() >= count;
      });
    mkdirSync(drop);
    writeFileSync(join(drop, 'a.json'), line('dropped1') + line('dropped2'));
    for (const tenant of TENANTS)
      expect(await world.ask(tenant, { type: 'pull.configure', source: 'edr', settings, since })).toMatchObject({
        outcome: 'DONE',
      });
    expect(
      await world.ask('acme', {
        type: 'pull.configure',
        source: 'edr',
        settings: { ...settings, baseUrl: 'directory:///etc' },
      }),
    ).toMatchObject({ code: 'BAD_ADDRESS' });
    await until(2);
    await world.until('the other tenant is refused', () =>
      world.heard<PullFailed>('pull.failed', 'globex').some(({ message }) => message.code === 'NO_FOLDER'),
    );
    await world.restart('collection');
    appendFileSync(join(drop, 'a.json'), line('dropped3'));
    world.clock.advance(4 * MINUTE_MS);
    await until(3);
    expect(came()).toBe(3);
    for (const tenant of TENANTS) await world.ask(tenant, { type: 'pull.remove', source: 'edr' });
  });

  it('ends when it is removed', async () => {
    expect(await world.ask('acme', { type: 'pull.remove', source: 'okta' })).toMatchObject({ outcome: 'DONE' });
    expect(await world.ask('acme', { type: 'pull.remove', source: 'okta' })).toMatchObject({ code: 'NOT_PULLED' });
    const pulled = () => vendors.acme.asked.length;
    const shown = async () => {
      const view = world.services.collection!.runtime.store.view('pull-source').for('acme');
      return (await view.get('okta')) === undefined;
    };
    await world.until('it is shown as removed', shown);
    const before = pulled();
    world.clock.advance(10 * MINUTE_MS);
    keep('globex', 1);
    await untilPulled('globex');
    expect(pulled() - before).toBeLessThanOrEqual(1);
  });

  it('ends with its source', async () => {
    const by = { subject: 'ada', side: 'PROVIDER' } as const;
    await world.say('globex', { type: 'tenant.source-removed', source: 'okta', by, at: world.clock.now() });
    await world.until('it is removed', () => world.heard('pull.removed', 'globex').length > 0);
  });
});
