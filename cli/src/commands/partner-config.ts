import type { Command } from 'commander';
import { ingestTopic } from '#libs/events';
import { Refused } from '#libs/model';
import { openSession, openStack } from '../gateway/session.js';
import { partnerPlan, PARTNER_QUOTA } from '../kafka/partner.js';
import {
  configOf,
  PASSWORD,
  shippers,
  TOKEN,
  WAYS,
  wayOf,
  type ShipperPlace,
  type ShipperWay,
} from '../partner/shippers/index.js';
import { oneOf } from '../terminal/flags.js';
import { print } from '../terminal/print.js';

const NAMES = shippers.map(({ name }) => name);

interface ConfigFlags {
  for: string;
  tenant: string;
  source: string;
  via?: ShipperWay;
  brokers?: string;
  url?: string;
  tls: boolean;
  syslog?: string;
}

/** Asks the installation for what is not said, and needed. @throws Refused where nobody says it. */
const reached = async (
  { brokers, url, syslog }: ConfigFlags,
  way: ShipperWay,
): Promise<Pick<ShipperPlace, 'brokers' | 'url' | 'syslog'>> => {
  if (way === 'tcp' && !syslog) throw new Refused('say where its syslog listener is: --syslog HOST:PORT', 'NO_ADDRESS');
  if (syslog && !/^.+:\d{1,5}$/.test(syslog)) throw new Refused('--syslog is HOST:PORT', 'BAD_ADDRESS');
  const known = async (): Promise<string> => {
    const { ingest } = (await openSession()).installation.urls;
    if (!ingest) throw new Refused('say where its HTTP listeners are: --url URL, or INGEST_URL', 'NO_ADDRESS');
    return ingest;
  };
  return {
    brokers: brokers?.split(',').filter(Boolean) ?? (way === 'kafka' ? (await openStack()).partnerBrokers : []),
    url: (url ?? (way === 'http' ? await known() : '')).replace(/\/+$/, ''),
    syslog: syslog ?? '',
  };
};

const runConfig = async (flags: ConfigFlags): Promise<void> => {
  const { for: name, tenant, source, tls } = flags;
  const { username } = partnerPlan(tenant, source, PARTNER_QUOTA);
  const way = wayOf(name, flags.via);
  const place = { source, username, topic: ingestTopic(tenant, source), tls, ...(await reached(flags, way)) };
  print(configOf(name, place, way).trimEnd());
};

/** partner config */
export const addConfig = (partner: Command): void => {
  partner
    .command('config')
    .description(
      `print ready configuration for a shipper; secrets are read from its environment (${PASSWORD}, ${TOKEN})`,
    )
    .requiredOption('--for <shipper>', NAMES.join(' | '), oneOf(NAMES))
    .requiredOption('--tenant <id>', 'whose telemetry it is')
    .requiredOption('--source <name>', 'a registered source of the tenant')
    .option('--via <way>', `${WAYS.join(' | ')}; what keeps an event as it is unless said`, oneOf(WAYS))
    .option('--brokers <list>', "host:port, by commas; this installation's unless said")
    .option('--url <url>', "the base of the HTTP listeners; this installation's unless said")
    .option('--tls', 'the brokers are reached by TLS', false)
    .option('--syslog <host:port>', "the source's syslog listener over TCP")
    .action(runConfig);
};
