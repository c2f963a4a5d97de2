import { connectBroker } from '#libs/events';
import { openLog } from '#libs/service';
import { Fault } from '#libs/model';
import type { Partner } from '../kafka/partner.js';
import type { TelemetryFeed } from './scenario/index.js';

const LINES_A_MESSAGE = 25;

const chunks = (events: object[]): string[] =>
  Array.from({ length: Math.ceil(events.length / LINES_A_MESSAGE) }, (_, index) =>
    events
      .slice(index * LINES_A_MESSAGE, (index + 1) * LINES_A_MESSAGE)
      .map((event) => JSON.stringify(event))
      .join('\n'),
  );

/** As the partner's tool would: its own user, its own topic. */
export const sendByKafka = async (partner: Partner, { events }: TelemetryFeed): Promise<void> => {
  const broker = connectBroker({
    brokers: partner.brokers,
    username: partner.username,
    password: partner.password,
    clientId: 'partner',
    log: openLog('partner', 'silent'),
  });
  const publisher = broker.publisher();
  await publisher.send(
    chunks(events).map((value) => ({ topic: partner.topic, key: null, value: Buffer.from(value), headers: {} })),
  );
  await publisher.close();
  await broker.close();
};

/** As any HTTP forwarder would: NDJSON and a bearer token. */
export const sendByHttp = async (url: string, token: string, { events }: TelemetryFeed): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body: events.map((event) => JSON.stringify(event)).join('\n'),
    signal: AbortSignal.timeout(60_000),
  });
  if (response.status !== 202) throw new Fault(`${url} answered ${response.status}: ${await response.text()}`);
};
