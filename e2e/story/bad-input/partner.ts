import { connectBroker } from '#libs/events';
import { processStarted, signToken } from '../../../cli/src/index.js';
import { silent } from '../../support/installation.js';
import type { PlayedStory } from '../played-story.js';

/** The tool of a partner whose telemetry is bad here. */
export const TENANT = 'northwind';
const SOURCE = 'endpoint';

/** An event as any office machine has it. */
export const ordinaryEvent = (): string =>
  JSON.stringify(
    processStarted(Date.now(), 'wks-015.northwind.example', {
      image: 'C:\\Windows\\System32\\notepad.exe',
      commandLine: 'notepad.exe notes.txt',
      user: 'NORTHWIND\\s.patel',
      parent: 'C:\\Windows\\explorer.exe',
    }).event,
  );

/** As the partner's own tool, by Kafka. */
export const sendAsPartner = async ({ stage }: PlayedStory, values: Buffer[]): Promise<void> => {
  const partner = stage.partners[`${TENANT}/${SOURCE}`];
  if (!partner) throw new Error('there is no partner');
  const broker = connectBroker({
    brokers: partner.brokers,
    username: partner.username,
    password: partner.password,
    clientId: 'partner',
    log: silent,
  });
  const publisher = broker.publisher();
  await publisher
    .send(values.map((value) => ({ topic: partner.topic, key: 'one', value, headers: {} })))
    .finally(() => publisher.close())
    .finally(() => broker.close());
};

/** By HTTP. */
export const post = async (
  {
    installed: {
      up: { installation },
    },
  }: PlayedStory,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<{ status: number; code?: string }> => {
  const token = await signToken(installation.issuer.secret, {
    kind: 'partner',
    subject: 'tool',
    tenant: TENANT,
    sources: [SOURCE],
  });
  const response = await fetch(`${installation.urls.ingest}/v1/ingest/${SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body,
  });
  const { error } = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: error?.code };
};
