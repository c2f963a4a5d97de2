import { join } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { down } from '../installation/down.js';
import { brandGiven, type BrandFlags } from '../installation/brand.js';
import { DEFAULT_DIR } from '../installation/chosen.js';
import {
  DEV_ADMIN,
  forgetInstallation,
  loadInstallation,
  type Installation,
  type InstallationKeys,
} from '../installation/saved-installation.js';
import { signToken } from '../installation/keys.js';
import { interruption } from '../terminal/interruption.js';
import { fromCaller, mustBeThere } from '../terminal/paths.js';
import { print, printJson, say } from '../terminal/print.js';
import {
  syslogAddress,
  SYSLOG_FORM,
  syslogFilesOf,
  syslogOption,
  syslogText,
  type InstalledSyslog,
} from '../installation/syslog.js';
import { up } from '../installation/up.js';

interface UpFlags extends BrandFlags {
  dir: string;
  wipe: boolean;
  json: boolean;
  oneProcess: boolean;
  smtp?: string;
  backup?: string;
  keysOf?: string;
  syslog?: InstalledSyslog[];
}

/** @throws Refused when no installation is there. */
const keysIn = (folder: string): InstallationKeys => {
  const found = loadInstallation(folder);
  if (!found) throw new Refused(`${folder} is no installation's folder`, 'NO_INSTALLATION');
  return found;
};

/** Where syslog is sent to, and by which certificate. */
const syslogFound = ({ dir, syslog = [] }: Installation): object[] =>
  syslog.map((at) => ({
    ...at,
    address: syslogAddress(at),
    ...(at.transport === 'tls' ? { certificate: syslogFilesOf(dir).certificate } : {}),
  }));

const runUp = async ({ json, backup, keysOf, syslog, ...flags }: UpFlags): Promise<void> => {
  const { dir, wipe, oneProcess, smtp } = flags;
  if (backup !== undefined) mustBeThere(fromCaller(backup));
  const keys = keysOf === undefined ? undefined : keysIn(fromCaller(keysOf));
  const brand = brandGiven(flags, wipe ? {} : loadInstallation(dir)?.brand);
  await down(dir);
  if (wipe) forgetInstallation(dir);
  const interrupted = interruption();
  interrupted.signal.addEventListener('abort', () => say('interrupted: ending what was started'));
  const { installation, stack } = await up({
    ...{ dir, wipe, oneProcess, smtp, brand, syslog, say },
    backup: backup === undefined ? undefined : fromCaller(backup),
    keys,
    detached: true,
    interrupted: interrupted.signal,
  })
    .catch((error: unknown) => {
      if (!interrupted.signal.aborted) throw error;
      return process.exit(130);
    })
    .finally(() => interrupted.forget());
  const token = await signToken(installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  const found = {
    urls: installation.urls,
    kafka: {
      brokers: stack.brokers,
      partnerBrokers: stack.partnerBrokers,
      admin: stack.admin,
      mechanism: 'SCRAM-SHA-512',
    },
    mongoUrl: stack.mongoUrl,
    administrator: { subject: DEV_ADMIN, token },
    syslog: syslogFound(installation),
    logs: join(dir, 'log'),
  };
  if (!installation.smtpUrl) say('no mail server (--smtp URL): no customer is told by mail');
  if (json) return printJson(found);
  const ports = (installation.syslog ?? []).map((at) => `syslog            ${syslogText(at)}\n`).join('');
  print(
    `analyst GraphQL   ${found.urls.analyst}\ncustomer GraphQL  ${found.urls.customer}\nHTTP ingest       ${found.urls.ingest}\nOTLP over gRPC    ${found.urls.otlpGrpc}\n${ports}Kafka (services)  ${stack.brokers.join(',')}\nKafka (partners)  ${stack.partnerBrokers.join(',')}\nlogs              ${found.logs}\n\nan administrator's token: npm run vigie -- token --role operator-admin\nend it: npm run vigie -- down`,
  );
};

/** up */
export const defineUp = (up: Command): void => {
  up.option('--dir <folder>', 'where data, keys and logs are kept', DEFAULT_DIR)
    .option('--wipe', 'begin with empty data', false)
    .option('--one-process', 'all services in one process, for development: less memory, one fault ends all', false)
    .option('--smtp <url>', 'mail server that takes what customers are told, such as smtp://127.0.0.1:2525')
    .option(
      '--syslog <listener>',
      `listen for syslog, ${SYSLOG_FORM}, of acme/syslog unless said; repeatable; the ones given before unless said, none ends them`,
      syslogOption,
    )
    .option('--brand-name <name>', 'whose reports these are, on every page')
    .option('--brand-colour <#rrggbb>', 'of headings and charts, dark enough for white text')
    .option('--brand-logo <file>', 'SVG of 100 KiB at most, on the first page; empty for none')
    .option('--backup <folder>', 'begin with what vigie backup wrote, over data that is empty')
    .option(
      '--keys-of <folder>',
      'with the keys of the installation in that folder, which signed what is in the backup',
    )
    .option('--json', 'print addresses and credentials as JSON', false)
    .action(runUp);
};
