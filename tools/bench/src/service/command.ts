import type { Command } from 'commander';
import type { SourceKind } from '#libs/sigma';
import { countFrom, fromCaller, print, printJson, readSource, say } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';

type ServiceFlags = { rules: string; events: string; source: SourceKind; limit: number; rounds: number; json: boolean };
type ServiceFigures = {
  events: number;
  records: number;
  bytes: number;
  matches: number;
  findings: number;
  cpuMs: { kernel: number; reading: number; pipe: number };
  rssMb: number;
};

const PROGRAM = 'dist/tools/bench/src/service/service-run.js';

/** CPU time an event, in microseconds, and the kernel's part of the whole. */
export const serviceFigures = ({ events, records, bytes, matches, findings, cpuMs, rssMb }: ServiceFigures) => {
  const each = (ms: number): number => round((ms * 1_000) / events, 2);
  return {
    events,
    records,
    bytesPerEvent: Math.round(bytes / events),
    matches,
    findings,
    rssMb,
    cpuMicrosPerEvent: { kernel: each(cpuMs.kernel), reading: each(cpuMs.reading), pipe: each(cpuMs.pipe) },
    eventsPerCpuSecond: {
      kernel: Math.round((events / cpuMs.kernel) * 1_000),
      pipe: Math.round((events / cpuMs.pipe) * 1_000),
    },
    engineShare: round(cpuMs.kernel / cpuMs.pipe),
  };
};

const runService = async (flags: ServiceFlags): Promise<void> => {
  say(`${flags.limit} events at most, ${flags.rounds} rounds`);
  const ran = await runProgram<ServiceFigures>(PROGRAM, [
    fromCaller(flags.rules),
    fromCaller(flags.events),
    flags.source,
    String(flags.limit),
    String(flags.rounds),
  ]);
  const found = serviceFigures(ran);
  if (flags.json) return printJson(found);
  const {
    cpuMicrosPerEvent: { kernel, reading, pipe },
    engineShare,
  } = found;
  print(
    `${found.events} events in ${found.records} Avro batches, ${found.matches} matches, ${found.findings} findings`,
  );
  print(
    `CPU an event: ${pipe} µs from batch to findings, of which reading the batch ${reading} µs; the kernel alone ${kernel} µs (${Math.round(engineShare * 100)} %)`,
  );
};

/** bench service */
export const addService = (bench: Command): void => {
  bench
    .command('service')
    .description(
      'CPU an event inside detection: bytes of Avro batches in, findings out, store and broker in memory; beside the kernel alone',
    )
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--rules <path>', 'a folder, a file or a .tar.gz of rules', 'rules')
    .option('--source <name>', 'the kind of source the events are of', readSource, 'windows')
    .option('--limit <n>', 'the first so many events', countFrom(1), 50_000)
    .option('--rounds <n>', 'how often each is run; the least CPU time counts', countFrom(1), 5)
    .option('--json', 'print as JSON', false)
    .action(runService);
};
