import type { RulesetExceptionAdded } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import { compileRules } from '../src/rules/compile-rules.js';
import type { TenantAdditions } from '../src/rules/tenant-additions.js';
import type { CompileAdditions } from '../src/rules/tenant-parts.js';
import { tenantRules } from '../src/rules/tenant-rules.js';
import { event } from './domain-samples.js';

export const WINDOW_MS = HOUR_MS;
export const compile: CompileAdditions = (files, placeholders, known) =>
  compileRules(files, WINDOW_MS, placeholders, known);
export const rule = (id: string, condition: string) => ({
  path: `${id}.yml`,
  text: `title: Rule ${id}\nid: ${id}\nlevel: high\nlogsource: { product: windows, category: process_creation }\ndetection:\n  selection:\n    ${condition}\n  condition: selection\n`,
});
export const GLOBAL = [rule('global', "Image|endswith: '.exe'"), rule('asleep', "User|expand: '%admins%'")];
const by = { subject: 'ada', side: 'PROVIDER' } as const;

export const started = (native: object, ingestedAt = 1_000) => ({
  ...event(1),
  ingestedAt,
  native: Buffer.from(
    JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\x\\a.exe', ...native }),
  ),
});
export const exception = (field: string, ...values: string[]): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  exceptionId: `x ${field}`,
  ruleId: 'global',
  where: [{ field, values }],
  owner: 'Ada',
  reason: 'our own tool',
  expiresAt: 5_000,
  by,
  at: 0,
});

export const rulesFor = async (special: Partial<TenantAdditions>) => {
  const passed: string[] = [];
  const global = await compileRules(GLOBAL, WINDOW_MS);
  const rules = await tenantRules(
    global,
    { importId: undefined, under: '', files: [], placeholders: {}, exceptions: [], ...special },
    compile,
    ({ exceptionId }) => passed.push(exceptionId),
  );
  const idsOf = (native: object, ingestedAt?: number): string[] =>
    (rules ?? global).hitsOf('WINDOWS', started(native, ingestedAt), undefined).map(({ detection }) => detection.id);
  return { rules, idsOf, passed };
};
