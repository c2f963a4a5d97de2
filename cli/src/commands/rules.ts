import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RulesetFact } from '#contracts';
import { fromRecord } from '#libs/events';
import { Refused } from '#libs/model';
import { compileCached } from '#libs/rules/loading';
import { compile } from '#libs/sigma';
import { OPERATOR_LIMITS, TENANT_LIMITS } from '#libs/rules';
import { mustBeOk, mustKnow } from '../client.js';
import { print, printJson, say } from '../screen.js';
import { readRules } from '../rule-files.js';
import { fromCaller, openSession, type Session } from '../session.js';
import { adminBroker } from '../provision.js';
import { waitFor } from '../wait.js';
import { addBacktest } from './rules-backtest.js';
import { addExceptions } from './rules-exception.js';
import { addPlaceholders } from './rules-placeholders.js';

const PART_BYTES = 400 * 1024;
const LOADED_WITHIN_MS = 300_000;
const IMPORT =
  'mutation($tenant: ID, $importId: ID!, $part: Int!, $parts: Int!, $files: [RuleFileInput!]!) { importRules(tenantId: $tenant, importId: $importId, part: $part, parts: $parts, files: $files) OUTCOME }';
const LOADED =
  'query($tenant: ID!) { ruleset(tenant: $tenant) { loaded { importId rules failures { file line reason } } parked { importId reason } } }';

type RuleFile = { path: string; text: string };

const partsOf = (files: RuleFile[]): RuleFile[][] => {
  const parts: RuleFile[][] = [];
  let size = 0;
  for (const file of files) {
    const bytes = Buffer.byteLength(file.text) + Buffer.byteLength(file.path);
    if (parts.length === 0 || size + bytes > PART_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(file);
    size += bytes;
  }
  return parts;
};

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

/** Waits until detection runs the import. @returns how many rules run in all. */
const untilLoaded = async (stack: Session['stack'], importId: string): Promise<number> => {
  const broker = adminBroker(stack);
  let rules: number | undefined;
  broker.consume({
    topics: ['vigie.ruleset.events'],
    fromBeginning: true,
    handle: async ({ records }) => {
      for (const { message } of records.map((record) => fromRecord<RulesetFact>(record)))
        if (message.type === 'ruleset.loaded' && message.importId === importId) rules = message.rules.length;
    },
  });
  try {
    return await waitFor('detection to run the rules', async () => rules, LOADED_WITHIN_MS);
  } finally {
    await broker.close();
  }
};

type Loaded = {
  ruleset: {
    loaded: { importId: string; rules: number; failures: Failures } | null;
    parked: { importId: string; reason: string } | null;
  } | null;
};
type Failures = ReturnType<typeof compile>['failures'];

/** Waits until detection runs a tenant's own import. @returns how many of its rules run, and which cannot. */
const untilOwnLoaded = async (
  { admin }: Pick<Session, 'admin'>,
  tenant: string,
  importId: string,
): Promise<{ rules: number; failures: Failures }> =>
  waitFor(
    'detection to run the rules',
    async () => {
      const { ruleset } = await admin.ask<Loaded>(LOADED, { tenant });
      if (ruleset?.parked?.importId === importId)
        throw new Refused(`the rules cannot be compiled, and those before run on: ${ruleset.parked.reason}`, 'PARKED');
      return ruleset?.loaded?.importId === importId ? ruleset.loaded : undefined;
    },
    LOADED_WITHIN_MS,
  );

export interface Imported {
  /** Files given, rules that loaded from them, and rules that run now, our own among them. */
  files: number;
  rules: number;
  running: number;
  failures: Failures;
}

const sendParts = async (
  admin: Session['admin'],
  tenant: string | undefined,
  files: RuleFile[],
  say: (line: string) => void,
): Promise<string> => {
  const parts = partsOf(files);
  const importId = randomUUID();
  for (const [index, part] of parts.entries()) {
    mustBeOk(
      await admin.change(IMPORT, {
        tenant: tenant ?? null,
        importId,
        part: index + 1,
        parts: parts.length,
        files: part,
      }),
      `part ${index + 1} of ${parts.length}`,
    );
    say(`part ${index + 1} of ${parts.length}`);
  }
  say('detection compiles them; the import before ends');
  return importId;
};

/** Imports rules through GraphQL, in parts, for everybody, and waits until detection runs them. */
export const importRules = async (
  { admin, stack }: Pick<Session, 'admin' | 'stack'>,
  files: RuleFile[],
  say: (line: string) => void,
): Promise<Imported> => {
  const { rules, failures } = compile(files, { limits: OPERATOR_LIMITS });
  const over = failures.find(({ limit }) => limit !== undefined);
  if (over) throw new Refused(`nothing was imported: ${over.file}:${over.line}: ${over.reason}`, 'RULES_TOO_LARGE');
  for (const { file, line, reason } of failures) say(`left out: ${file}:${line}: ${reason}`);
  if (rules.length === 0)
    throw new Refused('there is no rule among them that can be loaded; nothing was imported', 'NO_RULES');
  const importId = await sendParts(admin, undefined, files, say);
  return { files: files.length, rules: rules.length, failures, running: await untilLoaded(stack, importId) };
};

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
  const { files, rules, failures, running } = await importRules(await openSession(), readRules(fromCaller(path)), say);
  print(`${rules} rules from ${files} files imported, ${failures.length} left out; ${running} rules run now`);
};

/** rules check, rules import, and what tenants add */
export const addRules = (program: Command): void => {
  const rules = program.command('rules').description('detections');
  rules
    .command('check <path>')
    .description(
      'load Sigma rules from a folder or .tar.gz and name those that fail, with line and reason, within the limits that the service has',
    )
    .option('--tenant', "within the limits of one tenant's own rules", false)
    .option('--cache <folder>', 'keep the compiled rules there, and take them from there when nothing has changed')
    .option('--json', 'print as JSON', false)
    .action(runCheck);
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
  addPlaceholders(rules);
  addExceptions(rules);
  addBacktest(rules);
};
