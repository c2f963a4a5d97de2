import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { readRules } from '#libs/rules/loading';
import { mustKnow } from '../gateway/graphql-client.js';
import { openSession, openStack } from '../gateway/session.js';
import { importRules, sendParts, untilOwnLoaded, type RuleFile } from '../rules/import.js';
import { fromCaller } from '../terminal/paths.js';
import { print, say } from '../terminal/print.js';

/** A tenant's own rules: what they may not be called, detection knows. */
const importOwn = async (tenant: string, files: RuleFile[]): Promise<void> => {
  const session = await openSession();
  await mustKnow(session.admin, tenant);
  const importId = await sendParts(session.admin, tenant, files, say);
  const { rules, failures } = await untilOwnLoaded(session, tenant, importId);
  for (const { file, line, reason } of failures) say(`left out: ${file}:${line}: ${reason}`);
  print(
    `${rules} rules from ${files.length} files run for ${tenant} now, beside those for everybody; ${failures.length} left out`,
  );
  process.exitCode = rules === 0 && failures.length > 0 ? 1 : 0;
};

const runImport = async (
  path: string | undefined,
  { tenant, none }: { tenant?: string; none: boolean },
): Promise<void> => {
  if (none === (path !== undefined))
    throw new Refused('name a path with rules, or --none to end the import before', 'NO_PATH');
  if (tenant !== undefined) return importOwn(tenant, path === undefined ? [] : readRules(fromCaller(path)));
  if (path === undefined) throw new Refused('--none is for the rules of a tenant: add --tenant', 'NO_TENANT');
  const { files, rules, failures, running } = await importRules(
    { ...(await openSession()), stack: await openStack() },
    readRules(fromCaller(path)),
    say,
  );
  print(`${rules} rules from ${files} files imported, ${failures.length} left out; ${running} rules run now`);
};

/** rules import */
export const addImport = (rules: Command): void => {
  rules
    .command('import [path]')
    .description(
      'run the Sigma rules of a folder or .tar.gz beside our own, for everybody or for one tenant; replaces the import before',
    )
    .option(
      '--tenant <id>',
      "the tenant's own rules, for its events alone; 8 parts of 400 KiB at most; no id that a rule for everybody has",
    )
    .option('--none', "end the tenant's import without another", false)
    .addHelpText('after', '\nExample:\n  npm run vigie -- rules import own-rules/ --tenant acme')
    .action(runImport);
};
