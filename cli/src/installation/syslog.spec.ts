import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSyslog, syslogEnvironment, syslogFilesOf, syslogOption, syslogText } from './syslog.js';

it.each([
  ['5514/tcp', { port: 5514, transport: 'tcp', tenant: 'acme', source: 'syslog' }],
  ['5514/udp:globex/firewall', { port: 5514, transport: 'udp', tenant: 'globex', source: 'firewall' }],
  ['6514/tls:acme/edr', { port: 6514, transport: 'tls', tenant: 'acme', source: 'edr' }],
])('--syslog %s is one listener more', (text, listener) => {
  const before = syslogOption('514/udp');
  expect(syslogOption(text, before)).toEqual([...before, listener]);
  expect(syslogText(syslogOption(text)[0] as never)).toMatch(/^localhost:\d+\/(tcp|udp|tls) for /);
});
it('--syslog none ends those before', () => expect(syslogOption('none', syslogOption('5514/tcp'))).toEqual([]));
it.each(['5514', 'tcp', '5514/sctp', '0/tcp', '70000/tcp', '5514/tcp:acme', '5514/tcp:A B/fw', '5514/tcp:a/b/c'])(
  '--syslog %s is none, and it is said how one is written',
  (text) => expect(() => syslogOption(text)).toThrow('PORT/tcp|udp|tls[:TENANT/SOURCE]'),
);

it('a certificate is made where TLS needs one, and kept', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-syslog-'));
  const { certificate, key } = syslogFilesOf(dir);
  await prepareSyslog(dir, syslogOption('5514/tcp'));
  expect(() => statSync(certificate)).toThrow('ENOENT');
  await prepareSyslog(dir, syslogOption('6514/tls'));
  const made = readFileSync(certificate, 'utf8');
  expect(made).toContain('BEGIN CERTIFICATE');
  expect(statSync(key).mode & 0o777).toBe(0o600);
  await prepareSyslog(dir, syslogOption('6514/tls'));
  expect(readFileSync(certificate, 'utf8')).toBe(made);
  expect(syslogEnvironment(dir, syslogOption('6514/tls'))).toEqual({
    SYSLOG_LISTENERS: '[{"port":6514,"transport":"tls","tenant":"acme","source":"syslog"}]',
    SYSLOG_TLS_CERT_FILE: certificate,
    SYSLOG_TLS_KEY_FILE: key,
  });
  rmSync(dir, { recursive: true });
});
