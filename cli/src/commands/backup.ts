import { join } from 'node:path';
import type { Command } from 'commander';
import type { Stack } from '#stack';
import { makeBackup } from '../backup/make.js';
import { openStack } from '../gateway/session.js';
import { installationDir } from '../installation/chosen.js';
import { loadInstallation } from '../installation/saved-installation.js';
import { fromCaller } from '../terminal/paths.js';
import { print, say } from '../terminal/print.js';

const lakeOf = ({ kind }: Stack, lake: string | undefined): string | undefined => {
  if (lake !== undefined) return fromCaller(lake);
  return kind === 'local' && loadInstallation(installationDir()) ? join(installationDir(), 'lake') : undefined;
};

const run = async ({ out, lake }: { out: string; lake?: string }): Promise<void> => {
  const stack = await openStack();
  const source = { mongoUrl: stack.mongoUrl, lake: lakeOf(stack, lake) };
  const { until, store, lake: files } = await makeBackup(source, { out: fromCaller(out), say });
  const bytes = [...store, ...files].reduce((sum, one) => sum + one.bytes, 0);
  print(`${(bytes / 1_048_576).toFixed(1)} MiB in ${out}: all that was kept until ${new Date(until).toISOString()}`);
  if (source.lake === undefined) print('the lake is not in it: give --lake, or copy it by other means');
  print('keys, passwords and secrets are not in it: keep them where you keep secrets');
};

/** backup */
export const defineBackup = (command: Command): void => {
  command
    .requiredOption('--out <folder>', 'where to; a folder that is not there yet')
    .option('--lake <folder>', 'folder of the lake; default that of the installation on this machine')
    .action(run);
};
