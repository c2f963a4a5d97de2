import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { asyncapiDocument } from '../pages/asyncapi-document.js';
import { catalogue } from '#contracts';
import { Refused } from '#libs/model';
import { fromCaller } from '../terminal/paths.js';
import { print, printJson } from '../terminal/print.js';

/** A contract for whoever writes it from elsewhere: its latest schema, and the id that stands before each message. */
export const shownContract = (wanted: string): object => {
  // Behind a version stands what it was before its enums grew: that is only read.
  const [newest] = catalogue.filter(({ type }) => type === wanted).sort((a, b) => b.version - a.version);
  if (!newest) throw new Refused(`there is no contract ${wanted}`, 'NO_CONTRACT');
  const { type, version, id, schema } = newest;
  return { type, version, id, schema: JSON.parse(schema) as object };
};

/** contracts check, contracts asyncapi, contracts show */
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
  contracts
    .command('show <type>')
    .description('print the latest version of a contract, such as telemetry.submitted: { type, version, id, schema }')
    .action((type: string) => printJson(shownContract(type)));
};
