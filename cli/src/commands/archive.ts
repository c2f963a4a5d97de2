import type { Command } from 'commander';
import { openLog } from '#libs/service';
import { openStore, type ArchivedOf } from '#libs/store';
import { KEEPERS } from '../chain/stores.js';
import { openStack } from '../gateway/session.js';
import { print, printJson, table } from '../terminal/print.js';

const MIB = 1_048_576;

/** What one service has archived, from its own list: the files are not looked at. */
const listed = async (url: string, service: string, tenant: string | undefined): Promise<ArchivedOfService[]> => {
  const store = await openStore({ url, service, log: openLog('vigie', 'silent') });
  try {
    const rows: ArchivedOfService[] = [];
    for await (const one of store.retention.archived())
      if (tenant === undefined || one.tenant === tenant) rows.push({ service, ...one });
    return rows;
  } finally {
    await store.close();
  }
};
type ArchivedOfService = ArchivedOf & { service: string };

const run = async ({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> => {
  const stack = await openStack();
  const rows: ArchivedOfService[] = [];
  for (const service of KEEPERS) rows.push(...(await listed(stack.mongoUrl, service, tenant)));
  if (json) return printJson(rows);
  const lines = rows.map(({ service, tenant: of, month, files, commits, bytes }) => [
    ...[service, of, month, String(files), String(commits)],
    (bytes / MIB).toFixed(1),
  ]);
  print(
    lines.length > 0 ? table(['service', 'tenant', 'month', 'files', 'commits', 'MiB'], lines) : 'nothing is archived',
  );
};

/** archive list */
export const defineArchive = (archive: Command): void => {
  archive
    .command('list')
    .description('what was archived, by service, tenant and month; `chain verify` holds the files against the chain')
    .option('--tenant <id>', 'of this tenant')
    .option('--json', 'print as JSON', false)
    .action(run);
};
