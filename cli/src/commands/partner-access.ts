import type { Command } from 'commander';
import { mustBeOk } from '../gateway/graphql-client.js';
import { openSession, openStack } from '../gateway/session.js';
import { removePartner, rotatePartner } from '../kafka/partner.js';
import { accessOf, tellAccess, TOKEN_DAYS, type AccessFlags } from '../partner/access.js';
import { fromCaller, mustHaveFolder } from '../terminal/paths.js';
import { print, say } from '../terminal/print.js';

interface NamedPartner {
  tenant: string;
  source: string;
}

const OLD_TOKENS = `A bearer token that was given before lets in over HTTP until it expires (${TOKEN_DAYS} days after it was made, where we made it).`;

const runRotate = async (flags: NamedPartner & AccessFlags): Promise<void> => {
  if (flags.save) mustHaveFolder(fromCaller(flags.save));
  const { installation } = await openSession();
  const partner = await rotatePartner(await openStack(), flags.tenant, flags.source);
  tellAccess(await accessOf(installation, partner, flags), flags);
  say(`The password before lets nobody in any more; connections that are open stay. ${OLD_TOKENS}`);
};

const REMOVE_SOURCE = 'mutation($id: ID!, $source: String!) { removeSource(tenantId: $id, source: $source) OUTCOME }';

const runRemove = async ({ tenant, source, andSource }: NamedPartner & { andSource: boolean }): Promise<void> => {
  const { username, topic } = await removePartner(await openStack(), tenant, source);
  print(`${username} may write ${topic} no more, and is let in no more. What it sent stays.`);
  if (!andSource) {
    print(`${source} stays a source of ${tenant}: its silence is told, until --and-source.`);
    return say(OLD_TOKENS);
  }
  const { admin } = await openSession();
  mustBeOk(await admin.change(REMOVE_SOURCE, { id: tenant, source }), 'the source');
  print(`${source} is no source of ${tenant} any more: nothing is taken for it, and its silence is not told.`);
};

/** partner rotate, partner remove */
export const addAccess = (partner: Command): void => {
  const named = (command: Command): Command =>
    command.requiredOption('--tenant <id>', 'whose it is').requiredOption('--source <name>', 'its source');
  named(partner.command('rotate').description('give it another Kafka password, and another token for HTTP'))
    .option('--json', 'print as JSON', false)
    .option('--save <file>', 'write what lets it in to this file, for its owner alone, and print none of it')
    .action(runRotate);
  named(partner.command('remove').description('take its Kafka user and rights; what it sent and the source stay'))
    .option(
      '--and-source',
      'expect nothing of the source any more: not taken by HTTP either, its silence not told',
      false,
    )
    .action(runRemove);
};
