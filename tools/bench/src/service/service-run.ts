/**
 * One cold run of detection's pipe beside the kernel alone: `node dist/tools/bench/src/service/service-run.js RULES
 * EVENTS SOURCE LIMIT ROUNDS`. Each round times, one after the other: the kernel on the native bytes; the reading of
 * the Avro batches; the whole pipe, from records to findings, its store and broker in memory. Prints the least CPU time
 * of each as JSON.
 */
import { toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { SOURCE_KINDS } from '#libs/rules';
import { openLog, type Out } from '#libs/service';
import type { SourceKind } from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import { defaults } from '../../../../services/detection/src/config.js';
import { readBatch } from '../../../../services/detection/src/telemetry/batch.js';
import { detectPipe } from '../../../../services/detection/src/pipes/detect.js';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import type { LoadedRules } from '../../../../services/detection/src/rules/loaded-rules.js';
import { readRules } from '#libs/rules/loading';
import { enrichedRecords, TOPIC } from './records.js';

const WINDOW_MS = HOUR_MS;

/** Milliseconds of CPU (user and system, all threads) that something takes. */
const cpuMsOf = async (work: () => Promise<void> | void): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** The pipe with a store and a broker that do nothing, newly assigned. @returns findings raised. */
const runPipe = async (rules: LoadedRules, records: readonly InRecord[]): Promise<number> => {
  const sent: OutRecord[] = [];
  const out: Out = {
    send: async (some) => void sent.push(...some),
    record: (tenant, message, envelope) =>
      toRecord(
        { source: 'detection', subject: message.type, time: 0, ...envelope, type: message.type, tenant } as Envelope,
        message,
      ),
    setAside: async (_record, code, sentence) => Promise.reject(new Error(`${code}: ${sentence}`)),
  };
  const store = {
    claimCheckpoint: async () => ({ epoch: 1, checkpoint: undefined }),
    loadCheckpoint: async () => undefined,
    saveCheckpoint: async () => true,
  };
  const pipe = detectPipe({
    store,
    out,
    clock: { now: () => Date.now() },
    log: openLog('detection', 'silent'),
    rules: () => rules,
    windowMs: WINDOW_MS,
    checkpointEveryMs: HOUR_MS,
    mostFindings: defaults.MOST_FINDINGS,
    lateness: { streamedMs: defaults.LATENESS_MS, deliveredMs: defaults.DELIVERED_LATENESS_MS },
    limits: { perRule: Infinity, inAll: Infinity },
    count: () => undefined,
    delayed: () => undefined,
  });
  await pipe.onAssigned?.([{ topic: TOPIC, partition: 0 }]);
  await pipe.handle({ topic: TOPIC, partition: 0, records: [...records], heartbeat: async () => undefined }, out);
  await pipe.stop();
  return sent.filter(({ headers }) => headers.ce_type === 'finding.raised').length;
};

const main = async (): Promise<void> => {
  const [rulesAt = '', events = '', source = 'windows', limit, rounds] = process.argv.slice(2);
  const kind = source as SourceKind;
  const { records, natives } = await enrichedRecords(events, SOURCE_KINDS[kind], Number(limit));
  const rules = await compileRules(readRules(rulesAt), WINDOW_MS);
  const least = { kernel: Infinity, reading: Infinity, pipe: Infinity };
  let [findings, matches] = [0, 0];
  for (let round = 0; round < Number(rounds); round++) {
    least.kernel = Math.min(
      least.kernel,
      await cpuMsOf(() => {
        matches = 0;
        for (const native of natives) matches += rules.set.match({ logsource: kind, native }).length;
      }),
    );
    least.reading = Math.min(
      least.reading,
      await cpuMsOf(() => {
        for (const record of records) readBatch(record);
      }),
    );
    least.pipe = Math.min(
      least.pipe,
      await cpuMsOf(async () => {
        findings = await runPipe(rules, records);
      }),
    );
  }
  const bytes = records.reduce((sum, { value }) => sum + value.length, 0);
  process.stdout.write(
    `${JSON.stringify({ events: natives.length, records: records.length, bytes, matches, findings, cpuMs: least, rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) })}\n`,
  );
  process.exit();
};

void main();
