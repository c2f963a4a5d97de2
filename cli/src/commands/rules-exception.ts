import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { everyNode } from '../gateway/every-node.js';
import { mustBeOk, mustKnow } from '../gateway/graphql-client.js';
import { print, printJson } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { conditionOf, momentOf } from '../rules/exception-flags.js';
import { repeated } from '../terminal/flags.js';

const ADD =
  'mutation($tenant: ID!, $input: ExceptionInput!) { addException(tenantId: $tenant, input: $input) OUTCOME }';
const END = 'mutation($id: ID!, $reason: String!) { endException(id: $id, reason: $reason) OUTCOME }';
const FIELDS =
  'id ruleId where { field values } owner reason expiresAt active endedAt endReason suppressed lastSuppressedAt';
const LIST = `query($tenants: [ID!], $active: Boolean, $after: String) { exceptions(tenants: $tenants, active: $active, first: 50, after: $after) { pageInfo { hasNextPage endCursor } edges { node { ${FIELDS} } } } }`;

interface ExceptionFlags {
  tenant: string;
  rule: string;
  where: string[];
  owner: string;
  reason: string;
  expires: string;
}
interface ShownException {
  id: string;
  ruleId: string;
  where: { field: string; values: string[] }[];
  owner: string;
  reason: string;
  expiresAt: string;
  active: boolean;
  endedAt: string | null;
  endReason: string | null;
  suppressed: number;
}

const runAdd = async ({ tenant, rule: ruleId, where, owner, reason, expires }: ExceptionFlags): Promise<void> => {
  const input = { ruleId, where: where.map(conditionOf), owner, reason, expiresAt: momentOf(expires) };
  if (input.where.length === 0) throw new Refused("say which events: --where 'Field=value'", 'NO_CONDITION');
  const { admin } = await openSession();
  await mustKnow(admin, tenant);
  const { id } = mustBeOk(await admin.change(ADD, { tenant, input }), 'the exception');
  print(`exception ${id} holds until ${input.expiresAt}`);
};

const linesOf = ({
  id,
  ruleId,
  where,
  owner,
  reason,
  expiresAt,
  active,
  endedAt,
  endReason,
  suppressed,
}: ShownException): string[] => [
  `${id}  ${active ? `until ${expiresAt.slice(0, 16)}` : `ended ${(endedAt ?? expiresAt).slice(0, 16)}${endReason ? `: ${endReason}` : ''}`}`,
  `  rule ${ruleId}, ${suppressed} matches let pass; ${owner}: ${reason}`,
  ...where.map(({ field, values }) => `  ${field} = ${values.join(' | ')}`),
];

const runList = async ({ tenant, all, json }: { tenant?: string; all: boolean; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const asked = { tenants: tenant ? [tenant] : null, active: all ? null : true };
  const found = await everyNode<ShownException>(admin, LIST, asked, 'exceptions');
  if (json) return printJson(found);
  print(found.length ? found.flatMap(linesOf).join('\n') : 'there are no exceptions');
};

const runEnd = async (id: string, { reason }: { reason: string }): Promise<void> => {
  const { admin } = await openSession();
  mustBeOk(await admin.change(END, { id, reason }), 'the exception');
  print('the exception has ended');
};

/** rules exception add | list | end */
export const addExceptions = (rules: Command): void => {
  const exception = rules
    .command('exception')
    .description("let some of a rule's matches pass, for one tenant and for a time");
  exception
    .command('add')
    .description('matches of the rule that meet all conditions raise nothing, until the exception ends')
    .requiredOption('--tenant <id>', 'the tenant')
    .requiredOption('--rule <id>', "the rule's id")
    .option(
      '--where <Field=value>',
      "a field of the event, also with Sigma's modifiers; the value is taken as it is, without wildcards; may be repeated",
      repeated,
      [],
    )
    .requiredOption('--owner <name>', 'who answers for it')
    .requiredOption('--reason <text>', 'why, in 10 to 500 characters')
    .requiredOption(
      '--expires <date>',
      'when it ends: a day (its first moment, UTC) or a time with offset; within a year',
    )
    .addHelpText(
      'after',
      "\nModifiers: contains, startswith, endswith, cased, windash, cidr, re, lt, lte, gt, gte.\nExample:\n  npm run vigie -- rules exception add --tenant acme --rule 0a1b… --where 'Image|endswith=\\backup.exe' --where 'User=svc-backup' --owner 'Ada Lovelace' --reason 'nightly backup job' --expires 2027-01-31",
    )
    .action(runAdd);
  exception
    .command('list')
    .description('exceptions that hold, and how many matches each has let pass')
    .option('--tenant <id>', 'of one tenant')
    .option('--all', 'also those that have ended', false)
    .option('--json', 'print as JSON', false)
    .action(runList);
  exception
    .command('end <id>')
    .description('end an exception before its time')
    .requiredOption('--reason <text>', 'why')
    .action(runEnd);
};
