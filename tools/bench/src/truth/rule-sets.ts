import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compileRules } from '../../../../services/detection/src/rules/compile-rules.js';
import type { CompiledRules } from '../../../../services/detection/src/rules/loaded-rules.js';
import { builtInRules } from '../../../../services/detection/src/rules/active-import.js';
import { compile, type RuleSource } from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import { readRules } from '#libs/rules/loading';

/** Rules as detection runs them; `titles` by id. */
export type NamedRules = { name: string; rules: CompiledRules; titles: Map<string, string> };

const WINDOW_MS = HOUR_MS;

const named = async (name: string, sources: readonly RuleSource[]): Promise<NamedRules> => ({
  name,
  rules: await compileRules(sources, WINDOW_MS),
  titles: new Map(compile(sources).rules.map(({ id, title }) => [id, title])),
});

/** Our own rules, and SigmaHQ's where the pack has them. */
export const ruleSets = async (pack: string): Promise<{ own: NamedRules; sigmahq: NamedRules | undefined }> => {
  const archive = join(pack, 'sigma', 'sigma-rules.tar.gz');
  return {
    own: await named('own', builtInRules('rules')),
    sigmahq: existsSync(archive) ? await named('sigmahq', readRules(archive)) : undefined,
  };
};
