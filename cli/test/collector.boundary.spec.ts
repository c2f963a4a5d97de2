import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '#stack';
import { clientsGround, type ClientsGround } from '../../services/collection/test/clients-ground.js';
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
  let ground: ClientsGround<SourceName>;
  let folder: string;
  let running: ChildProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-collector-'));
    ground = await clientsGround(SOURCES);
  });
  afterAll(async () => {
    running?.kill('SIGKILL');
    await ground?.stop();
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
  const arrived = (name: SourceName): Set<string> => ground.arrived(name, /mark-\w+-\d+/g);
  const allArrive = (name: SourceName, ...parts: string[]): Promise<unknown> => {
    const all = parts.flatMap(marksOf);
    return ground.world.until(
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
  otlp_http: { endpoint: "http://127.0.0.1:${ground.relays.http.port}", headers: { Authorization: "Bearer \${env:HTTP_TOKEN}" } }
  otlp_http/syslog: { endpoint: "http://127.0.0.1:${ground.relays.http.port}", headers: { Authorization: "Bearer \${env:SYSLOG_TOKEN}" } }
  otlp_grpc: { endpoint: "127.0.0.1:${ground.relays.grpc.port}", tls: { insecure: true }, headers: { Authorization: "Bearer \${env:GRPC_TOKEN}" } }
  kafka:
    brokers: [${ground.world.stack.partnerBrokers.join()}]
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
    const partner = await addPartner(ground.world.stack, 'acme', 'kafka');
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
      HTTP_TOKEN: ground.tokens.http,
      GRPC_TOKEN: ground.tokens.grpc,
      SYSLOG_TOKEN: ground.tokens.syslog,
      VIGIE_PASSWORD: partner.password,
    });
    await ground.world.until('its syslog port is open', () =>
      sendSyslog('first').then(
        () => true,
        () => false,
      ),
    );
    const names = ['http', 'grpc', 'kafka', 'syslog'] as const;
    for (const name of names) await allArrive(name, 'first');
    ground.relays.http.loseNextAnswer();
    ground.relays.grpc.loseNextAnswer();
    write('lost');
    await sendSyslog('lost');
    await Promise.all([ground.relays.http.close(), ground.relays.grpc.close(), ground.world.stack.killBroker()]);
    write('closed');
    await sendSyslog('closed');
    await ground.world.stack.startBroker();
    await Promise.all([ground.relays.http.open(), ground.relays.grpc.open()]);
    write('after');
    for (const name of names) await allArrive(name, 'first', 'lost', 'closed', ...(name === 'syslog' ? [] : ['after']));
    await killed();
  }, 300_000);

  it('loses nothing as `partner config` prints it, killed in the middle and started again', async () => {
    const url = `http://127.0.0.1:${ground.relays.http.port}`;
    const place = { source: 'stored', url, topic: '', username: '', brokers: [], tls: false, syslog: '', syslogCa: '' };
    const input = join(folder, 'stored');
    mkdirSync(input);
    const config = configOf('collector', place)
      .replace('/var/log/events', input)
      .replace('/var/lib/otelcol', join(folder, 'storage'))
      .replace('service:\n', 'service:\n  telemetry: { metrics: { level: none } }\n');
    const write = (part: string): void => appendFileSync(join(input, 'a.json'), `${lines(part).join('\n')}\n`);
    const begin = (): void => start(config, { VIGIE_TOKEN: ground.tokens.stored });
    begin();
    await ground.world.until('its storage is there', () => running?.exitCode === null);
    write('first');
    await ground.world.until('some of it', () => arrived('stored').size > 0, PATIENCE_MS);
    await ground.relays.http.close();
    write('closed');
    await killed();
    write('stopped');
    await ground.relays.http.open();
    begin();
    await allArrive('stored', 'first', 'closed', 'stopped');
  }, 300_000);
});
