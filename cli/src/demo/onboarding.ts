import { onboard } from '../gateway/onboard.js';
import { addPartner } from '../kafka/partner.js';
import { signToken } from '../installation/keys.js';
import { sendByHttp, sendByKafka } from './send.js';
import { ANALYST, customer, grant, REVIEWER, type Stage } from './stage.js';
import type { TelemetryFeed, Story } from './scenario/index.js';

const APPROVER = 'CUSTOMER_APPROVER';

/** Act one: three customers come on board through GraphQL, with people who may see and agree. */
export const takeOn = async (stage: Stage, stories: readonly Story[]): Promise<void> => {
  const { admin, up, say } = stage;
  for (const { tenant, plan } of stories) {
    await onboard(admin, tenant, plan, up.installation, say);
    const person = String(plan.contacts[0]?.subject ?? '');
    await grant(admin, person, APPROVER, [tenant]);
    stage.customers[tenant] = await customer(up, tenant, person);
    for (const { name } of plan.sources) stage.partners[`${tenant}/${name}`] = await addPartner(up.stack, tenant, name);
    say(
      `  ${plan.name}: ${plan.policy.mode}, ${plan.language}, sources ${plan.sources.map(({ name }) => name).join(' and ')}`,
    );
  }
  await grant(
    admin,
    ANALYST,
    'ANALYST',
    stories.map(({ tenant }) => tenant),
  );
  await grant(
    admin,
    REVIEWER,
    'LEAD',
    stories.map(({ tenant }) => tenant),
  );
};

const sendFeed = async (stage: Stage, tenant: string, feed: TelemetryFeed): Promise<void> => {
  const partner = stage.partners[`${tenant}/${feed.source}`];
  if (!partner) throw new Error(`${tenant} has no source ${feed.source}`);
  if (feed.via === 'kafka') return sendByKafka(partner, feed);
  const { installation } = stage.up;
  const token = await signToken(installation.issuer.secret, {
    kind: 'partner',
    subject: partner.username,
    tenant,
    sources: [feed.source],
  });
  await sendByHttp(`${installation.urls.ingest}/v1/ingest/${feed.source}`, token, feed);
};

/** Act two: their tools publish telemetry, over Kafka and over HTTP. @returns events sent, by tenant. */
export const publish = async (
  stage: Stage,
  stories: readonly Story[],
  now: number,
): Promise<Record<string, number>> => {
  const sent: Record<string, number> = {};
  for (const { tenant, telling, feeds } of stories) {
    stage.say(`  ${telling}`);
    for (const feed of feeds(now)) {
      await sendFeed(stage, tenant, feed);
      sent[tenant] = (sent[tenant] ?? 0) + feed.events.length;
      stage.say(`    ${feed.events.length} events of ${feed.source} by ${feed.via === 'kafka' ? 'Kafka' : 'HTTP'}`);
    }
  }
  return sent;
};
