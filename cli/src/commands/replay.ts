import type { Command } from 'commander';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { Refused } from '#libs/model';
import { adminBroker } from '../kafka/provision.js';
import { awaitReceipt } from '../telemetry/receipt.js';
import { replay } from '../telemetry/replay.js';
import { print, printJson, say } from '../terminal/print.js';
import { openSession, openStack } from '../gateway/session.js';
import { fromCaller, mustBeThere } from '../terminal/paths.js';
import { sayLost } from '../files/say-lost.js';

interface ReplayFlags {
  tenant: string;
  source: string;
  keepTimes: boolean;
  json: boolean;
}

const runReplay = async (files: string[], { tenant, source, keepTimes, json }: ReplayFlags): Promise<void> => {
  mustBeThere(...files.map(fromCaller));
  const { admin } = await openSession();
  const stack = await openStack();
  const { tenant: known } = await admin.ask<{ tenant?: { sources: { name: string }[] } }>(
    'query($id: ID!) { tenant(id: $id) { sources { name } } }',
    { id: tenant },
  );
  if (!known) throw new Refused(`there is no tenant ${tenant}: npm run vigie -- tenant add`, 'NO_TENANT');
  if (!known.sources.some(({ name }) => name === source))
    throw new Refused(`${tenant} has no source ${source}: npm run vigie -- partner add`, 'NO_SOURCE');
  const broker = adminBroker(stack);
  try {
    await ensureTopics(broker, [ingestTopicSpec(tenant, source)]);
    const sent = await replay({
      broker,
      tenant,
      source,
      files: files.map(fromCaller),
      shift: !keepTimes,
      now: Date.now(),
      progress: (lines) => say(`${lines} events sent`),
      lost: sayLost(),
    });
    const receipt = await awaitReceipt(broker, sent, (done) => say(`${done} of ${sent.messages} messages received`));
    if (sent.lost > 0) process.exitCode = 1;
    if (json) return printJson({ ...sent, ...receipt });
    print(
      `${sent.lines} events in ${sent.messages} messages on ${sent.topic}: ${receipt.accepted} events accepted, ${receipt.dead} dead-lettered`,
    );
    for (const { code, sentence, count } of receipt.reasons) print(`  ${count} × ${code}: ${sentence}`);
  } finally {
    await broker.close();
  }
};

/** replay */
export const defineReplay = (replay: Command): void => {
  replay
    .requiredOption('--tenant <id>', 'whose telemetry it is')
    .requiredOption('--source <name>', 'a registered source of the tenant')
    .option('--keep-times', 'keep the recorded times; otherwise they move so that the last event is now', false)
    .option('--json', 'print the receipt as JSON', false)
    .action(runReplay);
};
