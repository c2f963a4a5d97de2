import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { addPolicy } from './tenant-policy.js';
import { onboard, type TenantPlan } from '../gateway/onboard.js';
import { print, say } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { fromCaller } from '../terminal/paths.js';

interface TenantFlags {
  name: string;
  prefix?: string;
  mode: string;
  language: string;
  timeZone: string;
  file?: string;
}

const planFrom = (file: string): Partial<TenantPlan> => {
  try {
    return JSON.parse(readFileSync(fromCaller(file), 'utf8')) as Partial<TenantPlan>;
  } catch (error) {
    throw new Refused(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`, 'BAD_FILE');
  }
};

const runAdd = async (id: string, flags: TenantFlags): Promise<void> => {
  const { admin, installation } = await openSession();
  const plan: TenantPlan = {
    name: flags.name,
    prefix:
      flags.prefix ??
      id
        .replace(/[^a-z]/g, '')
        .slice(0, 8)
        .toUpperCase(),
    language: flags.language.toUpperCase(),
    timeZone: flags.timeZone,
    policy: { mode: flags.mode.toUpperCase() },
    contacts: [],
    assets: [],
    identities: [],
    sources: [],
    connectors: [],
    ...(flags.file ? planFrom(flags.file) : {}),
  };
  await onboard(admin, id, plan, installation, say);
  print(`tenant ${id} is on board: ${plan.name}, ${plan.policy.mode}, cases ${plan.prefix}-1001 …`);
};

/** tenant add, tenant policy */
export const defineTenant = (tenant: Command): void => {
  addPolicy(tenant);
  tenant
    .command('add <id>')
    .description('take on a customer')
    .requiredOption('--name <text>', 'its name')
    .option('--prefix <letters>', 'of case numbers; default: letters of the id')
    .option('--mode <mode>', 'response model: authorize | collaborate | notify', 'notify')
    .option('--language <code>', 'en | fr | ja', 'en')
    .option('--time-zone <name>', 'IANA name', 'UTC')
    .option(
      '--file <json>',
      'policy, contacts, assets, identities, sources and connectors, as the GraphQL inputs have them',
    )
    .action(runAdd);
};
