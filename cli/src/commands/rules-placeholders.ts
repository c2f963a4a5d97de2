import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { mustBeOk, mustKnow } from '../gateway/graphql-client.js';
import { print, printJson } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { repeated } from '../terminal/flags.js';

const SET =
  'mutation($tenant: ID!, $name: String!, $values: [String!]!) { setPlaceholder(tenantId: $tenant, name: $name, values: $values) OUTCOME }';
const SHOW = 'query($tenant: ID!) { ruleset(tenant: $tenant) { placeholders { name values } } }';

interface PlaceholderFlags {
  tenant: string;
  set: string[];
  json: boolean;
}
interface ShownPlaceholders {
  ruleset: { placeholders: { name: string; values: string[] }[] } | null;
}

const settingOf = (text: string): { name: string; values: string[] } => {
  const at = text.indexOf('=');
  if (at < 1) throw new Refused(`"${text}" is not name=value,value`, 'BAD_SETTING');
  return {
    name: text.slice(0, at).replaceAll('%', ''),
    values: text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  };
};

const run = async ({ tenant, set, json }: PlaceholderFlags): Promise<void> => {
  const settings = set.map(settingOf);
  const { admin } = await openSession();
  await mustKnow(admin, tenant);
  for (const { name, values } of settings) mustBeOk(await admin.change(SET, { tenant, name, values }), name);
  const { ruleset } = await admin.ask<ShownPlaceholders>(SHOW, { tenant });
  const placeholders = ruleset?.placeholders ?? [];
  if (json) return printJson(placeholders);
  if (placeholders.length === 0) print(`${tenant} has given no placeholders`);
  for (const { name, values } of placeholders) print(`%${name}%  ${values.join(', ')}`);
};

/** rules placeholders */
export const addPlaceholders = (rules: Command): void => {
  rules
    .command('placeholders')
    .description(
      'what a tenant puts in for %names% in rules (modifier expand); rules that wait for a name sleep until it has values',
    )
    .requiredOption('--tenant <id>', 'the tenant')
    .option(
      '--set <name=values>',
      'values, separated by commas, * and ? being wildcards; none take the placeholder away; may be repeated',
      repeated,
      [],
    )
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nExample:\n  npm run vigie -- rules placeholders --tenant acme --set "Admins=ada,b*" --set Workstations=',
    )
    .action(run);
};
