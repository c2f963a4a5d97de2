/**
 * npm run e2e:clients: the clients that partners run, each in its default configuration against a running collection
 * with a real broker, cut off in the middle and resumed. Builds a small OpenTelemetry Collector from its Go modules
 * first, where Go is installed; what is not installed is said and skipped.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
if (!(await import('./prepare.mjs')).prepare()) process.exit(1);
const { bound } = await import('./bound.mjs');

const BUILDER = 'go.opentelemetry.io/collector/cmd/builder@v0.165.0';
const MANIFEST = 'tools/clients/collector.yaml';
const WITHIN_MS = 30 * 60_000;

const has = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const python = process.env.VIGIE_PYTHON ?? 'python3';

/** The Collector of the manifest, built once; undefined where it cannot be. */
const collector = async () => {
  if (!has('go', 'version')) return undefined;
  const digest = createHash('sha256').update(readFileSync(MANIFEST)).digest('hex').slice(0, 16);
  const folder = resolve('.stack', 'cache', `collector-${digest}`);
  const program = join(folder, 'built', 'otelcol');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  copyFileSync(MANIFEST, join(folder, 'collector.yaml'));
  console.log('building the Collector from its Go modules');
  const args = ['-C', folder, 'run', BUILDER, '--config', 'collector.yaml'];
  return (await bound('go', args, { withinMs: WITHIN_MS })) === 0 && existsSync(program) ? program : undefined;
};

const program = await collector();
/** Who meets us, where, and whether it is here. */
const clients = [
  ['OpenTelemetry Collector (filelog, syslog; otlp, otlphttp, kafka)', 'cli/test/collector.boundary.spec.ts', program],
  [
    '@elastic/elasticsearch, OpenTelemetry SDK (HTTP, gRPC), splunk-logging',
    'services/collection/test/real-clients.boundary.spec.ts',
    true,
  ],
  ['confluent-kafka', 'libs/events/test/confluent.boundary.spec.ts', has(python, '-c', 'import confluent_kafka')],
  ['kafkajs and avsc', 'cli/test/partner.boundary.spec.ts', true],
  [
    'rsyslog, logger',
    'cli/src/partner/shippers/syslog-senders.spec.ts',
    existsSync('/usr/sbin/rsyslogd') && has('logger', '--version'),
  ],
];
for (const [name, spec, isHere] of clients) console.log(`${isHere ? 'meets  ' : 'skipped'}  ${name}  (${spec})`);
console.log('not here: Fluent Bit, Vector, Filebeat and Logstash, whose programs no package registry has');

const specs = clients.filter(([, , isHere]) => isHere).map(([, spec]) => spec);
const env = { ...process.env, NODE_OPTIONS: '--no-warnings', ...(program ? { VIGIE_COLLECTOR: program } : {}) };
const jest = ['node_modules/jest/bin/jest.js', '--runInBand', '--forceExit', '--verbose', '--', ...specs];
process.exit(await bound(process.execPath, jest, { withinMs: WITHIN_MS, stdout: 'inherit', env }));
