import type { Command } from 'commander';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { definitions } from '../definitions.js';
import { factsForViews } from '../facts.js';
import { adminBroker } from '../provision.js';
import { print, printJson, say } from '../screen.js';
import { openSession } from '../session.js';

interface Found {
  service: string;
  view: string;
  tenant: string;
  key: string;
  kind: string;
  lag: boolean;
}

const runRebuild = async ({ check, json }: { check: boolean; json: boolean }): Promise<void> => {
  const { stack } = await openSession();
  const broker = adminBroker(stack);
  const log = openLog('vigie', 'silent');
  const found: Found[] = [];
  try {
    const facts = await factsForViews(stack, broker, log);
    say(`${facts.length} facts`);
    for (const { name: service, shows = [] } of definitions) {
      const store = shows.length ? await openStore({ url: stack.mongoUrl, service, log }) : undefined;
      for (const view of store ? shows : []) {
        const differences = await store?.rebuildView(view, facts.filter(({ envelope }) => (view.hears as string[]).includes(envelope.type)), { check }) ?? [];
        found.push(...differences.map(({ tenant, key, kind, lag }) => ({ service, view: view.name, tenant, key, kind, lag })));
        say(`${service} ${view.name}: ${differences.length} differences`);
      }
      await store?.close();
    }
  } finally {
    await broker.close();
  }
  if (json) printJson(found);
  else for (const one of found) print(`${one.service} ${one.view} ${one.tenant} ${one.key}: ${one.kind}${one.lag ? ' (they know different facts: one lags)' : ''}`);
  if (!json && check) print(found.length ? `${found.length} differences` : 'every view is what the facts say');
  process.exitCode = check && found.length ? 1 : 0;
};

/** views rebuild */
export const addViews = (program: Command): void => {
  program.command('views').description('what the services show').command('rebuild')
    .description('build every view anew from the facts, from the owners\' commits and what Kafka still carries')
    .option('--check', 'only compare with the live views; ends with 1 when one differs', false)
    .option('--json', 'print differences as JSON', false)
    .action(runRebuild);
};
