/**
 * Detection with the pipe that keeps findings and without it, in turn, in one process over a broker and a store of its
 * own: `node dist/tools/bench/src/kept/kept-run.js EVENTS PAIRS MOST`. MOST is how many new findings an hour a rule may
 * raise. Every run has a tenant of its own, so that the same telemetry is new to it; the first pair only warms up.
 * Prints the runs as JSON.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TelemetryEnriched } from '#contracts';
import { connectBroker, endOffsets, ensureTopics, groupLag, topicSpecs, type Broker } from '#libs/events';
import { boot, openLog, type Environment } from '#libs/service';
import { SERVICES } from '#libs/terms';
import { keyPair } from '#libs/testing';
import { startStack, until, type Stack } from '#stack';
import { recordOf } from '../service/records.js';
import { gatedDetection } from './gated.js';
import type { KeptRun } from './shares.js';
import { MATCHES_EVERYTHING, telemetryOfHosts } from './telemetry.js';

const FINDINGS = 'vigie.finding.events';
const WITHIN_MS = 300_000;
const EVERY_MS = 20;

interface BenchPlace {
  broker: Broker;
  environment: Environment;
  messages: TelemetryEnriched[];
}

const published = async (broker: Broker): Promise<number> =>
  Object.values(await endOffsets(broker, FINDINGS)).reduce((sum, offset) => sum + Number(offset), 0);

const runOnce = async (
  { broker, environment, messages }: BenchPlace,
  tenant: string,
  keeps: boolean,
): Promise<KeptRun> => {
  const publisher = broker.publisher();
  for (const [index, message] of messages.entries()) await publisher.send([recordOf(tenant, message, index)]);
  await publisher.close();
  const gated = gatedDetection(tenant, keeps);
  const service = await boot(gated.definition, environment, { signals: false });
  try {
    // What a run without keeping has left is kept first: it is no part of this one.
    const caughtUp = async (): Promise<boolean> =>
      (await groupLag(broker, 'vigie.detection.keep')).every(({ lag }) => lag === 0);
    if (keeps) await until('what was left to keep', caughtUp, WITHIN_MS, { everyMs: 500 });
    const before = await published(broker);
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const reach = (pipe: 'detect' | 'keep', count: number): Promise<boolean> =>
      until(`${count} records of ${pipe}`, () => gated.done[pipe] >= count, WITHIN_MS, { everyMs: EVERY_MS });
    gated.open();
    await reach('detect', messages.length);
    const publishedMs = performance.now() - began;
    const findings = (await published(broker)) - before;
    if (keeps) await reach('keep', findings);
    const { user, system } = process.cpuUsage(cpu);
    return { keeps, findings, cpuMs: (user + system) / 1_000, publishedMs, doneMs: performance.now() - began };
  } finally {
    await service.stop();
  }
};

/** The order changes from pair to pair. */
const runPairs = async (place: BenchPlace, pairs: number): Promise<KeptRun[]> => {
  const runs: KeptRun[] = [];
  for (let pair = 0; pair <= pairs; pair += 1)
    for (const keeps of pair % 2 ? [true, false] : [false, true])
      runs.push(await runOnce(place, `pair-${pair}-${keeps ? 'keeping' : 'without'}`, keeps));
  return runs.slice(2);
};

const environmentOf = async (stack: Stack, rules: string, most: string): Promise<Environment> => {
  const { secret, open } = await keyPair('detection');
  return {
    KAFKA_BROKERS: stack.brokers.join(','),
    KAFKA_USERNAME: stack.admin.username,
    KAFKA_PASSWORD: stack.admin.password,
    MONGO_URL: stack.mongoUrl,
    SERVICE_SIGNING_KEY: JSON.stringify(secret),
    TRUSTED_KEYS: JSON.stringify({ keys: [open, ...(await othersOf())] }),
    HEALTH_PORT: '0',
    LOG_LEVEL: 'silent',
    RULES_DIR: rules,
    FINDINGS_PER_RULE: most,
    FINDINGS_IN_ALL: most,
  };
};

const othersOf = async () =>
  (await Promise.all(SERVICES.filter((name) => name !== 'detection').map(keyPair))).map(({ open }) => open);

const main = async (): Promise<void> => {
  const [events = '', pairs = '', most = ''] = process.argv.slice(2);
  const dir = mkdtempSync(join(tmpdir(), 'vigie-kept-'));
  const rules = join(dir, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'everything.yml'), MATCHES_EVERYTHING);
  const stack = await startStack({ dir: join(dir, 'stack') });
  const credentials = { brokers: stack.brokers, ...stack.admin };
  const broker = connectBroker({ ...credentials, clientId: 'bench', log: openLog('bench', 'silent') });
  const runs: KeptRun[] = [];
  try {
    await ensureTopics(broker, topicSpecs({ partitions: 2 }));
    const environment = await environmentOf(stack, rules, most);
    const place: BenchPlace = { broker, environment, messages: await telemetryOfHosts(Number(events)) };
    runs.push(...(await runPairs(place, Number(pairs))));
  } finally {
    await broker.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  process.stdout.write(`${JSON.stringify(runs)}\n`);
  process.exit();
};

void main();
