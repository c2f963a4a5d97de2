import type { Command } from 'commander';
import { AGAIN_HOURS, restoreBackup } from '../backup/restore.js';
import { provision } from '../kafka/provision.js';
import { above0, countFrom } from '../terminal/flags.js';
import { fromCaller } from '../terminal/paths.js';
import { print, say } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';

interface RestoreFlags {
  from: string;
  lake?: string;
  againHours: number;
  partitions: number;
}

const run = async ({ from, lake, againHours, partitions }: RestoreFlags): Promise<void> => {
  const stack = await openStack();
  await provision(stack, partitions);
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
  command
    .requiredOption('--from <folder>', 'what vigie backup wrote')
    .option('--lake <folder>', 'where the lake is to be; empty')
    .option('--again-hours <number>', 'facts of so many hours before the backup are said again', above0, AGAIN_HOURS)
    .option('--partitions <n>', 'of telemetry, requests and facts, where a topic is made', countFrom(1), 2)
    .action(run);
};
