import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { ingestTopicSpec, type TopicSpec } from '#libs/events';
import { DAY_MS, isSource, isTenant } from '#libs/terms';
import { makeCertificate } from '#stack';

/** A syslog listener of an installation on this machine. */
export interface InstalledSyslog {
  port: number;
  transport: 'tcp' | 'udp' | 'tls';
  tenant: string;
  source: string;
}

/** Whose a port is that names nobody: the customer and the source of docs/publish.md. */
const DEFAULT_OWNER = 'acme/syslog';
/** Whom its certificate names. */
export const SYSLOG_HOST = 'localhost';
const CERTIFICATE_DAYS = 365;
const RENEWED_DAYS = 30;

/** The option as people write it. */
export const SYSLOG_FORM = 'PORT/tcp|udp|tls[:TENANT/SOURCE]';

/** Reads `5514/tcp:acme/firewall`, one after the other; `none` ends those that were given before. */
export const syslogOption = (text: string, before: InstalledSyslog[] = []): InstalledSyslog[] => {
  if (text === 'none') return [];
  const [, digits = '', transport = '', owner = DEFAULT_OWNER] =
    /^(\d{1,5})\/(tcp|udp|tls)(?::(.+))?$/.exec(text) ?? [];
  const [tenant = '', source = '', more] = owner.split('/');
  const port = Number(digits);
  if (!transport || port < 1 || port > 65_535 || more !== undefined || !isTenant(tenant) || !isSource(source))
    throw new InvalidArgumentError(`It is ${SYSLOG_FORM}, such as 5514/tcp:acme/firewall, or none.`);
  return [...before, { port, transport: transport as InstalledSyslog['transport'], tenant, source }];
};

/** Where its certificate and key lie, which nobody else signed. */
export const syslogFilesOf = (dir: string): { certificate: string; key: string } => ({
  certificate: resolve(join(dir, 'syslog.crt')),
  key: resolve(join(dir, 'syslog.key')),
});

const endsAt = (file: string): number =>
  existsSync(file) ? Date.parse(new X509Certificate(readFileSync(file)).validTo) : 0;

/** Makes the certificate that a listener with TLS needs, where there is none that lasts. */
const makeWhereNone = async (dir: string, listeners: readonly InstalledSyslog[]): Promise<void> => {
  const { certificate, key } = syslogFilesOf(dir);
  if (!listeners.some(({ transport }) => transport === 'tls')) return;
  if (existsSync(key) && endsAt(certificate) > Date.now() + RENEWED_DAYS * DAY_MS) return;
  const made = await makeCertificate({ names: [SYSLOG_HOST, '127.0.0.1'], days: CERTIFICATE_DAYS });
  writeFileSync(key, made.key, { mode: 0o600 });
  writeFileSync(certificate, made.certificate);
};

/** Makes the certificate. @returns the topics on which what arrives lies, also before its source is registered. */
export const prepareSyslog = async (dir: string, listeners: readonly InstalledSyslog[]): Promise<TopicSpec[]> => {
  await makeWhereNone(dir, listeners);
  return listeners.map(({ tenant, source }) => ingestTopicSpec(tenant, source));
};

/** What collection reads of it. */
export const syslogEnvironment = (dir: string, listeners: readonly InstalledSyslog[]): Record<string, string> => {
  const { certificate, key } = syslogFilesOf(dir);
  return {
    SYSLOG_LISTENERS: JSON.stringify(listeners),
    SYSLOG_TLS_CERT_FILE: certificate,
    SYSLOG_TLS_KEY_FILE: key,
  };
};

/** Where senders find a listener. */
export const syslogAddress = ({ port }: InstalledSyslog): string => `${SYSLOG_HOST}:${port}`;

/** A line for people. */
export const syslogText = (at: InstalledSyslog): string =>
  `${syslogAddress(at)}/${at.transport} for ${at.tenant}/${at.source}`;
