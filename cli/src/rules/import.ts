import { randomUUID } from 'node:crypto';
import type { RulesetFact } from '#contracts';
import { fromRecord } from '#libs/events';
import { Refused } from '#libs/model';
import { OPERATOR_LIMITS } from '#libs/rules';
import { compile } from '#libs/sigma';
import type { Stack } from '#stack';
import { mustBeOk } from '../gateway/graphql-client.js';
import type { InstallationSession } from '../gateway/session.js';
import { adminBroker } from '../kafka/provision.js';
import { untilShown } from '../gateway/until-shown.js';

const PART_BYTES = 400 * 1024;
const LOADED_WITHIN_MS = 300_000;
const IMPORT =
  'mutation($tenant: ID, $importId: ID!, $part: Int!, $parts: Int!, $files: [RuleFileInput!]!) { importRules(tenantId: $tenant, importId: $importId, part: $part, parts: $parts, files: $files) OUTCOME }';
const LOADED =
  'query($tenant: ID!) { ruleset(tenant: $tenant) { loaded { importId rules failures { file line reason } } parked { importId reason } } }';

export type RuleFile = { path: string; text: string };

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

/** Waits until detection runs the import. @returns how many rules run in all. */
const untilLoaded = async (stack: Stack, importId: string): Promise<number> => {
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
    return await untilShown('detection to run the rules', async () => rules, LOADED_WITHIN_MS);
  } finally {
    await broker.close();
  }
};

type LoadedImport = {
  ruleset: {
    loaded: { importId: string; rules: number; failures: RuleFailures } | null;
    parked: { importId: string; reason: string } | null;
  } | null;
};
type RuleFailures = ReturnType<typeof compile>['failures'];

/** Waits until detection runs a tenant's own import. @returns how many of its rules run, and which cannot. */
export const untilOwnLoaded = async (
  { admin }: Pick<InstallationSession, 'admin'>,
  tenant: string,
  importId: string,
): Promise<{ rules: number; failures: RuleFailures }> =>
  untilShown(
    'detection to run the rules',
    async () => {
      const { ruleset } = await admin.ask<LoadedImport>(LOADED, { tenant });
      if (ruleset?.parked?.importId === importId)
        throw new Refused(`the rules cannot be compiled, and those before run on: ${ruleset.parked.reason}`, 'PARKED');
      return ruleset?.loaded?.importId === importId ? ruleset.loaded : undefined;
    },
    LOADED_WITHIN_MS,
  );

export interface RulesImport {
  /** Files given, rules that loaded from them, and rules that run now, our own among them. */
  files: number;
  rules: number;
  running: number;
  failures: RuleFailures;
}

export const sendParts = async (
  admin: InstallationSession['admin'],
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
  { admin, stack }: Pick<InstallationSession, 'admin'> & { stack: Stack },
  files: RuleFile[],
  say: (line: string) => void,
): Promise<RulesImport> => {
  const { rules, failures } = compile(files, { limits: OPERATOR_LIMITS });
  const over = failures.find(({ limit }) => limit !== undefined);
  if (over) throw new Refused(`nothing was imported: ${over.file}:${over.line}: ${over.reason}`, 'RULES_TOO_LARGE');
  for (const { file, line, reason } of failures) say(`left out: ${file}:${line}: ${reason}`);
  if (rules.length === 0)
    throw new Refused('there is no rule among them that can be loaded; nothing was imported', 'NO_RULES');
  const importId = await sendParts(admin, undefined, files, say);
  return { files: files.length, rules: rules.length, failures, running: await untilLoaded(stack, importId) };
};
