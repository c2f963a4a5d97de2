import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf, type ShipperPlace, type ShipperWay } from './index.js';
import type { SyslogListener } from '../../../../services/collection/src/listeners/syslog-port.js';
import { syslogGround, type SyslogGround } from '../../../../services/collection/test/syslog-ground.js';
import { makeCertificate, until } from '#stack';
import { describeWith, ended, pathOf, run } from '../../../test/programs.js';

const LINES = 300;
const place: ShipperPlace = {
  source: 'fw',
  url: '',
  topic: '',
  username: '',
  brokers: [],
  tls: false,
  syslog: '',
  syslogCa: '',
};

let folder: string;
let ground: SyslogGround;
let started: ChildProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-senders-'));
  ground = syslogGround();
  const { certificate, key } = await makeCertificate({ names: ['localhost'], days: 1 });
  writeFileSync(join(folder, 'ours.crt'), certificate);
  writeFileSync(join(folder, 'ours.key'), key);
});
afterEach(async () => {
  if (started) await ended(started);
  started = undefined;
  await ground.end();
  rmSync(folder, { recursive: true });
});

const listen = (transport: 'tcp' | 'udp' | 'tls', port = 0): Promise<SyslogListener> =>
  ground.listen(
    { port, transport, tenant: 'acme', source: 'fw' },
    { tls: { certificate: join(folder, 'ours.crt'), key: join(folder, 'ours.key') } },
  );
/** Numbers of the lines that came, each once. */
const came = (): Set<number> =>
  new Set(
    ground
      .events('acme')
      .flatMap((text) => /line (\d+) of/.exec(text)?.[1] ?? [])
      .map(Number),
  );

describeWith('rsyslogd')('rsyslog', () => {
  const start = (action: string): void => {
    const config = join(folder, 'rsyslog.conf');
    writeFileSync(
      config,
      `global(workDirectory="${folder}")
module(load="imfile")
input(type="imfile" File="${join(folder, 'in.log')}" Tag="app:" freshStartTail="off")
${action}`,
    );
    started = spawn(pathOf('rsyslogd') ?? '', ['-n', '-f', config, '-i', join(folder, 'pid')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  let written = 0;
  const write = (): void => {
    const lines = Array.from({ length: LINES }, (_, index) => `line ${written + index} of it\n`);
    written += LINES;
    appendFileSync(join(folder, 'in.log'), lines.join(''));
  };
  beforeEach(() => void (written = 0));

  /** As it is printed, but for how long it waits until it tries again. */
  const printed = (way: ShipperWay, port: number): string =>
    configOf('rsyslog', { ...place, syslog: `localhost:${port}`, syslogCa: join(folder, 'ours.crt') }, way).replace(
      'action.resumeRetryCount="-1"',
      'action.resumeRetryCount="-1" action.resumeInterval="1"',
    );
  const plain = (protocol: string, port: number): string =>
    `action(type="omfwd" target="127.0.0.1" port="${port}" protocol="${protocol}" queue.type="LinkedList" action.resumeRetryCount="-1" action.resumeInterval="1")\n`;

  it.each<[string, 'tcp' | 'tls', (port: number) => string]>([
    ['over TCP as partner config prints it', 'tcp', (port) => printed('tcp', port)],
    ['over TLS as partner config prints it', 'tls', (port) => printed('tls', port)],
    ['over TCP as it does by default', 'tcp', (port) => plain('tcp', port)],
  ])('loses nothing %s while the listener stops and starts', async (_name, transport, action) => {
    const first = await listen(transport);
    start(action(first.port));
    write();
    await until('what was sent first', () => came().size === LINES);
    write();
    await first.close();
    write();
    await listen(transport, first.port);
    await until('what was sent meanwhile', () => came().size === written);
    expect(ground.events('acme')[0]).toMatch(/^<\d+>/);
  });

  it('sends datagrams that are read', async () => {
    const { port } = await listen('udp');
    start(plain('udp', port));
    write();
    await until('all of them', () => came().size === LINES);
  });
});

describeWith('logger')('logger', () => {
  it.each<[string, 'tcp' | 'udp', string[]]>([
    ['TCP', 'tcp', []],
    ['TCP, RFC 5424', 'tcp', ['--rfc5424']],
    ['TCP, RFC 3164', 'tcp', ['--rfc3164']],
    ['TCP, RFC 5424, counted', 'tcp', ['--rfc5424', '--octet-count']],
    ['UDP', 'udp', []],
    ['UDP, RFC 5424', 'udp', ['--rfc5424']],
    ['UDP, RFC 3164', 'udp', ['--rfc3164']],
  ])('over %s says each line once', async (_name, transport, flags) => {
    const { port } = await listen(transport);
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index} of it`).join('\n');
    const args = [`--${transport}`, '--server', '127.0.0.1', '--port', String(port), ...flags];
    expect(await run('logger', args, lines)).toBe(0);
    await until('all of them', () => came().size === 20);
    expect(ground.events('acme')).toHaveLength(20);
    for (const event of ground.events('acme')) expect(event).toMatch(/^<\d+>.*line \d+ of it$/);
  });
});
