import { idOf } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { until } from '#libs/testing';
import { mustBeOk } from '../../cli/src/index.js';
import type { Cast } from './cast.js';
import type { MarkedTenant } from './surface.js';

const ruleOf = ({ tenant, mark }: MarkedTenant): string => `title: Own rule ${mark}
id: ${idOf('rule', tenant)}
description: ${mark}
level: high
falsepositives: ['${mark}']
logsource: { product: windows, category: process_creation }
detection:
  tool: { CommandLine|contains: 'tool-${mark}' }
  condition: tool
`;

/** Rules, values and exceptions of its own; one rule cannot be loaded. */
export const writeRules = async ({ lead, marked }: Cast): Promise<void> => {
  const { tenant, mark } = marked;
  const files = [
    { path: `own-${mark}.yml`, text: ruleOf(marked) },
    { path: `broken-${mark}.yml`, text: `${ruleOf(marked).replace('|contains', `|${mark}`)}` },
    { path: `odd-${mark}.yml`, text: `? { ${mark}: x }\n: ${mark}\n` },
  ];
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $files: [RuleFileInput!]!, $i: ID!) { importRules(tenantId: $t, importId: $i, part: 1, parts: 1, files: $files) OUTCOME }',
      { t: tenant, files, i: `import-${tenant}` },
    ),
    'rules',
  );
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $v: [String!]!) { setPlaceholder(tenantId: $t, name: "tools", values: $v) OUTCOME }',
      { t: tenant, v: [mark] },
    ),
    'values',
  );
  const input = {
    ruleId: idOf('rule', tenant),
    where: [{ field: 'User', values: [`quiet-${mark}`] }],
    owner: mark,
    reason: `agreed with ${mark}`,
    expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
  };
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $input: ExceptionInput!) { addException(tenantId: $t, input: $input) OUTCOME }',
      { t: tenant, input },
    ),
    'the exception',
  );
  await until(
    `the rules of ${tenant} to run`,
    async () => {
      const { ruleset } = await lead.ask<{ ruleset: { loaded?: { rules: number } } }>(
        'query($t: ID!) { ruleset(tenant: $t) { loaded { rules } } }',
        { t: tenant },
      );
      return ruleset.loaded?.rules === 1;
    },
    60_000,
  );
};
