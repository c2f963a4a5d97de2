import type { Command } from 'commander';
import { SOURCE_NAME_RULE } from '#libs/terms';
import { sources } from '../../../services/collection/src/sources/index.js';
import { mustBeOk } from '../gateway/graphql-client.js';
import { above0, oneOf } from '../terminal/flags.js';
import { signToken } from '../installation/keys.js';
import { addPartner as add, PARTNER_QUOTA } from '../kafka/partner.js';
import { print, printJson } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';

/** As people write them: aws-cloudtrail. */
const KINDS = sources.map(({ kind }) => kind.toLowerCase().replaceAll('_', '-')).sort();

const SOURCE = 'mutation($id: ID!, $source: SourceInput!) { registerSource(tenantId: $id, source: $source) OUTCOME }';

const runAdd = async (flags: {
  tenant: string;
  source: string;
  kind: string;
  rate: number;
  keep: number;
  json: boolean;
}): Promise<void> => {
  const { stack, admin, installation } = await openSession();
  const kind = flags.kind.toUpperCase().replaceAll('-', '_');
  mustBeOk(await admin.change(SOURCE, { id: flags.tenant, source: { name: flags.source, kind } }), 'the source');
  const partner = await add(stack, flags.tenant, flags.source, { rateMbPerSecond: flags.rate, keepGb: flags.keep });
  const token = await signToken(
    installation.issuer.secret,
    { kind: 'partner', subject: partner.username, tenant: flags.tenant, sources: [flags.source] },
    24 * 30,
  );
  const http = { url: `${installation.urls.ingest}/v1/ingest/${flags.source}`, token };
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
    .requiredOption('--kind <kind>', `format of what it sends: ${KINDS.join(' | ')}`, oneOf(KINDS))
    .option('--rate <MB/s>', 'what it may send to Kafka; what is faster waits', above0, PARTNER_QUOTA.rateMbPerSecond)
    .option('--keep <GB>', 'what each partition of its topic keeps at most', above0, PARTNER_QUOTA.keepGb)
    .option('--json', 'print as JSON', false)
    .action(runAdd);
};
