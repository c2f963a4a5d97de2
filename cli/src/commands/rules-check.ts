import type { Command } from 'commander';
import { OPERATOR_LIMITS, TENANT_LIMITS } from '#libs/rules';
import { compileCached } from '#libs/rules/loading';
import { compile } from '#libs/sigma';
import { readRules } from '#libs/rules/loading';
import { fromCaller } from '../terminal/paths.js';
import { print, printJson } from '../terminal/print.js';

/** `loadMs`: from the rules' texts to a rule set; reading the files is `readMs`. */
const runCheck = (path: string, { json, cache, tenant }: { json: boolean; cache?: string; tenant: boolean }): void => {
  const options = { limits: tenant ? TENANT_LIMITS : OPERATOR_LIMITS };
  const began = performance.now();
  const sources = readRules(fromCaller(path));
  const readMs = performance.now() - began;
  const {
    ruleSet: { rules, failures },
    fromCache,
    unsaved,
  } = cache === undefined
    ? { ruleSet: compile(sources, options), fromCache: false }
    : compileCached(fromCaller(cache), sources, options);
  const loadMs = performance.now() - began - readMs;
  const found = {
    loaded: rules.length,
    failed: failures,
    readMs: Math.round(readMs),
    loadMs: Math.round(loadMs),
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    fromCache,
    ...(unsaved === undefined ? {} : { unsaved }),
  };
  if (json) return printJson(found);
  print(
    `${found.loaded} rules loaded in ${found.loadMs} ms${fromCache ? ' from the cache' : ''}, ${failures.length} failed`,
  );
  for (const { file, line, reason } of failures) print(`  ${file}:${line}: ${reason}`);
  if (unsaved !== undefined) print(`they could not be kept in the cache: ${unsaved}`);
  process.exitCode = failures.length ? 1 : 0;
};

/** rules check */
export const addCheck = (rules: Command): void => {
  rules
    .command('check <path>')
    .description(
      'load Sigma rules from a folder or .tar.gz and name those that fail, with line and reason, within the limits that the service has',
    )
    .option('--tenant', "within the limits of one tenant's own rules", false)
    .option('--cache <folder>', 'keep the compiled rules there, and take them from there when nothing has changed')
    .option('--json', 'print as JSON', false)
    .action(runCheck);
};
