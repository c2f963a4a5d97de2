import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { SourceKind } from '#contracts';
import { SHARDS } from '#libs/events';
import { SOURCE_NAME_RULE } from '#libs/terms';
import { mustBeOk } from '../gateway/graphql-client.js';
import { above0, countFrom } from '../terminal/flags.js';
import { addPartner as add, PARTNER_QUOTA, type PartnerQuota } from '../kafka/partner.js';
import { partnerManifests } from '../kafka/strimzi.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { accessOf, tellAccess, type AccessFlags } from '../partner/access.js';
import { print, say } from '../terminal/print.js';
import { mustHaveFolder, fromCaller } from '../terminal/paths.js';
import { openSession, openStack } from '../gateway/session.js';
import { addAccess } from './partner-access.js';
import { addConfig } from './partner-config.js';
import { addStatus } from './partner-status.js';
import { addValidate } from './partner-validate.js';

/** The chart's own cluster, of a release named vigie. */
const DEFAULT_CLUSTER = 'vigie';

const SOURCE = 'mutation($id: ID!, $source: SourceInput!) { registerSource(tenantId: $id, source: $source) OUTCOME }';

interface PartnerFlags extends AccessFlags {
  tenant: string;
  source: string;
  kind: SourceKind;
  rate: number;
  keep: number;
  partitions: number;
  receipts: boolean;
  k8s?: string | true;
}

const quotaOf = ({ rate, keep, partitions }: PartnerFlags): PartnerQuota => ({
  rateMbPerSecond: rate,
  keepGb: keep,
  partitions,
});

/** Writes no password and asks nobody: the operator makes the password, and the gateway is asked by a person. */
const printManifests = (flags: PartnerFlags, cluster: string): void => {
  const { tenant, source, kind, receipts } = flags;
  const manifests = partnerManifests(tenant, source, quotaOf(flags), cluster, receipts);
  print(manifests.map((one) => `---\n${stringify(one).trimEnd()}`).join('\n'));
  say(
    `register it too: registerSource(tenantId: "${tenant}", source: { name: "${source}", kind: ${kind}${receipts ? ', receipts: true' : ''} })`,
  );
};

const runAdd = async (flags: PartnerFlags): Promise<void> => {
  if (flags.k8s) return printManifests(flags, flags.k8s === true ? DEFAULT_CLUSTER : flags.k8s);
  if (flags.save) mustHaveFolder(fromCaller(flags.save));
  const { admin, installation } = await openSession();
  const stack = await openStack();
  const { kind, receipts, tenant, source: name } = flags;
  mustBeOk(await admin.change(SOURCE, { id: tenant, source: { name, kind, receipts } }), 'the source');
  const partner = await add(stack, tenant, name, quotaOf(flags), receipts);
  tellAccess(await accessOf(installation, partner, flags), flags);
  say(
    `ready configuration: npm run vigie -- partner config --for vector --tenant ${flags.tenant} --source ${flags.source}`,
  );
};

/** partner add | config | list | remove | rotate | status | validate */
export const definePartner = (partner: Command): void => {
  partner
    .command('add')
    .description('give a tool its own ingest topic, a Kafka user that may write only it, and a token for HTTP')
    .requiredOption('--tenant <id>', 'whose telemetry it is')
    .requiredOption('--source <name>', SOURCE_NAME_RULE)
    .requiredOption('--kind <kind>', `format of what it sends: ${KINDS.join(' | ')}`, readKind)
    .option('--rate <MB/s>', 'what it may send to Kafka; what is faster waits', above0, PARTNER_QUOTA.rateMbPerSecond)
    .option('--keep <GB>', 'what each partition of its topic keeps at most', above0, PARTNER_QUOTA.keepGb)
    .option(
      '--partitions <n>',
      'of its topic, where it is made: what it sends is read by so many at once',
      countFrom(1, SHARDS),
      PARTNER_QUOTA.partitions,
    )
    .option(
      '--receipts',
      'tell it what becomes of its events, on a topic that it may read; another time without: no more',
      false,
    )
    .option('--json', 'print as JSON', false)
    .option('--save <file>', 'write what lets it in to this file, for its owner alone, and print none of it')
    .option(
      '--k8s [cluster]',
      `print the KafkaTopic and KafkaUser for Strimzi instead, of this Kafka cluster (${DEFAULT_CLUSTER} unless said)`,
    )
    .action(runAdd);
  addConfig(partner);
  addStatus(partner);
  addAccess(partner);
  addValidate(partner);
};
