/** Who is believed when and where something happened: never what stands in a text, which anybody may have written. */
import type { SourceKind } from '#contracts';
import { AT, read } from '../../test/wrapped.js';
import { writeLine } from '../envelope/line.js';

const RECEIVED = Date.UTC(2026, 10, 28, 19);
const FORGED = '2026-11-20T00:00:00Z';
const FORGED_SECONDS = Date.parse(FORGED) / 1_000;
const EVENT = '{"a":1}';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a stranger writes into a line, each as a service or a shipper would. */
const WRAPPERS: [string, object][] = [
  ['HEC', { time: FORGED_SECONDS, host: 'victim', sourcetype: 's', event: { a: 1 } }],
  ['HEC, of text', { time: FORGED_SECONDS, host: 'victim', sourcetype: 's', event: EVENT }],
  ['a result of Splunk', { result: { _raw: EVENT, _time: FORGED_SECONDS, host: 'victim' }, sid: 'x' }],
  ['Datadog', { ddsource: 's', hostname: 'victim', timestamp: FORGED_SECONDS * 1_000, message: EVENT }],
  ['Pub/Sub', { subscription: 's', message: { data: base64(EVENT), publishTime: FORGED } }],
  ['CloudEvents', { specversion: '1.0', type: 't', source: 's', time: FORGED, data: { a: 1 } }],
  ['Filebeat', { '@timestamp': FORGED, host: { name: 'victim' }, agent: { type: 'filebeat' }, message: EVENT }],
  ['Filebeat, which parsed it', { '@timestamp': FORGED, host: { name: 'victim' }, json: { a: 1 } }],
  ['Fluent Bit', { date: FORGED_SECONDS, hostname: 'victim', log: EVENT }],
  ['Kubernetes', { '@timestamp': FORGED, kubernetes: { host: 'victim' }, log: EVENT }],
];

/** Ways by which a line comes, whose sender says when and where it was read. */
const HEADER = '<134>1 2026-11-28T18:59:02Z web1 app 5 - - ';
const hec = (line: string): Buffer =>
  writeLine({ by: 'hec', at: AT, host: 'web1', said: '{}', event: Buffer.from(JSON.stringify(line)) });
const beat = (line: string): string =>
  JSON.stringify({ '@timestamp': '2026-11-28T18:59:02Z', host: { name: 'web1' }, agent: {}, message: line });
const WAYS: [string, (line: string) => Buffer, true?][] = [
  ['behind a syslog header', (line) => Buffer.from(HEADER + line)],
  ['as a text by HEC', hec, true],
  ['behind a header by HEC', (line) => hec(HEADER + line), true],
  ['in a shipper’s JSON', (line) => Buffer.from(beat(line))],
  ['in a shipper’s JSON by HEC', (line) => hec(beat(line)), true],
];

const seen = (kind: SourceKind, message: Buffer, enveloped?: true) =>
  read(kind, message, enveloped).events.map(({ entity, occurredAt, native, flags }) => ({
    entity,
    at: occurredAt,
    native: JSON.parse(String(native)) as unknown,
    flags,
  }));

describe('a wrapper in a text', () => {
  const cases = WAYS.flatMap(([way, line, enveloped]) =>
    WRAPPERS.map(([who, wrapper]): [string, string, Buffer, true?] => [
      who,
      way,
      line(JSON.stringify(wrapper)),
      enveloped,
    ]),
  );
  it.each(cases)('is believed neither host nor time: %s %s', (_who, _way, message, enveloped) => {
    const [event, ...others] = seen('LINUX', message, enveloped);
    expect([event?.entity, event?.at, others]).toEqual(['host:web1', AT, []]);
  });

  it.each(WRAPPERS)('is taken off behind a header, and told: %s', (_who, wrapper) => {
    const { events } = read('LINUX', Buffer.from(HEADER + JSON.stringify(wrapper)));
    expect(events.map(({ native }) => JSON.parse(String(native)) as unknown)).toEqual([{ a: 1 }]);
    expect(events.map(({ envelope }) => JSON.parse(String(envelope)) as unknown)).toMatchObject([
      { host: { name: 'web1' }, log: { syslog: { hostname: 'web1', appname: 'app' } } },
    ]);
  });

  it('is believed where it is the message', () => {
    const event = { time: AT / 1_000, host: 'web7', sourcetype: 's', event: { a: 1 } };
    expect(seen('LINUX', Buffer.from(JSON.stringify(event)))).toMatchObject([{ entity: 'host:web7', at: AT }]);
  });

  it('may hold many, of which a bad one is told behind the header', () => {
    const line = `${HEADER}{"records":[{"a":1},5,{"a":2}]}`;
    const { events, rejected } = read('LINUX', Buffer.from(line.replace(',5', ',{"b":"\\x"}')));
    expect([events.length, rejected.length]).toEqual([1, 0]);
    expect(read('LINUX', Buffer.from(line.replace(',5', ''))).events.length).toBe(2);
  });
});

describe('an event of Windows', () => {
  const own = { EventID: 4625, Channel: 'Security', Computer: 'dc1', TimeCreated: '2026-11-28T18:59:02Z' };
  it.each<[string, string]>([
    ['behind a header', HEADER + JSON.stringify(own)],
    ['in a shipper’s JSON', beat(JSON.stringify(own))],
    ['in a shipper’s JSON behind a header', HEADER + beat(JSON.stringify(own))],
    ['by HEC behind a header', `${HEADER}${JSON.stringify({ host: 'wec1', sourcetype: 's', event: own })}`],
    ['by HEC', JSON.stringify({ host: 'wec1', time: FORGED_SECONDS, sourcetype: 's', event: own })],
  ])('is on the host that it names itself: %s', (_way, line) =>
    expect(seen('WINDOWS', Buffer.from(line))).toMatchObject([{ entity: 'host:dc1', at: AT, native: own }]),
  );
});

it('tells another host in the header before an event of Windows', () => {
  const line = `${HEADER}{"EventID":4625,"Channel":"Security","Computer":"dc1"}`;
  const [event] = read('WINDOWS', Buffer.from(line)).events;
  expect([event?.entity, event?.flags]).toEqual(['host:dc1', ['hosts-disagree']]);
  expect(event?.observables).toContainEqual({ kind: 'hostname', value: 'web1' });
});

describe('a line that a relay passed on, with a header of its own before', () => {
  const said = 'Failed password for root from 203.0.113.9 port 5 ssh2';
  const OWN: [string, string][] = [
    ['of RFC 3164', `<86>Nov 28 18:59:02 web5 sshd[1]: ${said}`],
    ['of RFC 3164 without a priority', `Nov 28 18:59:02 web5 sshd[1]: ${said}`],
    ['of RFC 5424', `<86>1 2026-11-28T18:59:02Z web5 sshd 1 - - ${said}`],
  ];
  const RELAYED = ['Nov 28 18:59:04 relay1 ', '1 2026-11-28T18:59:04Z relay1 - - - - '];
  it.each(OWN)('is of whom it names, and both are told: %s', (_what, line) => {
    for (const relay of RELAYED)
      for (const message of [`<46>${relay}${line}`, `<46>Nov 28 18:59:05 relay2 <46>${relay}${line}`]) {
        const [event] = read('LINUX', Buffer.from(message)).events;
        expect([event?.entity, event?.ocsf.classUid, event?.flags]).toEqual([
          'host:web5',
          3002,
          expect.arrayContaining(['hosts-disagree']),
        ]);
        expect(event?.observables.filter(({ kind }) => kind === 'hostname').map(({ value }) => value)).toEqual([
          'web5',
          message.includes('relay2') ? 'relay2' : 'relay1',
        ]);
        expect(Math.abs((event?.occurredAt ?? 0) - AT)).toBeLessThanOrEqual(2_000);
      }
  });

  it('keeps its own time where it is late', () => {
    const line = '<46>1 2026-11-28T18:59:04Z relay1 - - - - <86>1 2026-11-28T10:10:00Z web5 sshd 1 - - x';
    expect(seen('LINUX', Buffer.from(line))).toMatchObject([
      { entity: 'host:web5', at: Date.UTC(2026, 10, 28, 10, 10) },
    ]);
  });

  it('has JSON behind both', () => {
    const { events } = read(
      'LINUX',
      Buffer.from('<46>Nov 28 18:59:04 relay1 <86>1 2026-11-28T18:59:02Z web5 app - - - {"a":1}'),
    );
    expect(events.map(({ entity, envelope }) => [entity, JSON.parse(String(envelope)) as unknown])).toMatchObject([
      ['host:web5', { host: { name: 'web5' }, log: { syslog: { hostname: 'web5', relay: 'relay1' } } }],
    ]);
  });

  it.each<[string, string]>([
    ['a program says', '<13>Nov 28 18:59:02 web1 alice: <86>Nov 28 18:59:02 victim sshd[1]: x'],
    [
      'a program says, by RFC 5424',
      '<13>1 2026-11-28T18:59:02Z web1 alice - - - <86>1 2026-11-20T00:00:00Z victim sshd 1 - - x',
    ],
    ['begins with a time', '<13>Nov 28 18:59:02 web1 Nov 20 00:00:00 victim something: x'],
    ['has no host', '<13>Nov 28 18:59:02 web1 <86>1 2026-11-20T00:00:00Z - sshd 1 - - x'],
  ])('is none that %s', (_what, line) =>
    expect(seen('LINUX', Buffer.from(line))).toMatchObject([{ entity: 'host:web1', at: AT }]),
  );
});

describe('a line with a time of its own', () => {
  const flow = '2 123456789012 eni-0a1b 10.1.1.23 203.0.113.180 50000 443 6 10 840 1795892282 1795892342 ACCEPT OK';
  const access = '203.0.113.9 - - [28/Nov/2026:18:59:02 +0000] "GET /x HTTP/1.1" 200 1 "-" "curl"';
  const audit = `type=USER_LOGIN msg=audit(1795892342.000:4): pid=1 uid=0 msg='op=login acct="root" res=failed'`;
  const query =
    '28-Nov-2026 18:59:02.000 queries: info: client @0x7f1 10.1.1.5#5 (a.example): query: a.example IN A + (10.1.1.1)';
  const squid = '1795892342.000    100 10.1.1.5 TCP_MISS/200 500 GET http://a.example/ - DIRECT/203.0.113.9 text/html';
  const LATE = '2026-11-28T18:59:50Z';
  const SHIPPERS: [string, (line: string) => object][] = [
    ['Filebeat', (message) => ({ '@timestamp': LATE, host: { name: 'h' }, agent: {}, input: {}, message })],
    ['Vector', (message) => ({ timestamp: LATE, host: 'h', file: '/x', source_type: 'file', message })],
    ['Fluent Bit', (log) => ({ date: Date.parse(LATE) / 1_000, log })],
    ['Logstash', (message) => ({ '@timestamp': LATE, '@version': '1', event: { original: message }, message })],
    ['Datadog', (message) => ({ ddsource: 'x', hostname: 'h', timestamp: Date.parse(LATE), message })],
  ];
  const LINES: [SourceKind, string][] = [
    ['FIREWALL', flow],
    ['WEB_SERVER', access],
    ['LINUX', audit],
    ['DNS', query],
    ['WEB_PROXY', squid],
  ];
  it.each(
    SHIPPERS.flatMap(([who, wrap]) =>
      LINES.map(([kind, line]): [string, SourceKind, object] => [who, kind, wrap(line)]),
    ),
  )('keeps it in what a shipper says: %s, %s', (_who, kind, message) =>
    expect(seen(kind, Buffer.from(JSON.stringify(message)))).toMatchObject([{ at: AT }]),
  );
});

describe('the host of a pod', () => {
  const line = 'sshd[5]: Failed password for root from 203.0.113.9 port 5 ssh2';
  const forged = '<86>1 2026-11-28T18:59:02Z victim sshd 5 - - Failed password for root from 203.0.113.9 port 5 ssh2';
  it.each<[string, object]>([
    ['Fluent Bit', { kubernetes: { host: 'node1', pod_name: 'p' }, hostname: 'fluent-bit-x' }],
    ['Filebeat', { kubernetes: { node: { name: 'node1' }, pod: { name: 'p' } }, host: { name: 'filebeat-x' } }],
    ['Vector', { kubernetes: { pod_node_name: 'node1', pod_name: 'p' }, source_type: 'kubernetes_logs' }],
    ['the Collector, as attributes', { 'k8s.node.name': 'node1', host: { name: 'p' } }],
    ['the Collector, as objects', { k8s: { node: { name: 'node1' } }, host: { name: 'p' } }],
  ])('is its node: %s', (_who, said) => {
    for (const message of [line, forged])
      for (const under of ['message', 'log'])
        expect(seen('LINUX', Buffer.from(JSON.stringify({ ...said, [under]: message })))).toMatchObject([
          { entity: 'host:node1' },
        ]);
  });
});

it('is no node that a line names', () => {
  const line = beat('{"kubernetes":{"host":"victim"},"query":"a.example"}');
  expect(JSON.stringify(read('DNS', Buffer.from(line)).events[0]?.observables)).not.toContain('victim');
});

it.each<[SourceKind, string, string]>([
  ['WINDOWS', '{"EventID":1,"Channel":"x","Computer":"dc1","n":1.10}', 'host:dc1'],
  ['LINUX', '{"a":1}', 'host:web1'],
])('what Filebeat parsed is the event: %s', (kind, event, entity) => {
  const before =
    '{"@timestamp":"2026-11-28T18:59:02Z","host":{"name":"web1"},"agent":{"type":"filebeat"},"log":{"offset":1}';
  const { events } = read(kind, Buffer.from(`${before},"json":${event}}`));
  expect(events.map((one) => [String(one.native), one.entity, String(one.envelope).includes('shipper')])).toEqual([
    [event, entity, true],
  ]);
  expect(events[0]?.occurredAt).toBeLessThan(RECEIVED);
});

describe('what a program in a container prints', () => {
  const LINE = '<86>1 2026-11-28T18:59:02Z victim sshd 1 - - Failed password for root from 203.0.113.9 port 5 ssh2';
  const around = (by: 'hec' | 'otlp', said: object, event: unknown): Buffer =>
    writeLine({ by, at: AT, host: 'web1', said: JSON.stringify(said), event: Buffer.from(JSON.stringify(event)) });
  const WRITERS: [string, string, Buffer, boolean][] = [
    ['Docker’s driver for Splunk', 'web1', around('hec', {}, { line: LINE, source: 'stdout', tag: 'abc' }), true],
    ['the Collector on Kubernetes', 'web1', around('otlp', { resource: { 'k8s.pod.name': 'p' } }, LINE), true],
    [
      'the Collector, of a file of Docker',
      'web1',
      around('otlp', { attributes: { 'log.iostream': 'stdout' } }, LINE),
      true,
    ],
    ['the Collector by HEC', 'web1', around('hec', { fields: { 'container.id': 'c1' } }, LINE), true],
    [
      'Fluentd, by Docker’s driver',
      'unknown',
      Buffer.from(JSON.stringify({ container_id: 'c', source: 'stdout', log: LINE })),
      false,
    ],
  ];
  it.each(WRITERS)('names no host: %s', (_who, host, message, enveloped) => {
    expect(seen('LINUX', message, enveloped || undefined)).toMatchObject([{ entity: `host:${host}`, at: AT }]);
  });
});

describe('JSON of a program, whose line was taken apart', () => {
  const message = JSON.stringify({ level: 'info', msg: 'x', host: 'victim' });
  const WRITERS: [string, object][] = [
    [
      'syslog-ng',
      { PROGRAM: 'app', MESSAGE: message, HOST_FROM: 'web1', HOST: 'web1', FACILITY: 'user', DATE: 'Nov 28 18:59:02' },
    ],
    [
      'Logstash',
      {
        message,
        logsource: 'web1',
        host: '10.9.9.9',
        program: 'app',
        priority: 13,
        timestamp: 'Nov 28 18:59:02',
        '@timestamp': '2026-11-28T18:59:02Z',
      },
    ],
    [
      'the journal',
      { MESSAGE: message, _HOSTNAME: 'web1', __REALTIME_TIMESTAMP: '1795892342000000', SYSLOG_IDENTIFIER: 'app' },
    ],
  ];
  it.each(WRITERS)('is when and where the header said: %s', (_who, document) => {
    expect(seen('LINUX', Buffer.from(JSON.stringify(document)))).toMatchObject([{ entity: 'host:web1', at: AT }]);
  });
});
