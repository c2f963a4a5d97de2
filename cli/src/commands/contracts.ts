import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { asyncapiDocument } from '../pages/asyncapi-document.js';
import { fromCaller } from '../terminal/paths.js';
import { print } from '../terminal/print.js';

/** contracts check, contracts asyncapi */
export const defineContracts = (contracts: Command): void => {
  contracts
    .command('check')
    .description('the laws of contracts hold, published ones are unchanged, generated files are fresh')
    .action(() => {
      process.exitCode =
        spawnSync(process.execPath, ['tools/contracts/generate.mjs', '--check'], { stdio: 'inherit' }).status ?? 1;
    });
  contracts
    .command('asyncapi')
    .description('write an AsyncAPI 3 document of every topic, its messages, and who says and hears them')
    .requiredOption('--out <file>', 'where to')
    .action(({ out }: { out: string }) => {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
      writeFileSync(fromCaller(out), `${JSON.stringify(asyncapiDocument(version), null, 2)}\n`);
      print(`written to ${out}`);
    });
};
