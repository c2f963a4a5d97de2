import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';

/** contracts check */
export const defineContracts = (contracts: Command): void => {
  contracts
    .command('check')
    .description('the laws of contracts hold, published ones are unchanged, generated files are fresh')
    .action(() => {
      process.exitCode =
        spawnSync(process.execPath, ['tools/contracts/generate.mjs', '--check'], { stdio: 'inherit' }).status ?? 1;
    });
};
