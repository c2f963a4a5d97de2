import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { Fault } from '#libs/model';
import { countFrom, print, printJson } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import type { OverloadFigures } from './measure-overload.js';

const tell = ({ loud, calm, collection, ...one }: OverloadFigures): void => {
  const wait = ({ p50Ms, p99Ms }: { p50Ms: number | undefined; p99Ms: number | undefined }): string =>
    `${p50Ms ?? '-'}/${p99Ms ?? '-'} ms`;
  print(`${one.offeredPerSecond} events a second were offered, ${one.workedOffPerSecond} are worked off`);
  print(
    `of the loud one ${loud.acknowledged} were acknowledged, ${loud.shown} shown, ${loud.lost} lost; ${loud.requests.refused} requests refused, the rest shown ${loud.drainedInSeconds} s after the last`,
  );
  for (const [name, { acknowledged, shown }] of Object.entries({ 'at rest': calm.atRest, beside: calm.beside }))
    print(`the neighbour, ${name}: acknowledged in ${wait(acknowledged)}, shown in ${wait(shown)} (p50/p99)`);
  print(`of the neighbour ${calm.acknowledged} were acknowledged, ${calm.shown} shown, ${calm.lost} lost`);
  if (collection)
    print(
      `collection: ${collection.startMb}, ${collection.middleMb}, ${collection.endMb} MB at the beginning, in the middle, at the end; ${collection.mostMb} at most`,
    );
};

const runOverload = async ({ json, ...how }: { seconds: number; times: number; json: boolean }): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  // What drives an installation loads the pages of all services: not before it is wanted.
  const { overloaded } = await import('./overloaded.js');
  const found = await overloaded(how);
  if (json) printJson({ load, ...found });
  else tell(found);
  const lost = found.loud.lost + found.calm.lost;
  if (lost > 0) throw new Fault(`${lost} acknowledged events are in no receipt`);
};

/** bench overload */
export const addOverload = (bench: Command): void => {
  bench
    .command('overload')
    .description('ten times what an installation works off, from one tenant, beside a neighbour; ends with 1 on a loss')
    .option('--seconds <n>', 'how long', countFrom(1), 60)
    .option('--times <n>', 'how many times what is worked off', countFrom(1), 10)
    .option('--json', 'print as JSON', false)
    .action(runOverload);
};
