import type { Command } from 'commander';
import { AGAIN_HOURS, restoreBackup } from '../backup/restore.js';
import { provision } from '../kafka/provision.js';
import { above0 } from '../terminal/flags.js';
import { fromCaller } from '../terminal/paths.js';
import { print, say } from '../terminal/print.js';
import { sizeOf, withSize, type SizeFlags } from '../terminal/size-flags.js';
import { openStack } from '../gateway/session.js';

interface RestoreFlags extends SizeFlags {
  from: string;
  lake?: string;
  againHours: number;
}

const run = async ({ from, lake, againHours, ...size }: RestoreFlags): Promise<void> => {
  const stack = await openStack();
  const { partitions, ...copies } = sizeOf(size);
  await provision(stack, partitions, copies);
  const { until } = await restoreBackup(stack, {
    from: fromCaller(from),
    lake: lake === undefined ? undefined : fromCaller(lake),
    againHours,
    say,
  });
  print(
    `restored as of ${new Date(until).toISOString()}; start the services, give every partner its topic and user (vigie partner add), then vigie views rebuild --check and vigie chain verify`,
  );
};

/** restore */
export const defineRestore = (command: Command): void => {
  withSize(command)
    .requiredOption('--from <folder>', 'what vigie backup wrote')
    .option('--lake <folder>', 'where the lake is to be; empty')
    .option('--again-hours <number>', 'facts of so many hours before the backup are said again', above0, AGAIN_HOURS)
    .action(run);
};
