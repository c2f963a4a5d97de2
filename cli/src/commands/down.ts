import type { Command } from 'commander';
import { down } from '../installation/down.js';
import { DEFAULT_DIR } from '../installation/chosen.js';
import { say } from '../terminal/print.js';

/** down */
export const defineDown = (command: Command): void => {
  command
    .option('--dir <folder>', 'as given to up', DEFAULT_DIR)
    .action(async ({ dir }: { dir: string }) => say((await down(dir)) ? 'ended' : 'nothing was running'));
};
