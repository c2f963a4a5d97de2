import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { countFrom, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { PARSERS } from '../mutations/parsers.js';
import { runProgram } from '../runs.js';
import { WAYS } from './bodies.js';
import type { IngestFigures } from './measure-ingest.js';

type IngestFlags = { events: number; rounds: number; parser?: string[]; json: boolean };

/** What has a way in of its own has no other. */
const MEASURED = PARSERS.filter(({ door }) => door === undefined);

const PROGRAM = 'dist/tools/bench/src/ingest/ingest-run.js';

const rounded = (one: IngestFigures): IngestFigures => ({
  ...one,
  floorUs: round(one.floorUs),
  ways: one.ways.map((way) => ({
    ...way,
    cpuUs: round(way.cpuUs, 1),
    ratio: round(way.ratio, 1),
    eventsPerCpuSecond: Math.round(way.eventsPerCpuSecond),
  })),
});

const tell = (found: readonly IngestFigures[]): void => {
  print(
    table(
      ['lines of', 'bytes', 'floor µs', ...WAYS],
      found.map(({ parser, events, bytes, floorUs, ways }) => [
        ...[parser, Math.round(bytes / events), floorUs],
        ...ways.map(({ cpuUs, ratio, dead }) => `${cpuUs} (${ratio}x)${dead > 0 ? ` ${dead} dead` : ''}`),
      ]),
    ),
  );
  print(
    'µs of CPU an event from its bytes to Avro, and how many times that of reading and JSON.parse of the same bytes',
  );
};

const runIngest = async ({ events, rounds, parser: names, json }: IngestFlags): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  const found: IngestFigures[] = [];
  for (const { name } of MEASURED.filter((one) => names === undefined || names.includes(one.name))) {
    say(`${name}: ${events} events, ${rounds} rounds of ${WAYS.length} ways and the floor`);
    found.push(rounded(await runProgram<IngestFigures>(PROGRAM, [name, events, rounds].map(String))));
  }
  if (json) return printJson({ load, parsers: found });
  tell(found);
  print(`load at the beginning: ${load}`);
};

/** bench ingest */
export const addIngest = (bench: Command): void => {
  bench
    .command('ingest')
    .description(
      'CPU of an event by every way in, from the bytes on the wire to batches in Avro, beside reading and parsing the same bytes in the same run',
    )
    .option('--events <n>', 'events of a round', countFrom(1), 2_000)
    .option('--rounds <n>', 'rounds that count, after one that warms up; of each way the least', countFrom(1), 7)
    .option('--parser <name...>', `some of them: ${MEASURED.map(({ name }) => name).join(', ')}`)
    .option('--json', 'print as JSON', false)
    .action(runIngest);
};
