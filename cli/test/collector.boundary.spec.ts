import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TelemetryNormalized } from '#contracts';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { freePorts } from '#stack';
import { collection } from '../../services/collection/src/collection.module.js';
import { relayTo, type ClientRelay } from '../../services/collection/test/relay.js';
import { tenantState } from '../../services/collection/test/tenant-state.js';
import { addPartner } from '../src/kafka/partner.js';
import { configOf } from '../src/partner/shippers/index.js';

/** The OpenTelemetry Collector that `npm run e2e:clients` builds. */
const PROGRAM = process.env.VIGIE_COLLECTOR ?? '';
const SOURCES = ['http', 'grpc', 'kafka', 'syslog', 'stored'] as const;
type SourceName = (typeof SOURCES)[number];
const LINES = 500;
const PATIENCE_MS = 120_000;

const lines = (part: string): string[] =>
  Array.from({ length: LINES }, (_, at) => `<38>1 2026-11-02T09:00:00Z web1 app 7 - - mark-${part}-${at} came`);
const marksOf = (part: string): string[] => Array.from({ length: LINES }, (_, at) => `mark-${part}-${at}`);

(PROGRAM ? describe : describe.skip)('the OpenTelemetry Collector (skipped where VIGIE_COLLECTOR names none)', () => {
  let world: World;
  let folder: string;
  let relays: { http: ClientRelay; grpc: ClientRelay };
  let tokens: Record<string, string>;
  let running: ChildProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-collector-'));
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] };
    const tokenFor = async (source: string): Promise<[string, string]> => [
      source,
      await new SignJWT({ sources: [source] })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
        .setIssuer('urn:partner:acme')
        .setSubject('collector@acme')
        .setAudience('vigie')
        .setExpirationTime('30m')
        .sign(pair.privateKey),
    ];
    tokens = Object.fromEntries(await Promise.all(SOURCES.map(tokenFor)));
    const [http, grpc] = await freePorts(2);
    world = await startWorld([collection], {
      clock: 'real',
      environment: {
        collection: {
          HTTP_PORT: String(http),
          OTLP_GRPC_PORT: String(grpc),
          LISTEN_HOST: '127.0.0.1',
          TOKEN_ISSUERS: JSON.stringify([{ issuer: 'urn:partner:*', side: 'PARTNER', jwks }]),
        },
      },
    });
    await ensureTopics(
      world.broker,
      SOURCES.map((source) => ingestTopicSpec('acme', source)),
    );
    await world.say('acme', tenantState('acme', ...SOURCES.map((one): [string, 'LINUX'] => [one, 'LINUX'])));
    relays = { http: await relayTo(http ?? 0), grpc: await relayTo(grpc ?? 0) };
  });
  afterAll(async () => {
    running?.kill('SIGKILL');
    await Promise.all([relays?.http.close(), relays?.grpc.close()]);
    await world?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (config: string, env: Record<string, string> = {}): void => {
    const path = join(folder, 'collector.yaml');
    writeFileSync(path, config);
    running = spawn(PROGRAM, ['--config', path], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
  };
  const killed = async (): Promise<void> => {
    const ended = new Promise((done) => running?.once('exit', done));
    running?.kill('SIGKILL');
    await ended;
  };
  const arrived = (name: SourceName): Set<string> =>
    new Set(
      world
        .heard<TelemetryNormalized>('telemetry.normalized', 'acme')
        .filter(({ message }) => message.source === name)
        .flatMap(({ message }) => message.events)
        .flatMap(({ native }) => String(native).match(/mark-\w+-\d+/g) ?? []),
    );
  const allArrive = (name: SourceName, ...parts: string[]): Promise<unknown> => {
    const all = parts.flatMap(marksOf);
    return world.until(
      `all that the Collector sent to ${name}`,
      () => {
        const here = arrived(name);
        return all.every((mark) => here.has(mark));
      },
      PATIENCE_MS,
    );
  };
  const exporters = ({ username, topic }: { username: string; topic: string }, syslog: string): string => `
receivers:
  file_log: { include: [${folder}/in.log], start_at: beginning }
  syslog: { tcp: { listen_address: "${syslog}" }, protocol: rfc5424 }
exporters:
  otlp_http: { endpoint: "http://127.0.0.1:${relays.http.port}", headers: { Authorization: "Bearer \${env:HTTP_TOKEN}" } }
  otlp_http/syslog: { endpoint: "http://127.0.0.1:${relays.http.port}", headers: { Authorization: "Bearer \${env:SYSLOG_TOKEN}" } }
  otlp_grpc: { endpoint: "127.0.0.1:${relays.grpc.port}", tls: { insecure: true }, headers: { Authorization: "Bearer \${env:GRPC_TOKEN}" } }
  kafka:
    brokers: [${world.stack.partnerBrokers.join()}]
    logs: { topic: ${topic} }
    auth: { sasl: { mechanism: SCRAM-SHA-512, username: ${username}, password: "\${env:VIGIE_PASSWORD}" } }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    logs/http: { receivers: [file_log], exporters: [otlp_http] }
    logs/grpc: { receivers: [file_log], exporters: [otlp_grpc] }
    logs/kafka: { receivers: [file_log], exporters: [kafka] }
    logs/syslog: { receivers: [syslog], exporters: [otlp_http/syslog] }
`;

  it('loses nothing by its default exporters while the network is cut and the broker killed', async () => {
    const partner = await addPartner(world.stack, 'acme', 'kafka');
    const [syslogPort = 0] = await freePorts(1);
    const input = join(folder, 'in.log');
    const write = (part: string): void => appendFileSync(input, `${lines(part).join('\n')}\n`);
    const sendSyslog = (part: string): Promise<void> =>
      new Promise((done, fail) => {
        const socket = connect(syslogPort, '127.0.0.1', () => socket.end(`${lines(part).join('\n')}\n`));
        socket.on('error', fail).on('close', () => done());
      });
    write('first');
    start(exporters(partner, `127.0.0.1:${syslogPort}`), {
      HTTP_TOKEN: tokens.http ?? '',
      GRPC_TOKEN: tokens.grpc ?? '',
      SYSLOG_TOKEN: tokens.syslog ?? '',
      VIGIE_PASSWORD: partner.password,
    });
    await world.until('its syslog port is open', () =>
      sendSyslog('first').then(
        () => true,
        () => false,
      ),
    );
    const names = ['http', 'grpc', 'kafka', 'syslog'] as const;
    for (const name of names) await allArrive(name, 'first');
    relays.http.loseNextAnswer();
    relays.grpc.loseNextAnswer();
    write('lost');
    await sendSyslog('lost');
    await Promise.all([relays.http.close(), relays.grpc.close(), world.stack.killBroker()]);
    write('closed');
    await sendSyslog('closed');
    await world.stack.startBroker();
    await Promise.all([relays.http.open(), relays.grpc.open()]);
    write('after');
    for (const name of names) await allArrive(name, 'first', 'lost', 'closed', ...(name === 'syslog' ? [] : ['after']));
    await killed();
  }, 300_000);

  it('loses nothing as `partner config` prints it, killed in the middle and started again', async () => {
    const url = `http://127.0.0.1:${relays.http.port}`;
    const place = { source: 'stored', url, topic: '', username: '', brokers: [], tls: false, syslog: '', syslogCa: '' };
    const input = join(folder, 'stored');
    mkdirSync(input);
    const config = configOf('collector', place)
      .replace('/var/log/events', input)
      .replace('/var/lib/otelcol', join(folder, 'storage'))
      .replace('service:\n', 'service:\n  telemetry: { metrics: { level: none } }\n');
    const write = (part: string): void => appendFileSync(join(input, 'a.json'), `${lines(part).join('\n')}\n`);
    const begin = (): void => start(config, { VIGIE_TOKEN: tokens.stored ?? '' });
    begin();
    await world.until('its storage is there', () => running?.exitCode === null);
    write('first');
    await world.until('some of it', () => arrived('stored').size > 0, PATIENCE_MS);
    await relays.http.close();
    write('closed');
    await killed();
    write('stopped');
    await relays.http.open();
    begin();
    await allArrive('stored', 'first', 'closed', 'stopped');
  }, 300_000);
});
