import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import { makeCertificate, type MadeCertificate } from '#stack';
import { opened, saidOn, until, type OpenedConnection } from '../../test/opened.js';
import { syslogGround, type SyslogGround } from '../../test/syslog-ground.js';
import type { SyslogClients } from './syslog-port.js';
import type { TlsFiles } from './tls-files.js';

describe('syslog over TLS', () => {
  let folder: string;
  let ground: SyslogGround;
  let made: Record<'server' | 'renewed' | 'authority' | 'named' | 'stranger', MadeCertificate>;

  beforeAll(async () => {
    const authority = await makeCertificate({ names: ['an authority'], days: 1 });
    made = {
      authority,
      server: await makeCertificate({ names: ['localhost', '127.0.0.1'], days: 1 }),
      renewed: await makeCertificate({ names: ['renewed.test'], days: 1 }),
      named: await makeCertificate({ names: ['fw1.acme.test'], days: 1, issuer: authority }),
      stranger: await makeCertificate({ names: ['fw1.acme.test'], days: 1 }),
    };
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-tls-'));
    ground = syslogGround({ ofTenant: 200, inAll: 300 });
  });
  afterEach(async () => {
    await ground.end();
    rmSync(folder, { recursive: true });
  });

  /** At once: a listener looks at its files at any time. */
  const replace = (path: string, text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  const put = ({ certificate, key }: MadeCertificate): TlsFiles => {
    const files = { certificate: join(folder, 'tls.crt'), key: join(folder, 'tls.key') };
    replace(files.key, key);
    replace(files.certificate, certificate);
    return files;
  };
  const ca = (): { clientCa: string } => {
    const path = join(folder, 'ca.crt');
    writeFileSync(path, made.authority.certificate);
    return { clientCa: path };
  };
  const acme = { tenant: 'acme', source: 'fw' };
  const listen = (at: SyslogClients, files: Partial<TlsFiles> = {}) =>
    ground.listen({ port: 0, transport: 'tls', ...at }, { tls: { ...put(made.server), ...files } });
  const dial = async (port: number, text: string, options: ConnectionOptions = {}): Promise<OpenedConnection> => {
    const socket = connect({ port, host: '127.0.0.1', ca: made.server.certificate, ...options });
    ground.atEnd(() => socket.destroy());
    return saidOn(socket, text);
  };
  const shown = ({ certificate: cert, key }: MadeCertificate): ConnectionOptions => ({ cert, key });
  const why = (): string => JSON.stringify(ground.warned);
  const isRefused = async (sweep: () => void, sentence: RegExp): Promise<void> => {
    await until(() => {
      sweep();
      return sentence.test(why());
    });
    expect(ground.taken).toEqual([]);
  };

  it('takes counted frames and lines, by a certificate that its sender trusts', async () => {
    const { port } = await listen(acme);
    await dial(port, '9 <13>one 1<13>two\n<13>three\n', { minVersion: 'TLSv1.3' });
    await until(() => ground.events('acme').length === 3);
    await dial(port, '<13>by 1.2\n', { maxVersion: 'TLSv1.2' });
    await until(() => ground.events('acme').length === 4);
    expect(ground.events('acme')).toEqual(['<13>one 1', '<13>two', '<13>three', '<13>by 1.2']);
  });

  it.each<[string, () => ConnectionOptions, RegExp]>([
    [
      'older than 1.2',
      () => ({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }),
      /protocol/,
    ],
    ['that does not trust us', () => ({ ca: made.authority.certificate }), /alert|disconnected|hang up|ECONNRESET/],
  ])('says of a sender %s that he did not come in', async (_name, options, sentence) => {
    const listener = await listen(acme);
    void dial(listener.port, '<13>a\n', options()).catch(() => undefined);
    await isRefused(listener.sweep, sentence);
  });

  it('says of a sender without TLS that he did not come in', async () => {
    const listener = await listen(acme);
    const { seen } = await opened(listener.port, '<13>in clear text\n');
    await isRefused(listener.sweep, /wrong version number|http request|packet length|record layer/i);
    await until(() => seen.closed);
  });

  describe('with certificates of senders', () => {
    const named: SyslogClients = { clients: [{ ...acme, name: 'fw1.acme.test' }] };
    const pinned = (): SyslogClients => ({
      clients: [{ ...acme, fingerprint: new X509Certificate(made.stranger.certificate).fingerprint256 }],
    });

    it.each<[string, () => SyslogClients, boolean, () => ConnectionOptions]>([
      ["of an authority, at a tenant's port", () => acme, true, () => shown(made.named)],
      ['of an authority, by name', () => named, true, () => shown(made.named)],
      ['of nobody, by fingerprint', pinned, false, () => shown(made.stranger)],
      ['of nobody, by fingerprint, beside an authority', pinned, true, () => shown(made.stranger)],
    ])('lets one in %s', async (_name, at, authority, options) => {
      const { port } = await listen(at(), authority ? ca() : {});
      await dial(port, '<13>a\n', options());
      await until(() => ground.events('acme').length === 1);
    });

    it.each<[string, () => SyslogClients, boolean, () => ConnectionOptions, RegExp]>([
      ["none, at a tenant's port", () => acme, true, () => ({}), /showed no certificate/],
      ['none', () => named, true, () => ({}), /showed no certificate/],
      ["one of nobody, at a tenant's port", () => acme, true, () => shown(made.stranger), /is not trusted: /],
      ['one of nobody, by name', () => named, true, () => shown(made.stranger), /no client is said to have/],
      ['another than is pinned', pinned, false, () => shown(made.named), /no client is said to have/],
    ])('closes the connection of who shows %s, and says why', async (_name, at, authority, options, sentence) => {
      const listener = await listen(at(), authority ? ca() : {});
      const { seen } = await dial(listener.port, '<13>a\n', options());
      await isRefused(listener.sweep, sentence);
      await until(() => seen.closed);
    });
  });

  it('ends a handshake that does not come to its end, and takes the next sender', async () => {
    const listener = await listen(acme);
    const [silent, broken] = [await opened(listener.port, ''), await opened(listener.port, '\u0016\u0003\u0001\u0002')];
    await until(() => {
      ground.clock.ms += 11_000;
      listener.sweep();
      return silent.seen.closed && broken.seen.closed;
    });
    await dial(listener.port, '<13>a\n');
    await until(() => ground.events('acme').length === 1);
  });

  it('bounds handshakes of a port; the neighbour has his own', async () => {
    const [busy, neighbour] = [await listen(acme), await listen({ tenant: 'globex', source: 'fw' })];
    const made = await Promise.all(Array.from({ length: 140 }, () => opened(busy.port, '')));
    for (const { socket } of made) ground.atEnd(() => socket.destroy());
    await until(() => made.filter(({ seen }) => seen.closed).length === 12);
    await dial(neighbour.port, '<13>a\n');
    await until(() => ground.events('globex').length === 1);
  });

  it('bounds handshakes of an address at all ports', async () => {
    for (let at = 0; at < 199; at += 1) ground.ports.connections.handshakes.enter('127.0.0.1');
    const listener = await listen(acme);
    const [first, second] = [await opened(listener.port, ''), await opened(listener.port, '')];
    for (const { socket } of [first, second]) ground.atEnd(() => socket.destroy());
    await isRefused(listener.sweep, /too many at once of the address 127.0.0.1/);
    expect([first.seen.closed, ground.refused]).toEqual([false, ['handshakes']]);
    first.socket.destroy();
    await until(() => first.seen.closed);
    await dial(listener.port, '<13>a\n');
    await until(() => ground.events('acme').length === 1);
  });

  it('takes new files when they change, keeps the old ones while they do not fit, and says so', async () => {
    const listener = await listen(acme);
    const presented = async (): Promise<string | undefined> => {
      const socket = connect({ port: listener.port, host: '127.0.0.1', rejectUnauthorized: false });
      await new Promise<void>((ready) => socket.once('secureConnect', ready));
      const name = socket.getPeerX509Certificate()?.subject;
      socket.destroy();
      return name;
    };
    const swept = async (sentence: RegExp): Promise<void> => {
      await until(() => {
        ground.clock.ms += 10_000;
        listener.sweep();
        return sentence.test(why());
      });
    };
    replace(join(folder, 'tls.crt'), made.renewed.certificate);
    await swept(/is not the key of the certificate/);
    expect(await presented()).toBe('CN=localhost');
    put(made.renewed);
    await swept(/has a new TLS certificate/);
    expect(await presented()).toBe('CN=renewed.test');
    expect(ground.warned.filter(({ text }) => text.includes('not taken'))).toHaveLength(1);
  });

  it.each<[string, (files: TlsFiles) => void, RegExp]>([
    ['a key that is not there', ({ key }) => rmSync(key), /SYSLOG_TLS_KEY_FILE: .*tls.key cannot be read: ENOENT/],
    [
      'no certificate',
      ({ certificate }) => writeFileSync(certificate, 'x'),
      /SYSLOG_TLS_CERT_FILE: .*tls.crt holds no certificate in PEM/,
    ],
    ['no key', ({ key }) => writeFileSync(key, 'x'), /SYSLOG_TLS_KEY_FILE: .*tls.key holds no private key/],
    [
      "another's key",
      ({ key }) => writeFileSync(key, made.renewed.key),
      /SYSLOG_TLS_KEY_FILE: .*tls.key is not the key of the certificate in .*tls.crt/,
    ],
    [
      'no authorities',
      ({ clientCa = '' }) => writeFileSync(clientCa, 'x'),
      /SYSLOG_TLS_CLIENT_CA_FILE: .*ca.crt holds no certificate/,
    ],
  ])('does not start with %s, and says so', async (_name, spoil, sentence) => {
    const files = { ...put(made.server), ...ca() };
    spoil(files);
    await expect(ground.listen({ port: 0, transport: 'tls', ...acme }, { tls: files })).rejects.toThrow(sentence);
  });
});
