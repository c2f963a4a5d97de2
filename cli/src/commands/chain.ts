import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { isScope } from '#libs/terms';
import { streamsOfCase } from '../chain/streams-of-case.js';
import { KEEPERS, storesHere } from '../chain/stores.js';
import { verifiedText } from '../chain/verification-text.js';
import { verifyChains } from '../chain/verify.js';
import { fromFile, fromKafka } from '../chain/witnesses.js';
import { adminBroker } from '../kafka/provision.js';
import { print, printJson, say } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';
import { fromCaller } from '../terminal/paths.js';
import { repeated } from '../terminal/flags.js';

interface VerifyFlags {
  tenant?: string;
  case?: string;
  anchors: string[];
  kafka: boolean;
  json: boolean;
}

const checked = (tenant: string | undefined): string | undefined => {
  if (tenant !== undefined && !isScope(tenant)) throw new Refused(`${tenant} is no tenant's id`, 'BAD_TENANT');
  return tenant;
};

const runVerify = async ({ tenant, case: number, anchors, kafka, json }: VerifyFlags): Promise<void> => {
  const stack = await openStack();
  const stores = storesHere(stack);
  const only = number === undefined ? undefined : await streamsOfCase(stores, number, checked(tenant));
  const witnesses = (await Promise.all(anchors.map((path) => fromFile(fromCaller(path), path)))).flat();
  const broker = kafka ? adminBroker(stack) : undefined;
  try {
    if (broker) witnesses.push(...(await fromKafka(broker)));
    const verified = await verifyChains({
      withStore: stores,
      broker,
      witnesses,
      tenant: only?.tenant ?? checked(tenant),
      only,
      say,
    });
    if (json) printJson(verified);
    else print(verifiedText(verified));
    process.exitCode = verified.wrong.length > 0 ? 1 : 0;
  } finally {
    await broker?.close();
  }
};

const runAnchors = async ({ out, tenant }: { out: string; tenant?: string }): Promise<void> => {
  const stores = storesHere(await openStack());
  const file = createWriteStream(fromCaller(out));
  let count = 0;
  await once(file, 'open');
  for (const service of KEEPERS) {
    await stores(service, async (store) => {
      for await (const of of store.chain.tenants()) {
        if (!isScope(of) || (checked(tenant) ?? of) !== of) continue;
        for await (const anchor of store.chain.anchors(of)) {
          count += 1;
          if (!file.write(`${JSON.stringify(anchor)}\n`)) await once(file, 'drain');
        }
      }
    });
  }
  file.end();
  await once(file, 'close');
  print(`${count} anchors written to ${out}: keep them where nobody with this installation's database can change them`);
};

/** chain verify, chain anchors */
export const defineChain = (chain: Command): void => {
  chain
    .command('verify')
    .description(
      'check every commit and every anchor of all services, and name the first wrong place; ends with 1 when there is one',
    )
    .option('--tenant <id>', 'of one tenant')
    .option('--case <number>', 'of one case, such as ACME-1042: its stream, the clustering it came from, its actions')
    .option('--anchors <file>', 'anchors exported earlier, to be held against the store; may be repeated', repeated, [])
    .option('--no-kafka', 'do not compare with the anchors and facts that Kafka carries')
    .option('--json', 'print as JSON', false)
    .action(runVerify);
  chain
    .command('anchors')
    .description('export the signed anchors, a line of JSON each')
    .requiredOption('--out <file>', 'where to')
    .option('--tenant <id>', 'of one tenant')
    .action(runAnchors);
};
