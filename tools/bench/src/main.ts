import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  countFrom,
  fromCaller,
  print,
  printJson,
  readSource,
  runProgram,
  table,
} from '../../../cli/src/terminal/index.js';
import { makeCorpora } from './corpora.js';
import { addGrowth } from './growth/command.js';
import { addHunts } from './hunts/command.js';
import { addIngest } from './ingest/command.js';
import { addKept } from './kept/command.js';
import { measureSigma, type Measure } from './measure.js';
import { addLives } from './lives/command.js';
import { addMutations } from './mutations/command.js';
import { addOverload } from './overload/command.js';
import { addPipeline } from './pipeline/command.js';
import { addTenants } from './pipeline/tenants-command.js';
import { addReadings } from './readings/command.js';
import { addDifferences, addReferee } from './referee/command.js';
import { addService } from './service/command.js';
import { addStreams } from './streams/command.js';
import { addTruth } from './truth/command.js';

type SigmaFlags = Measure & { json: boolean };

const runSigma = async (flags: SigmaFlags): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  try {
    const found = await measureSigma(flags, dir);
    if (flags.json) return printJson(found);
    const { sigma, sigmaWithFullParse: parsed, peer } = found;
    const row = (name: string, one: Record<string, unknown>): (string | number | null)[] => [
      name,
      ...[
        'eventsPerSecond',
        'ratio',
        'ratioOfCpu',
        'threads2Over1',
        'loadMs',
        'reloadMs',
        'rssMb',
        'workerMb',
        'matches',
      ].map((key) => (one[key] as number | undefined) ?? null),
    ];
    print(
      table(
        ['engine', 'events/s', 'ratio', 'of CPU', 'two threads', 'load ms', 'cached', 'MB', 'a worker', 'matches'],
        [row('libs/sigma', sigma), row('with a full parse', parsed), ...(peer ? [row(peer.name, peer)] : [])],
      ),
    );
    if (!peer) print('without a peer: there is no cargo, or it was not wanted');
    for (const one of found.differences ?? [])
      print(
        `${one.ruleId}: ${one.onlySigma} only libs/sigma, ${one.onlyPeer} only the peer, first on line ${one.exampleLine}`,
      );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const runCorpora = async (from: string, into: string, { json }: { json: boolean }): Promise<void> => {
  const made = await makeCorpora(fromCaller(from), fromCaller(into));
  if (json) return printJson(made);
  print(
    `${made.mixed.events} events in ${made.mixed.file}, ${made.processCreation.events} distinct process creations in ${made.processCreation.file}, ${made.leftOut} lines left out`,
  );
};

const addSigma = (bench: Command): void => {
  bench
    .command('sigma')
    .description(
      'events a second of libs/sigma beside rsigma-eval, in turn and in fresh processes, and where their answers differ',
    )
    .requiredOption('--rules <path>', 'a folder, a file or a .tar.gz of rules')
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--source <name>', 'a kind of source: windows, linux, cloudtrail…', readSource, 'windows')
    .option('--limit <n>', 'so many events, evenly spread over the file', countFrom(1))
    .option('--runs <n>', 'how often each is run; the best counts', countFrom(1), 5)
    .option(
      '--threads <n>',
      'so many threads beside one, each with rules and events of its own; 1 for none',
      countFrom(1),
      2,
    )
    .option('--no-peer', 'measure libs/sigma alone')
    .option('--json', 'print as JSON', false)
    .action(runSigma);
};

const addCorpora = (bench: Command): void => {
  bench
    .command('corpora <from> <into>')
    .description('make mixed.jsonl and process-creation.jsonl from a folder of recordings (zip files of JSON lines)')
    .option('--json', 'print as JSON', false)
    .action(runCorpora);
};

/**
 * Measurements: `sigma` (libs/sigma beside another engine on the same lines), `corpora` (the events it is measured on),
 * and the others by their folders. A measurement runs in fresh processes (`sigma-run.ts`, `peers/`), so that none warms
 * the next.
 */
export const run = (argv: string[]): Promise<void> => {
  const bench = new Command('bench').description('measure').showHelpAfterError().exitOverride();
  addSigma(bench);
  addCorpora(bench);
  addReferee(bench);
  addDifferences(bench);
  addTruth(bench);
  addService(bench);
  addGrowth(bench);
  addKept(bench);
  addLives(bench);
  addMutations(bench);
  addHunts(bench);
  addIngest(bench);
  addOverload(bench);
  addPipeline(bench);
  addTenants(bench);
  addReadings(bench);
  addStreams(bench);
  return runProgram(bench, argv);
};
