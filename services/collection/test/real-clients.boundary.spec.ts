import { createRequire } from 'node:module';
import { Client } from '@elastic/elasticsearch';
import { OTLPLogExporter as GrpcExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type LogRecordExporter,
  type ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import { clientsGround, type ClientsGround } from './clients-ground.js';

/** Splunk's own, which says no types. */
interface HecLogger {
  error: (error: Error) => void;
  send(context: object, done: (error: Error | null, response: unknown, body: { code?: number }) => void): void;
}
const { Logger } = createRequire(__filename)('splunk-logging') as { Logger: new (config: object) => HecLogger };

const SOURCES = ['elastic', 'json', 'protobuf', 'grpc', 'hec'] as const;
type ClientName = (typeof SOURCES)[number];
const MANY = 40;

/** What a client sends, each of them once. */
const marks = (name: ClientName, part: string): string[] =>
  Array.from({ length: MANY }, (_, at) => `mark-${name}-${part}-${at}`);

describe('clients that people run, in their default configuration', () => {
  let ground: ClientsGround<ClientName>;
  beforeAll(async () => {
    ground = await clientsGround(SOURCES);
  });
  afterAll(async () => ground?.stop());

  /** Marks that became events of a source. */
  const arrived = (name: ClientName): Set<string> => ground.arrived(name, /mark-\w+-\w+-\d+/g);
  const allArrive = (name: ClientName, sent: string[]): Promise<unknown> =>
    ground.world.until(`all that ${name} sent`, () => sent.every((mark) => arrived(name).has(mark)));

  const url = (kind: 'http' | 'grpc' = 'http'): string => `http://127.0.0.1:${ground.relays[kind].port}`;

  it('@elastic/elasticsearch: a lost answer and a closed door lose nothing, for it sends again', async () => {
    const client = new Client({ node: url(), auth: { bearer: ground.tokens.elastic } });
    const bulk = (part: string) =>
      client.helpers.bulk({
        datasource: marks('elastic', part).map((message) => ({ '@timestamp': new Date().toISOString(), message })),
        onDocument: () => ({ create: { _index: 'logs-elastic-default' } }),
      });
    expect(await client.ping()).toBe(true);
    expect(await bulk('first')).toMatchObject({ successful: MANY, failed: 0 });
    ground.relays.http.loseNextAnswer();
    expect(await bulk('lost')).toMatchObject({ successful: MANY, failed: 0 });
    await ground.relays.http.close();
    await expect(client.ping({}, { maxRetries: 0 })).rejects.toThrow();
    await ground.relays.http.open();
    expect(await bulk('after')).toMatchObject({ successful: MANY, failed: 0 });
    await allArrive('elastic', [
      ...marks('elastic', 'first'),
      ...marks('elastic', 'lost'),
      ...marks('elastic', 'after'),
    ]);
    await client.close();
  });

  /** Log records as an application makes them. */
  const recordsOf = (bodies: string[]): ReadableLogRecord[] => {
    const memory = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: memory })] });
    for (const body of bodies) provider.getLogger('app').emit({ body });
    return memory.getFinishedLogRecords();
  };
  const isExported = (exporter: LogRecordExporter, bodies: string[]): Promise<boolean> =>
    new Promise((done) => {
      exporter.export(recordsOf(bodies), ({ code }) => done(code === 0));
    });
  const exporterOf = (name: ClientName, Exporter: new (config: object) => LogRecordExporter, to: string) => {
    process.env.OTEL_EXPORTER_OTLP_LOGS_HEADERS = `authorization=${encodeURIComponent(`Bearer ${ground.tokens[name]}`)}`;
    const exporter = new Exporter({ url: to });
    delete process.env.OTEL_EXPORTER_OTLP_LOGS_HEADERS;
    return exporter;
  };

  it.each([
    ['json', JsonExporter],
    ['protobuf', ProtobufExporter],
  ] as const)('OpenTelemetry over HTTP as %s: it sends again by itself', async (name, Exporter) => {
    const exporter = exporterOf(name, Exporter, `${url()}/v1/logs`);
    expect(await isExported(exporter, marks(name, 'first'))).toBe(true);
    ground.relays.http.loseNextAnswer();
    expect(await isExported(exporter, marks(name, 'lost'))).toBe(true);
    await allArrive(name, [...marks(name, 'first'), ...marks(name, 'lost')]);
    await exporter.shutdown();
  });

  it('OpenTelemetry over gRPC: what it is not told of it says, and takes again', async () => {
    const exporter = exporterOf('grpc', GrpcExporter, url('grpc'));
    expect(await isExported(exporter, marks('grpc', 'first'))).toBe(true);
    ground.relays.grpc.loseNextAnswer();
    expect(await isExported(exporter, marks('grpc', 'lost'))).toBe(false);
    await ground.relays.grpc.close();
    expect(await isExported(exporter, marks('grpc', 'closed'))).toBe(false);
    await ground.relays.grpc.open();
    await ground.world.until('it connects again', () => isExported(exporter, marks('grpc', 'closed')));
    expect(await isExported(exporter, marks('grpc', 'lost'))).toBe(true);
    await allArrive('grpc', [...marks('grpc', 'first'), ...marks('grpc', 'lost'), ...marks('grpc', 'closed')]);
    await exporter.shutdown();
  });

  it('splunk-logging: an event whose answer was lost is told, and taken again', async () => {
    const logger = new Logger({ token: ground.tokens.hec, url: url() });
    const told: Error[] = [];
    logger.error = (error) => void told.push(error);
    const send = (message: string): Promise<number | undefined> =>
      new Promise((done) => {
        logger.send({ message }, (error, _response, body) => done(error ? undefined : body.code));
      });
    const [first = '', lost = '', after = ''] = marks('hec', 'one');
    expect(await send(first)).toBe(0);
    ground.relays.http.loseNextAnswer();
    expect(await send(lost)).toBeUndefined();
    expect(told).toHaveLength(1);
    for (const mark of [lost, after]) expect(await send(mark)).toBe(0);
    await allArrive('hec', [first, lost, after]);
  });
});
