import type { SourceKind } from '#contracts';
import { writeLine } from '../envelope/line.js';
import { sourceOf } from '../sources/index.js';
import { readMessage } from './message.js';

const place = { topic: 'ingest.acme.edge', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 19) };
const all = (kind: SourceKind, message: object | string, enveloped?: true) => {
  const source = sourceOf(kind);
  if (!source) throw new Error(kind);
  const bytes = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return readMessage(bytes, place, source, enveloped ? { enveloped } : {}).events.map((event) => ({
    at: new Date(event.occurredAt).toISOString(),
    entity: event.entity,
    flags: event.flags,
    class: event.ocsf.classUid,
    native: JSON.parse(String(event.native)) as unknown,
  }));
};

const FAILED = 'Failed password for root from 203.0.113.9 port 5 ssh2';
const READ = '2026-11-28T18:59:09.000Z';

it.each<[string, object]>([
  [
    'syslog-ng',
    {
      PROGRAM: 'sshd',
      PRIORITY: 'info',
      PID: '8',
      MESSAGE: FAILED,
      ISODATE: '2026-11-28T18:59:05+00:00',
      HOST: 'web1',
      FACILITY: 'auth',
      HOST_FROM: 'web1',
    },
  ],
  [
    'rsyslog',
    {
      message: ` ${FAILED}`,
      fromhost: 'web1',
      facility: 'authpriv',
      priority: 'info',
      timereported: '2026-11-28T18:59:05+00:00',
      timegenerated: '2026-11-28T18:59:05.2+00:00',
      syslogtag: 'sshd[7]:',
      programname: 'sshd',
    },
  ],
  [
    'rsyslog, of which the tag is left',
    {
      '@timestamp': '2026-11-28T18:59:05+00:00',
      host: 'web1',
      severity: 'info',
      facility: 'authpriv',
      tag: 'sshd[1]:',
      message: ` ${FAILED}`,
    },
  ],
  [
    "rsyslog's jsonmesg",
    {
      msg: ` ${FAILED}`,
      hostname: 'web1',
      timereported: '2026-11-28T18:59:05+00:00',
      'app-name': 'sshd',
      procid: '7',
      msgid: '-',
      pri: '86',
      'fromhost-ip': '10.0.0.1',
    },
  ],
  [
    'Vector',
    {
      appname: 'sshd',
      facility: 'auth',
      host: 'web1',
      hostname: 'web1',
      message: FAILED,
      procid: 5,
      severity: 'info',
      source_ip: '10.0.0.4',
      source_type: 'syslog',
      timestamp: '2026-11-28T18:59:05Z',
      version: 1,
    },
  ],
  [
    'Fluent Bit',
    { date: 1795892345, pri: '86', time: 'Nov 28 18:59:05', host: 'web1', ident: 'sshd', pid: '5', message: FAILED },
  ],
  [
    'the journal',
    { MESSAGE: FAILED, SYSLOG_IDENTIFIER: 'sshd', _HOSTNAME: 'web1', __REALTIME_TIMESTAMP: '1795892345000000' },
  ],
  [
    "rsyslog's JSON as guides have it",
    {
      '@timestamp': '2026-11-28T18:59:05+00:00',
      '@version': '1',
      type: 'syslog',
      sysloghost: 'web1',
      severity: 'info',
      facility: 'authpriv',
      programname: 'sshd',
      procid: '7',
      message: ` ${FAILED}`,
    },
  ],
  [
    'GELF',
    { version: '1.1', host: 'web1', short_message: FAILED, timestamp: 1_795_892_345, level: 6, _program: 'sshd' },
  ],
  [
    'GELF that keeps the line',
    {
      version: '1.1',
      host: 'web1',
      short_message: 'sshd[5]: Failed',
      full_message: `<38>Nov 28 18:59:05 web1 sshd[5]: ${FAILED}`,
      timestamp: 1_795_892_345,
      _facility: 'auth',
    },
  ],
  [
    'Wazuh',
    {
      timestamp: '2026-11-28T18:59:05.000+0000',
      agent: { id: '001', name: 'web1', ip: '10.0.0.5' },
      manager: { name: 'siem' },
      full_log: `Nov 28 18:59:05 other sshd[5]: ${FAILED}`,
      predecoder: { program_name: 'sshd', timestamp: 'Nov 28 18:59:05', hostname: 'other' },
      location: '/var/log/auth.log',
    },
  ],
  [
    'Wazuh, whose manager got it by syslog',
    {
      timestamp: '2026-11-28T18:59:05.000+0000',
      agent: { id: '000', name: 'siem' },
      manager: { name: 'siem' },
      full_log: `Nov 28 18:59:05 web1 sshd[5]: ${FAILED}`,
      location: '10.0.0.9',
    },
  ],
])('the parts of a syslog message are known as %s calls them', (_who, document) =>
  expect(all('LINUX', document)).toMatchObject([
    { class: 3002, entity: 'host:web1', at: '2026-11-28T18:59:05.000Z', flags: [], native: document },
  ]),
);

it.each<[SourceKind, object, boolean]>([
  ['LINUX', { '@timestamp': READ, message: 'words alone', host: { name: 'x' } }, true],
  ['LINUX', { '@timestamp': READ, message: 'Nov 28 18:59:05 web1 app: text', host: { name: 'x' } }, false],
  ['LINUX', { '@timestamp': READ, a: 1 }, true],
  ['WINDOWS', { '@timestamp': READ, host: { name: 'x' }, a: 1 }, true],
  ['WINDOWS', { '@timestamp': READ, host: { name: 'x' }, winlog: { computer_name: 'x', event_id: 9999 } }, false],
  ['FIREWALL', { timestamp: READ, message: 'words alone', host: 'fw' }, true],
])('what shippers say of any line makes no event of %s known: %j, %s', (kind, document, isFlagged) =>
  expect(all(kind, document).map(({ flags }) => flags.includes('nothing-known'))).toEqual([isFlagged]),
);

it.each<[SourceKind, string, object]>([
  [
    'WEB_PROXY',
    'Zscaler',
    {
      sourcetype: 'zscalernss-web',
      event: {
        datetime: '2026-11-28 18:59:04',
        action: 'Allowed',
        ClientIP: '10.1.1.8',
        url: 'evil.example/b',
        hostname: 'evil.example',
        appname: 'General Browsing',
        product: 'NSS',
      },
    },
  ],
  [
    'WEB_PROXY',
    'its firewall',
    { datetime: '2026-11-28 18:59:04', cip: '10.1.1.8', nwapp: 'http', app_name: 'x', hostname: 'evil.example' },
  ],
  [
    'WEB_PROXY',
    'another with a text',
    {
      timestamp: READ,
      src_ip: '10.1.1.8',
      url: 'http://evil.example/',
      hostname: 'evil.example',
      appname: 'x',
      message: 'allowed',
    },
  ],
  [
    'WEB_SERVER',
    'what a client sent',
    { timestamp: READ, remote_addr: '10.1.1.8', request: 'GET / HTTP/1.1', HOST: 'evil.example' },
  ],
])('what %s calls a host is none of syslog: %s', (kind, _, document) => {
  const source = sourceOf(kind);
  const [event] = source ? readMessage(Buffer.from(JSON.stringify(document)), place, source).events : [];
  expect(event?.entity).toBe('ip:10.1.1.8');
  expect(event?.ocsf.device?.hostname).toBeUndefined();
  expect(event?.observables).not.toContainEqual({ kind: 'hostname', value: 'evil.example' });
});

describe('what a sender parsed out of a text', () => {
  const said = (attributes: object) =>
    String(
      writeLine({
        by: 'otlp',
        at: Date.parse(READ),
        host: 'gw',
        said: JSON.stringify({ attributes }),
        event: Buffer.from(JSON.stringify(FAILED)),
      }),
    );
  it('tells of its program and host', () =>
    expect(all('LINUX', said({ appname: 'sshd', hostname: 'web2', priority: 86 }), true)).toMatchObject([
      { class: 3002, entity: 'host:web2', flags: ['hosts-disagree'], native: { message: FAILED } },
    ]));
  it('replaces nothing of it', () =>
    expect(all('LINUX', said({ message: 'x', appname: 'sshd', 'host.name': 'gw' }), true)).toMatchObject([
      { class: 3002, entity: 'host:gw', flags: [], native: { message: FAILED } },
    ]));
});

describe('a packet that netfilter logged, of a firewall', () => {
  const PACKET = 'IN=eth0 OUT= MAC=00:11 SRC=203.0.113.9 DST=10.0.0.2 LEN=40 PROTO=TCP SPT=40000 DPT=22 SYN URGP=0 ';
  const UNIFI = `kernel: [WAN_LOCAL-D-30000]DESCR="Block all" ${PACKET}`;
  const of = (message: object | string) =>
    all('FIREWALL', message).map(({ at, class: classUid, entity }) => `${at} ${classUid} ${entity}`);
  it.each<[string, object | string]>([
    [
      'in the journal',
      { __REALTIME_TIMESTAMP: '1795892345000000', _TRANSPORT: 'kernel', _HOSTNAME: 'gw1', MESSAGE: `DROP ${PACKET}` },
    ],
    ['in GELF', { version: '1.1', host: 'gw1', short_message: `kernel: ${PACKET}`, timestamp: 1_795_892_345 }],
    [
      'by Wazuh',
      {
        timestamp: '2026-11-28T18:59:05.000+0000',
        agent: { id: '001', name: 'gw1' },
        full_log: `Nov 28 18:59:05 gw1 kernel: [UFW BLOCK] ${PACKET}`,
      },
    ],
    ['by UniFi', `<4>Nov 28 18:59:05 UDM-Pro ${UNIFI}`],
    ['by UniFi, which names itself twice', `<4>Nov 28 18:59:05 UDM-Pro UDM-Pro ${UNIFI}`],
  ])('is traffic %s', (_, message) => expect(of(message)).toEqual(['2026-11-28T18:59:05.000Z 4001 ip:10.0.0.2']));
});
