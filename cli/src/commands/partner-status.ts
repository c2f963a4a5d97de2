import type { Command } from 'commander';
import { ingestTopic, type Broker } from '#libs/events';
import { Refused } from '#libs/model';
import { NOTHING_KNOWN } from '#libs/terms';
import { mustKnow, type GraphqlClient } from '../gateway/graphql-client.js';
import { openSession, openStack } from '../gateway/session.js';
import { withBroker } from '../kafka/provision.js';
import {
  lossesOf,
  messagesOn,
  partnerStatuses,
  sampleOn,
  type LossReason,
  type PartnerStatus,
} from '../partner/status.js';
import { fittingKind, wrongKindText } from '../partner/fitting-kind.js';
import { print, printJson, table } from '../terminal/print.js';

const asking = async (work: (admin: GraphqlClient, broker: Broker) => Promise<void>): Promise<void> => {
  const { admin } = await openSession();
  await withBroker(await openStack(), (broker) => work(admin, broker));
};

/** Everything that was accepted of it says nothing its source knows. */
const isOfNothing = ({ kind, intake }: PartnerStatus): boolean =>
  kind !== null && intake !== null && intake.accepted > 0 && intake.unrecognised === intake.accepted;

const wrongKindOf = async (broker: Broker, { tenant, source, kind, intake }: PartnerStatus): Promise<string> => {
  const fit = await fittingKind(await sampleOn(broker, ingestTopic(tenant, source)));
  return wrongKindText(intake?.accepted ?? 0, kind ?? '', fit);
};

const rowOf = ({ tenant, source, kind, username, intake, flagged }: PartnerStatus): (string | number | null)[] => [
  tenant,
  source,
  kind ?? 'not registered',
  username,
  intake?.accepted ?? 0,
  flagged.filter(({ flag }) => flag !== NOTHING_KNOWN).reduce((sum, { count }) => sum + count, 0),
  intake?.unrecognised ?? 0,
  intake?.dead ?? 0,
  intake?.lastOccurredAt ?? null,
];

const runList = ({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> =>
  asking(async (admin, broker) => {
    if (tenant) await mustKnow(admin, tenant);
    const statuses = await partnerStatuses(admin, broker, tenant);
    if (json) return printJson(statuses);
    if (statuses.length === 0) return print('there are no sources');
    const head = [
      'tenant',
      'source',
      'kind',
      'Kafka user',
      'accepted',
      'flags of a week',
      'unrecognised',
      'dead',
      'last event',
    ];
    print(table(head, statuses.map(rowOf)));
    for (const one of statuses)
      if (isOfNothing(one)) print(`${one.tenant}/${one.source}: ${await wrongKindOf(broker, one)}`);
    return undefined;
  });

const shown = (status: PartnerStatus, topic: string, messages: number | null, losses: LossReason[]): string => {
  const { tenant, source, kind, username, intake, flagged } = status;
  const lines = [
    `source    ${tenant}/${source}, ${kind ?? 'not registered: nothing of it is read'}`,
    `Kafka     ${username ? `${username} may write ${topic}` : 'no user may write'}; ${messages === null ? 'there is no topic' : `messages so far: ${messages}`}`,
    intake
      ? `events    ${intake.accepted} accepted, of which ${intake.unrecognised} say nothing it knows, ${intake.dead} dead-lettered; the last happened at ${intake.lastOccurredAt ?? 'no known time'}`
      : 'events    none was received',
  ];
  if (flagged.length > 0)
    lines.push(`flags     ${flagged.map(({ flag, count }) => `${count} × ${flag}`).join(', ')} (within a week)`);
  for (const { code, sentence, count, lastAt } of losses)
    lines.push(`  ${count} × ${code}: ${sentence} (the last ${new Date(lastAt).toISOString()})`);
  return lines.join('\n');
};

const runStatus = ({ tenant, source, json }: { tenant: string; source: string; json: boolean }): Promise<void> =>
  asking(async (admin, broker) => {
    await mustKnow(admin, tenant);
    const status = (await partnerStatuses(admin, broker, tenant)).find((one) => one.source === source);
    if (!status) throw new Refused(`${tenant} has no source ${source}: npm run vigie -- partner add`, 'NO_SOURCE');
    const topic = ingestTopic(tenant, source);
    const messages = await messagesOn(broker, topic);
    const losses = await lossesOf(broker, tenant, topic);
    if (json) return printJson({ ...status, topic, messages, losses });
    print(shown(status, topic, messages, losses));
    return isOfNothing(status) ? print(await wrongKindOf(broker, status)) : undefined;
  });

/** partner list, partner status */
export const addStatus = (partner: Command): void => {
  partner
    .command('list')
    .description('name sources, who may write them, and what came')
    .option('--tenant <id>', 'of this tenant')
    .option('--json', 'print as JSON', false)
    .action(runList);
  partner
    .command('status')
    .description('say what came of a source, and why some of it could not be read')
    .requiredOption('--tenant <id>', 'whose it is')
    .requiredOption('--source <name>', 'its source')
    .option('--json', 'print as JSON', false)
    .action(runStatus);
};
