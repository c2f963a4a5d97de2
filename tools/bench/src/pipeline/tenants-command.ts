import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { Fault } from '#libs/model';
import { round } from '../figures.js';
import type { KindName } from './kinds.js';
import type { TenantsFigures, TenantsTask } from './measure-tenants.js';
import { collected, kindIn, KIND_NAMES, upTo } from './options.js';

interface TenantsFlags extends Omit<TenantsTask, 'say' | 'kinds'> {
  sources: KindName[];
  json: boolean;
}

const tell = ({ points, noisy }: TenantsFigures): void => {
  print(
    table(
      [
        'tenants',
        'sources',
        'events/s',
        'CPU µs an event',
        'p50 ms',
        'p99 ms',
        'idle: services %',
        'broker %',
        'store %',
      ],
      points.map(({ tenants, sources, eventsPerSecond, cpuMicrosInAll, p50Ms, p99Ms, idlePercent }) => [
        ...[tenants, sources, eventsPerSecond, cpuMicrosInAll, p50Ms ?? null, p99Ms ?? null],
        ...[idlePercent.services, idlePercent.broker, idlePercent.store],
      ]),
    ),
  );
  if (noisy)
    print(
      `${noisy.quietTenants} quiet tenants: p50 ${noisy.alone.p50Ms} ms, p99 ${noisy.alone.p99Ms} ms alone; ${noisy.beside.p50Ms} and ${noisy.beside.p99Ms} ms beside a noisy one${noisy.overBefore ? ', which had ended before them' : ''}`,
    );
};

const runTenants = async ({ json, sources, ...flags }: TenantsFlags): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  // What drives an installation loads the pages of all services: not before it is wanted.
  const { measureTenants } = await import('./measure-tenants.js');
  const sizes = [...new Set(flags.sizes)].sort((a, b) => a - b);
  const found = await measureTenants({ ...flags, sizes, kinds: [...new Set(sources)], say });
  if (json) printJson({ load, ...found });
  else tell(found);
  if (found.complaints.length > 0) throw new Fault(found.complaints.join('\n'));
};

/** bench tenants */
export const addTenants = (bench: Command): void => {
  bench
    .command('tenants')
    .description('what more and more tenants cost the whole pipeline, and what a noisy one costs the others')
    .option('--sizes <n...>', 'so many tenants, one after the other', collected(upTo(1, 1_000)), [1, 10, 100])
    .option('--sources <kinds...>', `of each one a tenant: ${KIND_NAMES.join(', ')}`, collected(kindIn), [
      'windows' as KindName,
    ])
    .option('--events <n>', 'events of a round', upTo(1, 100_000), 20_000)
    .option('--rate <n>', 'events a second of all tenants together, for delays', upTo(10, 10_000), 500)
    .option('--seconds <n>', 'how long of it', upTo(5, 300), 20)
    .option('--json', 'print as JSON', false)
    .action(runTenants);
};
