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
import { installationDir } from '../installation/chosen.js';
import { loadInstallation } from '../installation/saved-installation.js';
import { syslogAddress, syslogFilesOf } from '../installation/syslog.js';
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
  syslogCa?: string;
}

type SyslogPlace = Pick<ShipperPlace, 'syslog' | 'syslogCa'>;

/** Where Debian keeps the authorities that everybody trusts. */
const DEFAULT_CA = '/etc/ssl/certs/ca-certificates.crt';

/** The source's listener of this installation, if it has one. */
const syslogHere = ({ tenant, source }: ConfigFlags, way: ShipperWay): SyslogPlace | undefined => {
  const here = loadInstallation(installationDir());
  const ours = here?.syslog?.find((at) => at.transport === way && at.tenant === tenant && at.source === source);
  return here && ours && { syslog: syslogAddress(ours), syslogCa: syslogFilesOf(here.dir).certificate };
};

/** Where syslog is sent to: as it is said, or here. @throws Refused where nobody says it. */
const syslogOf = (flags: ConfigFlags, way: ShipperWay): SyslogPlace => {
  const { syslog, syslogCa, tenant, source } = flags;
  if (syslog && !/^.+:\d{1,5}$/.test(syslog)) throw new Refused('--syslog is HOST:PORT', 'BAD_ADDRESS');
  if (way !== 'tcp' && way !== 'tls') return { syslog: '', syslogCa: '' };
  const found = syslog ? { syslog, syslogCa: DEFAULT_CA } : syslogHere(flags, way);
  if (found) return { ...found, ...(syslogCa ? { syslogCa } : {}) };
  const here = `npm run vigie -- up --syslog PORT/${way}:${tenant}/${source} opens one here`;
  throw new Refused(`say where its syslog listener is: --syslog HOST:PORT (${here})`, 'NO_ADDRESS');
};

/** Asks the installation for what is not said, and needed. @throws Refused where nobody says it. */
const reached = async (flags: ConfigFlags, way: ShipperWay): Promise<Pick<ShipperPlace, 'brokers' | 'url'>> => {
  const { brokers, url } = flags;
  const known = async (): Promise<string> => {
    const { ingest } = (await openSession()).installation.urls;
    if (!ingest) throw new Refused('say where its HTTP listeners are: --url URL, or INGEST_URL', 'NO_ADDRESS');
    return ingest;
  };
  return {
    brokers: brokers?.split(',').filter(Boolean) ?? (way === 'kafka' ? (await openStack()).partnerBrokers : []),
    url: (url ?? (way === 'http' ? await known() : '')).replace(/\/+$/, ''),
  };
};

const runConfig = async (flags: ConfigFlags): Promise<void> => {
  const { for: name, tenant, source, tls } = flags;
  const { username } = partnerPlan(tenant, source, PARTNER_QUOTA);
  const way = wayOf(name, flags.via);
  const place = {
    source,
    username,
    topic: ingestTopic(tenant, source),
    tls,
    ...(await reached(flags, way)),
    ...syslogOf(flags, way),
  };
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
    .option('--syslog <host:port>', "the source's syslog listener over TCP or TLS; this installation's unless said")
    .option('--syslog-ca <file>', "certificate that vouches for it; this installation's, or the system's, unless said")
    .action(runConfig);
};
