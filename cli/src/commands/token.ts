import { InvalidArgumentError, type Command } from 'commander';
import { Refused } from '#libs/model';
import { mustBeOk } from '../gateway/graphql-client.js';
import type { TokenHolder } from '../installation/keys.js';
import { print } from '../terminal/print.js';
import { openSession, tokenFor } from '../gateway/session.js';
import { DEV_ADMIN } from '../installation/saved-installation.js';
import { repeated } from '../terminal/flags.js';

const PROVIDER = ['analyst', 'lead', 'hunter', 'operator-admin'];
const CUSTOMER = ['customer-viewer', 'customer-approver', 'customer-admin'];
const ROLES = [...PROVIDER, ...CUSTOMER, 'partner'];

interface TokenFlags {
  role: string;
  tenant?: string;
  subject?: string;
  source: string[];
  hours: number;
}

const whoOf = ({ role, tenant, subject, source }: TokenFlags): TokenHolder => {
  if (role === 'operator-admin') return { kind: 'operator', subject: subject ?? DEV_ADMIN };
  if (!tenant) throw new Refused(`a ${role} needs --tenant`, 'NO_TENANT');
  if (PROVIDER.includes(role)) return { kind: 'operator', subject: subject ?? `${role}@${tenant}` };
  if (role === 'partner') return { kind: 'partner', subject: subject ?? `partner@${tenant}`, tenant, sources: source };
  return { kind: 'customer', subject: subject ?? `${role}@${tenant}`, tenant };
};

const GRANT =
  'mutation($subject: String!, $role: Role!, $tenants: [String!]!, $id: String!) { giveGrant(subject: $subject, role: $role, tenants: $tenants, mutationId: $id) OUTCOME }';

const runToken = async (flags: TokenFlags): Promise<void> => {
  const { installation, admin } = await openSession();
  const who = whoOf(flags);
  if (who.kind !== 'partner' && flags.tenant) {
    const role = flags.role.toUpperCase().replaceAll('-', '_');
    const id = `token ${who.subject} ${role} ${flags.tenant}`;
    mustBeOk(await admin.change(GRANT, { subject: who.subject, role, tenants: [flags.tenant], id }), 'the grant');
  }
  print(await tokenFor(installation, who, flags.hours));
};

const roleOf = (text: string): string => {
  if (!ROLES.includes(text)) throw new InvalidArgumentError(`one of ${ROLES.join(', ')}`);
  return text;
};

/** token */
export const defineToken = (token: Command): void => {
  token
    .requiredOption('--role <role>', ROLES.join(' | '), roleOf)
    .option('--tenant <id>', 'the tenant it is for')
    .option('--subject <name>', 'who it names')
    .option('--source <name>', 'for a partner: a source it may write, repeatable', repeated, [])
    .option('--hours <n>', 'how long it holds', Number, 12)
    .action(runToken);
};
