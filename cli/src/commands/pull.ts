import { InvalidArgumentError, type Command } from 'commander';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { Refused } from '#libs/model';
import { PULLS } from '#libs/terms';
import { mustBeOk, mustKnow, type GraphqlClient } from '../gateway/graphql-client.js';
import { openSession, openStack } from '../gateway/session.js';
import { untilShown } from '../gateway/until-shown.js';
import { withBroker } from '../kafka/provision.js';
import { oneOf, repeated } from '../terminal/flags.js';
import { print, printJson, table } from '../terminal/print.js';

interface ShownPull {
  source: string;
  vendor: string;
  baseUrl: string;
  account: string;
  secretRef: string;
  include: string[];
  since: string;
  failing: { code: string; sentence: string; since: string } | null;
  events: number;
  bytes: number;
  reachedAt: string | null;
  advancedAt: string | null;
}

interface NamedPull {
  tenant: string;
  source: string;
}

interface PullFlags extends NamedPull {
  vendor: string;
  url: string;
  account: string;
  secret: string;
  include: string[];
  since?: string;
}

const FIELDS =
  'source vendor baseUrl account secretRef include since failing { code sentence since } events bytes reachedAt advancedAt';
const PULLED = `query($tenant: ID!) { pulls(tenant: $tenant) { ${FIELDS} } }`;
const CONFIGURE = 'mutation($id: ID!, $pull: PullInput!) { configurePull(tenantId: $id, pull: $pull) OUTCOME }';
const SOURCES = 'query($id: ID!) { tenant(id: $id) { sources { name } } }';
const REGISTER = 'mutation($id: ID!, $source: SourceInput!) { registerSource(tenantId: $id, source: $source) OUTCOME }';
const REMOVE = 'mutation($id: ID!, $source: String!) { removePull(tenantId: $id, source: $source) OUTCOME }';

const readTime = (text: string): string => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It is a time such as 2026-11-01T00:00:00Z.');
  return new Date(at).toISOString();
};

const pullsOf = async (admin: GraphqlClient, tenant: string): Promise<ShownPull[]> => {
  await mustKnow(admin, tenant);
  return (await admin.ask<{ pulls: ShownPull[] }>(PULLED, { tenant })).pulls;
};

/** The source, where it is not registered, and its topic: pulling writes where partners do. */
const prepare = async (admin: GraphqlClient, { tenant, source, vendor }: PullFlags): Promise<void> => {
  const { tenant: known } = await admin.ask<{ tenant?: { sources: { name: string }[] } }>(SOURCES, { id: tenant });
  if (!known) throw new Refused(`there is no tenant ${tenant}: npm run vigie -- tenant add`, 'NO_TENANT');
  const terms = PULLS[vendor];
  const kind = terms?.kinds[0];
  if (!known.sources.some(({ name }) => name === source)) {
    // What lies in a folder may be of any kind.
    if (terms?.isFolder) throw new Refused(`${source} is no source of ${tenant}: register it first`, 'NO_SUCH_SOURCE');
    mustBeOk(await admin.change(REGISTER, { id: tenant, source: { name: source, kind } }), 'the source');
  }
  await withBroker(await openStack(), (broker) => ensureTopics(broker, [ingestTopicSpec(tenant, source)]));
};

const runAdd = async (flags: PullFlags): Promise<void> => {
  const { tenant, source, vendor, url, account, secret, include, since } = flags;
  const { admin } = await openSession();
  await prepare(admin, flags);
  const pull = { source, vendor, baseUrl: url, account, secretRef: secret, include, since: since ?? null };
  // A source that was registered just now is heard of in a moment.
  const outcome = await untilShown('the source', async () => {
    const told = await admin.change(CONFIGURE, { id: tenant, pull });
    return told.code === 'NO_SUCH_SOURCE' ? undefined : told;
  });
  mustBeOk(outcome, 'the pull');
  print(`${source} of ${tenant} is pulled from ${vendor} at ${url}${secret && `, let in by ${secret}`}`);
};

const runRemove = async ({ tenant, source }: NamedPull): Promise<void> => {
  const { admin } = await openSession();
  mustBeOk(await admin.change(REMOVE, { id: tenant, source }), 'the pull');
  print(`${source} of ${tenant} is pulled no more; what came stays, and it stays a source: its silence is told`);
};

const runList = async ({ tenant, json }: { tenant: string; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const found = await pullsOf(admin, tenant);
  if (json) return printJson(found);
  const head = ['source', 'vendor', 'from', 'events', 'up to', 'trouble'];
  const rows = found.map(({ source, vendor, baseUrl, events, reachedAt, failing }) => [
    ...[source, vendor, baseUrl, events, reachedAt],
    failing?.code ?? null,
  ]);
  print(found.length ? table(head, rows) : 'nothing is pulled');
};

const shown = ({ source, vendor, baseUrl, account, secretRef, include, since, failing, ...how }: ShownPull): string =>
  [
    `source    ${source}, from ${vendor} at ${baseUrl}${account && `, ${account}`}`,
    `lets in   ${secretRef || 'nobody is asked'}`,
    `what      ${include.length ? include.join(', ') : 'the usual'}, since ${since}`,
    `events    ${how.events} (${how.bytes} bytes); the latest of ${how.reachedAt ?? 'no known time'}, which came ${how.advancedAt ?? 'never'}`,
    failing ? `trouble   ${failing.code} since ${failing.since}: ${failing.sentence}` : 'trouble   none',
  ].join('\n');

const runStatus = async ({ tenant, source, json }: NamedPull & { json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const found = (await pullsOf(admin, tenant)).find((one) => one.source === source);
  if (!found) throw new Refused(`${source} of ${tenant} is not pulled: npm run vigie -- pull add`, 'NOT_PULLED');
  if (json) return printJson(found);
  print(shown(found));
};

const VENDORS = Object.keys(PULLS);

const words = (): string =>
  Object.entries(PULLS)
    .map(([vendor, { kinds, account, include, isFolder }]) =>
      [
        `  ${vendor}: a source of ${isFolder ? 'any kind' : kinds.join(' or ')}`,
        account && `--account ${account}`,
        include && `--include ${include.what}`,
      ]
        .filter(Boolean)
        .join('; '),
    )
    .join('\n');

/** pull add | list | remove | status */
export const definePull = (pull: Command): void => {
  const named = (command: Command): Command =>
    command
      .requiredOption('--tenant <id>', 'whose it is')
      .requiredOption('--source <name>', 'its source; add registers one that is not');
  named(
    pull
      .command('add')
      .description('pull a source from its vendor, or change how: another place begins anew, another secret goes on'),
  )
    .requiredOption('--vendor <name>', VENDORS.join(' | '), oneOf(VENDORS))
    .requiredOption(
      '--url <url>',
      'the base address of the API, or of a folder directory://<name> (PULL_DIRECTORIES of collection)',
    )
    .option('--secret <ref>', 'the name of what lets in: npm run vigie -- secret add; none for a folder', '')
    .option('--account <name>', "the vendor's own name for whose it is", '')
    .option('--include <what>', 'which logs or places; may be repeated', repeated, [])
    .option('--since <time>', 'from when on; now unless said, or on from where it was', readTime)
    .addHelpText(
      'after',
      `\nVendors:\n${words()}\n\nExample:\n  npm run --silent vigie -- secret add --tenant acme --ref okta-log --origin https://acme.okta.com < token.txt\n  npm run vigie -- pull add --tenant acme --source okta --vendor okta --url https://acme.okta.com --secret okta-log`,
    )
    .action(runAdd);
  pull
    .command('list')
    .description('what is pulled of a tenant, how far, and what is in the way')
    .requiredOption('--tenant <id>', 'whose it is')
    .option('--json', 'print as JSON', false)
    .action(runList);
  named(pull.command('remove').description('pull a source no more; what came stays')).action(runRemove);
  named(pull.command('status').description('say how far a source is pulled, and why it cannot be'))
    .option('--json', 'print as JSON', false)
    .action(runStatus);
};
