import { createServer } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TelemetryNormalized, TelemetryReceived, TenantState } from '#contracts';
import { encode, ensureTopics, readDeadLetter, receiptsTopicSpec, toRetry } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { collection } from '../src/collection.module.js';
import type { PartnerReceipt } from '../src/domain/partner-receipt.js';
import type { ReceiptPage } from '../src/domain/receipt-page.js';
import { tenantState } from './tenant-state.js';

const event = (host: string, id = 1): string =>
  JSON.stringify({ Hostname: host, EventID: id, Channel: 'Security', TimeCreated: '2026-11-02T09:00:00Z' });

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

describe('collection, Kafka in and Kafka out', () => {
  let world: World;
  let url: string;
  let token: (tenant: string) => Promise<string>;

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    const issuers = [
      {
        issuer: 'urn:partner:*',
        side: 'PARTNER',
        jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] },
      },
    ];
    token = (tenant) =>
      new SignJWT({ sources: ['edr'] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
        .setIssuer(`urn:partner:${tenant}`)
        .setSubject(`edr@${tenant}`)
        .setAudience('vigie')
        .setExpirationTime('5m')
        .sign(pair.privateKey);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    world = await startWorld([collection], {
      clock: 'real',
      environment: {
        collection: { HTTP_PORT: String(port), LISTEN_HOST: '127.0.0.1', TOKEN_ISSUERS: JSON.stringify(issuers) },
      },
    });
    const acme = tenantState('acme', ['edr', 'WINDOWS'], ['cloud', 'AWS_CLOUDTRAIL'], ['own', 'CONTRACT']);
    await ensureTopics(world.broker, [receiptsTopicSpec('acme', 'edr')]);
    await world.say('acme', {
      ...acme,
      sources: acme.sources.map((one) => ({ ...one, receipts: one.name === 'edr' })),
    });
    await world.say('globex', tenantState('globex', ['edr', 'WINDOWS'], ['own', 'CONTRACT']));
  });
  afterAll(async () => world?.stop());

  const events = (tenant: string) =>
    world
      .heard<TelemetryNormalized>('telemetry.normalized', tenant)
      .flatMap(({ message }) => message.events.map((one) => ({ source: message.source, ...one })));
  const ids = (tenant: string): string[] => [...new Set(events(tenant).map(({ id }) => id))].sort();
  const hosts = (tenant: string): string[] => [...new Set(events(tenant).map(({ entity }) => entity))].sort();
  /** What a partner is told on its own topic. */
  const told = async (): Promise<PartnerReceipt[]> => {
    const found: PartnerReceipt[] = [];
    const consumption = world.broker.consume({
      topics: ['receipts.acme.edr'],
      handle: async ({ records }) =>
        void found.push(...records.map(({ value }) => JSON.parse(String(value)) as PartnerReceipt)),
    });
    await consumption.ready();
    await consumption.stop();
    return found;
  };
  const asked = async (tenant: string, path: string) => {
    const response = await fetch(`${url}/v1/receipts/${path}`, {
      headers: { authorization: `Bearer ${await token(tenant)}` },
    });
    return { status: response.status, ...((await response.json()) as Partial<ReceiptPage>) };
  };
  const sum = (receipts: PartnerReceipt[] = [], field: 'accepted' | 'dead') =>
    receipts.reduce((total, one) => total + one[field], 0);
  const post = async (tenant: string, body: string) =>
    fetch(`${url}/v1/ingest/edr`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${await token(tenant)}` },
    });

  it('makes events of what partners publish, each tenant for itself', async () => {
    await world.ingest('acme', 'edr', `${event('WS1')}\n${event('WS2')}`);
    await world.ingest(
      'acme',
      'cloud',
      '{"Records":[{"eventName":"StopLogging","eventTime":"2026-11-02T09:00:00Z","userIdentity":{"arn":"arn:a"}}]}',
    );
    await world.ingest('globex', 'edr', event('WS9'));
    await world.until('four events', () => ids('acme').length === 3 && ids('globex').length === 1);
    expect(hosts('acme')).toEqual(['cloud-principal:arn:a', 'host:ws1', 'host:ws2']);
    expect(hosts('globex')).toEqual(['host:ws9']);
    expect(events('acme').find(({ source }) => source === 'cloud')).toMatchObject({
      ocsf: { api: { operation: 'StopLogging' } },
    });
  });

  it('sets aside what is no event, with a reason, and goes on', async () => {
    const known = ids('acme').length;
    await world.ingest('acme', 'edr', `${event('WS1')}\n{broken\n${event('WS1')}`);
    await world.ingest('acme', 'edr', Buffer.from(event('WS1'), 'utf16le'));
    await world.ingest('acme', 'edr', event('WS1'));
    await world.until('what was good', () => ids('acme').length === known + 3);
    const letters = await world.until(
      'two dead letters',
      () => world.deadLetters('collection').length >= 2 && world.deadLetters('collection'),
    );
    expect(letters.map(({ headers }) => [headers.dead_tenant, headers.dead_code]).sort()).toEqual([
      ['acme', 'NOT_JSON'],
      ['acme', 'WRONG_ENCODING'],
    ]);
    expect(letters.map(({ value }) => String(value))).toContain('{broken');
  });

  it('gives receipts that add up', async () => {
    const receipts = await world.until('receipts of all messages', () => {
      const said = world
        .heard<TelemetryReceived>('telemetry.received', 'acme')
        .map(({ message }) => message)
        .filter(({ source }) => source === 'edr');
      return said.reduce((sum, { messages }) => sum + messages, 0) === 4 && said;
    });
    expect(receipts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(5);
    expect(receipts.reduce((sum, { dead }) => sum + dead, 0)).toBe(2);
    expect(
      receipts
        .flatMap(({ losses }) => losses ?? [])
        .map(({ code, count, examples }) => [code, count, examples[0]?.index])
        .sort(),
    ).toEqual([
      ['NOT_JSON', 1, 1],
      ['WRONG_ENCODING', 1, 0],
    ]);
  });

  it('tells a partner that wants them, on its own topic and over HTTP, and no other tenant', async () => {
    const all = await world.until('receipts on the topic', async () => {
      const found = await told();
      return sum(found, 'accepted') === 5 && found;
    });
    expect(sum(all, 'dead')).toBe(2);
    expect(all.flatMap(({ losses }) => losses.map(({ code }) => code)).sort()).toEqual(['NOT_JSON', 'WRONG_ENCODING']);
    const page = await world.until('receipts over HTTP', async () => {
      const found = await asked('acme', 'edr');
      return sum(found.receipts, 'accepted') === 5 && found;
    });
    expect(page).toMatchObject({ status: 200, more: false });
    expect(await asked('acme', `edr?after=${page.cursor ?? ''}`)).toMatchObject({ receipts: [], cursor: page.cursor });
    expect((await asked('globex', 'edr')).receipts).toMatchObject([{ accepted: 1, dead: 0 }]);
    expect((await asked('acme', 'cloud')).status).toBe(403);
    expect((await asked('nobody', 'edr')).status).toBe(403);
    expect((await asked('acme', 'edr?after=x')).status).toBe(400);
    expect((await fetch(`${url}/v1/receipts/edr`)).status).toBe(401);
  });

  it('acknowledges over HTTP what then becomes events', async () => {
    const response = await post('acme', `${event('HTTP1')}\n${event('HTTP2')}\n`);
    expect([response.status, await response.json()]).toEqual([202, { accepted: 2, bytes: expect.any(Number) }]);
    await world.until('events that came over HTTP', () => hosts('acme').includes('host:http2'));
    expect(hosts('globex')).not.toContain('host:http2');
  });

  it('refuses a token of a tenant it does not serve', async () => {
    expect((await post('nobody', event('X'))).status).toBe(403);
  });

  it('takes what partners have normalised in our contract, each tenant for itself, and says so of anything else', async () => {
    const value = (host: string, nativeKind?: 'LINUX'): Buffer =>
      encode({
        type: 'telemetry.submitted',
        occurredAt: Date.UTC(2026, 10, 2, 9),
        entity: { kind: 'host', value: host },
        ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: 'Process launched' },
        native: Buffer.from('{"a":1}'),
        ...(nativeKind ? { nativeKind } : {}),
      } as Parameters<typeof encode>[0]);
    for (const one of [value('OWN1'), value('OWN2', 'LINUX'), '{"a":1}']) await world.ingest('acme', 'own', one);
    await world.ingest('globex', 'own', value('OWN1'));
    const arrived = () => hosts('acme').filter((host) => host.startsWith('host:own')).length;
    await world.until('what was submitted', () => arrived() === 2 && hosts('globex').includes('host:own1'));
    const submitted = ['acme', 'globex'].flatMap((tenant) =>
      world
        .heard<TelemetryNormalized>('telemetry.normalized', tenant)
        .filter(({ message }) => message.source === 'own')
        .flatMap(({ message: { kind, events } }) => events.map(({ entity }) => [tenant, kind, entity])),
    );
    expect(submitted.sort()).toEqual([
      ['acme', 'CONTRACT', 'host:own1'],
      ['acme', 'LINUX', 'host:own2'],
      ['globex', 'CONTRACT', 'host:own1'],
    ]);
    const letter = await world.until('the dead letter', () =>
      world.deadLetters('collection').find(({ headers }) => headers.dead_code === 'NOT_FRAMED'),
    );
    expect(letter.headers).toMatchObject({
      dead_tenant: 'acme',
      dead_sentence: expect.stringContaining('This is JSON'),
    });
  });

  it('gives the same events when everything is delivered once more', async () => {
    const before = { acme: ids('acme'), globex: ids('globex') };
    await world.rewind('collection', 'normaliser');
    await world.ingest('globex', 'edr', event('LAST'));
    await world.until('the last event', () => hosts('globex').includes('host:last'));
    await world.until('the repeated dead letters', () => world.deadLetters('collection').length >= 6);
    expect(ids('acme')).toEqual(before.acme);
    expect(ids('globex')).toHaveLength(before.globex.length + 1);
    const letterIds = new Set(world.deadLetters('collection').map(({ headers }) => headers['original.eventid']));
    expect(letterIds.size).toBe(3);
  });

  it('takes a dead letter back once its source is known', async () => {
    const state: TenantState = {
      ...tenantState('acme', ['edr', 'WINDOWS'], ['cloud', 'AWS_CLOUDTRAIL'], ['ids', 'UNKNOWN'], ['own', 'CONTRACT']),
      version: 2,
    };
    await world.say('acme', state);
    await world.ingest(
      'acme',
      'ids',
      '{"event_type":"alert","src_ip":"10.0.0.7","dest_ip":"203.0.113.1","timestamp":"2026-11-02T09:00:00Z"}',
    );
    const letter = await world.until('the dead letter', () =>
      world.deadLetters('collection').find(({ headers }) => headers.dead_code === 'UNKNOWN_SOURCE'),
    );
    const known: TenantState = {
      ...state,
      version: 3,
      sources: state.sources.map((one) => (one.name === 'ids' ? { ...one, kind: 'SURICATA' } : one)),
    };
    await world.say('acme', known);
    const found = () => events('acme').find(({ entity }) => entity === 'ip:10.0.0.7');
    await world.until('its event', async () => {
      await world.publisher.send([toRetry(readDeadLetter(letter))]);
      return world.until('the event', found, 2_000).catch(() => undefined);
    });
    expect(found()).toMatchObject({ id: letter.headers['original.eventid'], source: 'ids' });
  });

  it('reads a source that was registered later', async () => {
    const later: TenantState = { ...tenantState('globex', ['edr', 'WINDOWS'], ['ids', 'SURICATA']), version: 2 };
    await world.say('globex', later);
    await world.ingest(
      'globex',
      'ids',
      '{"event_type":"alert","src_ip":"203.0.113.1","dest_ip":"10.0.0.1","timestamp":"2026-11-02T09:00:00Z"}',
    );
    await world.until('its event', () => hosts('globex').includes('ip:10.0.0.1'));
  });
});
