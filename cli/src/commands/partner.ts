import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { SourceKind } from '#contracts';
import { SOURCE_NAME_RULE } from '#libs/terms';
import { mustBeOk } from '../gateway/graphql-client.js';
import { above0 } from '../terminal/flags.js';
import { addPartner as add, PARTNER_QUOTA } from '../kafka/partner.js';
import { partnerManifests } from '../kafka/strimzi.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { print, printJson, say } from '../terminal/print.js';
import { openSession, openStack, tokenFor } from '../gateway/session.js';

/** The chart's own cluster, of a release named vigie. */
const DEFAULT_CLUSTER = 'vigie';

const SOURCE = 'mutation($id: ID!, $source: SourceInput!) { registerSource(tenantId: $id, source: $source) OUTCOME }';

interface PartnerFlags {
  tenant: string;
  source: string;
  kind: SourceKind;
  rate: number;
  keep: number;
  json: boolean;
  k8s?: string | true;
}

/** Writes no password and asks nobody: the operator makes the password, and the gateway is asked by a person. */
const printManifests = ({ tenant, source, kind, rate, keep }: PartnerFlags, cluster: string): void => {
  const manifests = partnerManifests(tenant, source, { rateMbPerSecond: rate, keepGb: keep }, cluster);
  print(manifests.map((one) => `---\n${stringify(one).trimEnd()}`).join('\n'));
  say(`register it too: registerSource(tenantId: "${tenant}", source: { name: "${source}", kind: ${kind} })`);
};

const runAdd = async (flags: PartnerFlags): Promise<void> => {
  if (flags.k8s) return printManifests(flags, flags.k8s === true ? DEFAULT_CLUSTER : flags.k8s);
  const { admin, installation } = await openSession();
  const stack = await openStack();
  const { kind } = flags;
  mustBeOk(await admin.change(SOURCE, { id: flags.tenant, source: { name: flags.source, kind } }), 'the source');
  const partner = await add(stack, flags.tenant, flags.source, { rateMbPerSecond: flags.rate, keepGb: flags.keep });
  const holder = { kind: 'partner', subject: partner.username, tenant: flags.tenant, sources: [flags.source] } as const;
  // Elsewhere the identity provider makes it, for this subject and these sources.
  const token = installation.issuer
    ? await tokenFor(installation, holder, 24 * 30)
    : `(your identity provider's, for sub "${holder.subject}", sources ["${flags.source}"])`;
  const http = { url: `${installation.urls.ingest ?? '(set INGEST_URL)'}/v1/ingest/${flags.source}`, token };
  if (flags.json) return printJson({ kafka: partner, http });
  print(
    `Kafka topic     ${partner.topic}\nKafka brokers   ${partner.brokers.join(',')}\nmechanism       ${partner.mechanism}\nuser            ${partner.username}\npassword        ${partner.password}\nHTTP            POST ${http.url}\nbearer token    ${token}`,
  );
};

/** partner add */
export const definePartner = (partner: Command): void => {
  partner
    .command('add')
    .description('give a tool its own ingest topic, a Kafka user that may write only it, and a token for HTTP')
    .requiredOption('--tenant <id>', 'whose telemetry it is')
    .requiredOption('--source <name>', SOURCE_NAME_RULE)
    .requiredOption('--kind <kind>', `format of what it sends: ${KINDS.join(' | ')}`, readKind)
    .option('--rate <MB/s>', 'what it may send to Kafka; what is faster waits', above0, PARTNER_QUOTA.rateMbPerSecond)
    .option('--keep <GB>', 'what each partition of its topic keeps at most', above0, PARTNER_QUOTA.keepGb)
    .option('--json', 'print as JSON', false)
    .option(
      '--k8s [cluster]',
      `print the KafkaTopic and KafkaUser for Strimzi instead, of this Kafka cluster (${DEFAULT_CLUSTER} unless said)`,
    )
    .action(runAdd);
};
