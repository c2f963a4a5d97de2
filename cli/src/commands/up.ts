import { join } from 'node:path';
import type { Command } from 'commander';
import { attachStack } from '#stack';
import { DEFAULT_DIR, forgetInstallation, loadInstallation } from '../installation.js';
import { signToken } from '../keys.js';
import { print, printJson, say } from '../screen.js';
import { DEV_ADMIN, endInstalled, up } from '../up.js';

interface UpFlags {
  dir: string;
  wipe: boolean;
  json: boolean;
}

const down = async (dir: string): Promise<boolean> => {
  const installation = loadInstallation(dir);
  const stack = await attachStack(join(dir, 'stack'));
  if (installation) await endInstalled(installation);
  await stack?.stop();
  return Boolean(installation ?? stack);
};

const runUp = async ({ dir, wipe, json }: UpFlags): Promise<void> => {
  await down(dir);
  if (wipe) forgetInstallation(dir);
  const interrupted = (): void => void down(dir).finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const { installation, stack } = await up({ dir, wipe, detached: true, say });
  const token = await signToken(installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  const found = {
    urls: installation.urls,
    kafka: {
      brokers: stack.brokers,
      partnerBrokers: stack.partnerBrokers,
      admin: stack.admin,
      mechanism: 'SCRAM-SHA-512',
    },
    mongoUrl: stack.mongoUrl,
    administrator: { subject: DEV_ADMIN, token },
    logs: join(dir, 'log'),
  };
  if (json) return printJson(found);
  print(
    `analyst GraphQL   ${found.urls.analyst}\ncustomer GraphQL  ${found.urls.customer}\nHTTP ingest       ${found.urls.ingest}\nKafka (services)  ${stack.brokers.join(',')}\nKafka (partners)  ${stack.partnerBrokers.join(',')}\nlogs              ${found.logs}\n\nan administrator's token: npm run vigie -- token --role operator-admin\nend it: npm run vigie -- down`,
  );
};

/** up, down */
export const addUp = (program: Command): void => {
  program
    .command('up')
    .description('bring up broker, store and all services in the background')
    .option('--dir <folder>', 'where data, keys and logs are kept', DEFAULT_DIR)
    .option('--wipe', 'begin with empty data', false)
    .option('--json', 'print addresses and credentials as JSON', false)
    .action(runUp);
  program
    .command('down')
    .description('end what `up` started; data stays')
    .option('--dir <folder>', 'as given to up', DEFAULT_DIR)
    .action(async ({ dir }: { dir: string }) => say((await down(dir)) ? 'ended' : 'nothing was running'));
};
