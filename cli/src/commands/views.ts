import type { Command } from 'commander';
import { adminBroker } from '../kafka/provision.js';
import { rebuildViews } from '../views/rebuild.js';
import { print, printJson, say } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';

const runRebuild = async ({ check, json }: { check: boolean; json: boolean }): Promise<void> => {
  const stack = await openStack();
  const broker = adminBroker(stack);
  const found = await rebuildViews(stack, broker, { check, say }).finally(() => broker.close());
  if (json) printJson(found);
  else
    for (const one of found)
      print(
        `${one.service} ${one.view} ${one.tenant} ${one.key}: ${one.kind}${one.lag ? ' (they know different facts: one lags)' : ''}`,
      );
  if (!json && check) print(found.length ? `${found.length} differences` : 'every view is what the facts say');
  process.exitCode = check && found.length ? 1 : 0;
};

/** views rebuild */
export const defineViews = (views: Command): void => {
  views
    .command('rebuild')
    .description("build every view anew from the facts, from the owners' commits and what Kafka still carries")
    .option('--check', 'only compare with the live views; ends with 1 when one differs', false)
    .option('--json', 'print differences as JSON', false)
    .action(runRebuild);
};
