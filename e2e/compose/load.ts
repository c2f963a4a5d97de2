import { connectBroker } from '#libs/events';
import { openLog } from '#libs/service';
import { pause } from '#stack';
import {
  addPartner,
  dice,
  grant,
  onboard,
  ordinary,
  type Partner,
  processStarted,
  signToken,
  type Stage,
  type TenantPlan,
  type TokenHolder,
} from '../../cli/src/index.js';

export const STEADY = 'steady';
export const BY_KAFKA = 'endpoint';
export const BY_HTTP = 'agent';
export const EVENTS_A_MESSAGE = 20;
const EVERY_MS = 500;
/** One message of so many tells of an attack, on a host of its own: each must become a finding of its own. */
const ATTACK_EVERY = 20;

const plan: TenantPlan = {
  name: 'Steady Works',
  prefix: 'STW',
  language: 'EN',
  timeZone: 'Europe/London',
  policy: { mode: 'NOTIFY' },
  contacts: [],
  assets: [],
  identities: [],
  sources: [BY_KAFKA, BY_HTTP].map((name) => ({ name, kind: 'WINDOWS' })),
  connectors: [],
};

/** What was acknowledged of one way in. */
export interface SentLoad {
  messages: number;
  hosts: string[];
  /** Sends that were not acknowledged and were made again: what they carried may be there twice. */
  again: number;
}

export interface SteadyLoad {
  sent: Record<string, SentLoad>;
  /** Ends when what is under way was acknowledged. */
  stop(): Promise<void>;
}

const messageOf = (source: string, number: number, roll: () => number): { body: string; host?: string } => {
  const now = Date.now();
  const hosts = [`desk-${source}.steady.example`];
  const events: object[] = Array.from(
    { length: EVENTS_A_MESSAGE - 1 },
    () => ordinary(roll, now - 1_000, hosts, ['STEADY\\a.worker']).event,
  );
  const host = number % ATTACK_EVERY === 0 ? `srv-${source}-${number}.steady.example` : undefined;
  const run = {
    image: 'C:\\Windows\\System32\\vssadmin.exe',
    commandLine: host ? 'vssadmin.exe delete shadows /all /quiet' : 'vssadmin.exe list writers',
    user: 'NT AUTHORITY\\SYSTEM',
    parent: 'C:\\Windows\\System32\\cmd.exe',
  };
  events.push(processStarted(now - 500, host ?? 'desk.steady.example', run).event);
  return { body: events.map((event) => JSON.stringify(event)).join('\n'), host };
};

/** Sends message after message by one way, each until it is acknowledged. */
const keepSending = async (
  source: string,
  sent: SentLoad,
  goesOn: () => boolean,
  send: (body: string) => Promise<void>,
) => {
  const roll = dice(source.length);
  for (let number = 1; goesOn(); number++) {
    const { body, host } = messageOf(source, number, roll);
    for (;;) {
      try {
        await send(body);
        break;
      } catch {
        sent.again += 1;
        await pause(EVERY_MS);
      }
    }
    sent.messages += 1;
    if (host) sent.hosts.push(host);
    await pause(EVERY_MS);
  }
};

const byHttp =
  (stage: Stage, token: string) =>
  async (body: string): Promise<void> => {
    const answer = await fetch(`${stage.up.installation.urls.ingest}/v1/ingest/${BY_HTTP}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(60_000),
    });
    await answer.arrayBuffer();
    if (answer.status !== 202) throw new Error(`${answer.status}`);
  };

const byKafka = ({ username, password, brokers, topic }: Partner) => {
  const broker = connectBroker({ brokers, username, password, clientId: 'partner', log: openLog('load', 'silent') });
  const publisher = broker.publisher();
  return {
    send: (body: string) => publisher.send([{ topic, key: null, value: Buffer.from(body), headers: {} }]),
    close: async () => {
      await publisher.close();
      await broker.close();
    },
  };
};

/** Takes a customer on whose tools never rest: by Kafka and by HTTP, until they are stopped. */
export const startLoad = async (stage: Stage): Promise<SteadyLoad> => {
  await onboard(stage.admin, STEADY, plan, stage.up.installation);
  await grant(stage.admin, 'ada@provider', 'ANALYST', [STEADY]);
  const partner = await addPartner(stage.up.stack, STEADY, BY_KAFKA);
  const { username } = await addPartner(stage.up.stack, STEADY, BY_HTTP);
  const who: TokenHolder = { kind: 'partner', subject: username, tenant: STEADY, sources: [BY_HTTP] };
  const token = await signToken(stage.up.installation.issuer.secret, who);
  const kafka = byKafka(partner);
  const sent: Record<string, SentLoad> = {
    [BY_KAFKA]: { messages: 0, hosts: [], again: 0 },
    [BY_HTTP]: { messages: 0, hosts: [], again: 0 },
  };
  let going = true;
  const sending = [
    keepSending(BY_KAFKA, sent[BY_KAFKA] as SentLoad, () => going, kafka.send),
    keepSending(BY_HTTP, sent[BY_HTTP] as SentLoad, () => going, byHttp(stage, token)),
  ];
  return {
    sent,
    stop: async () => {
      going = false;
      await Promise.all(sending);
      await kafka.close();
    },
  };
};
