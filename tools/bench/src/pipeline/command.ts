import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { countFrom, fromCaller, printJson, say } from '../../../../cli/src/terminal/index.js';
import { Fault } from '#libs/model';
import type { ServiceName } from '#libs/terms';
import { round } from '../figures.js';
import type { KindName } from './kinds.js';
import type { PipelineTask } from './measure-pipeline.js';
import { collected, kindIn, KIND_NAMES, serviceIn, upTo } from './options.js';
import { tell } from './tell.js';

interface PipelineFlags extends Omit<PipelineTask, 'say' | 'idleSeconds' | 'rules' | 'kinds' | 'rates' | 'profiled'> {
  sources: KindName[];
  rate?: number[];
  profile?: ServiceName[];
  rules?: string;
  idle: number;
  json: boolean;
}

const MOST_EVENTS = 200_000;
const MOST_TENANTS = 1_000;

const runPipeline = async ({ json, rules, idle, sources, rate, profile, ...flags }: PipelineFlags): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  // What drives an installation loads the pages of all services: not before it is wanted.
  const { measurePipeline } = await import('./measure-pipeline.js');
  const found = await measurePipeline({
    ...flags,
    kinds: [...new Set(sources)],
    rates: [...new Set(rate)],
    profiled: [...new Set(profile)],
    ...{ idleSeconds: idle, rules: rules === undefined ? undefined : fromCaller(rules), say },
  });
  if (json) printJson({ load, ...found });
  else tell(found);
  if (found.complaints.length > 0) throw new Fault(found.complaints.join('\n'));
};

/** bench pipeline */
export const addPipeline = (bench: Command): void => {
  bench
    .command('pipeline')
    .description(
      'the whole pipeline as processes of its own, from the ingest topic to findings and the lake, and in turn with it the same records echoed through as many hops; ends with 1 when a needle is missing or doubled',
    )
    .option('--events <n>', 'events of a round', upTo(1, MOST_EVENTS), 20_000)
    .option('--rounds <n>', 'rounds of both, after one that warms up', upTo(1, 50), 3)
    .option('--per-record <n>', 'events of a message, as NDJSON: 1, 50, 200', upTo(1, 1_000), 1)
    .option('--needle-every <n>', 'one of so many events fires a rule, and must be found', countFrom(1), 1_000)
    .option('--tenants <n>', 'tenants that take turns', upTo(1, MOST_TENANTS), 1)
    .option(
      '--sources <kinds...>',
      `kinds of source, of each one a tenant: ${KIND_NAMES.join(', ')}`,
      collected(kindIn),
      ['windows' as KindName],
    )
    .option('--steady', 'send while the services work, instead of letting all wait for them', false)
    .option('--rules <path>', 'rules beside our own: a folder, a file or a .tar.gz')
    .option('--no-floor', 'the pipeline alone')
    .option(
      '--rate <n...>',
      'then, at so many events a second: from the sending until the finding; 0 for a single event now and then',
      collected(upTo(0, 20_000)),
    )
    .option('--seconds <n>', 'how long of each rate', upTo(5, 300), 20)
    .option(
      '--profile <service...>',
      'where a service spends its time meanwhile, by function and file',
      collected(serviceIn),
    )
    .option(
      '--idle <seconds>',
      'before the rounds, so long: what it takes when nothing comes; 0 for not at all',
      upTo(0, 600),
      10,
    )
    .option('--json', 'print as JSON', false)
    .action(runPipeline);
};
