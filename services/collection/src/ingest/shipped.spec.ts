import type { SourceKind } from '#contracts';
import { writeLine } from '../envelope/line.js';
import { sourceOf } from '../sources/index.js';
import { readMessage, type ReadPieces } from './message.js';

const RECEIVED = Date.UTC(2026, 10, 28, 19);
const place = { topic: 'ingest.acme.edge', partition: 0, offset: '1', timestamp: RECEIVED };
const read = (kind: SourceKind, message: string | Buffer, enveloped?: true): ReadPieces => {
  const source = sourceOf(kind);
  if (!source) throw new Error(kind);
  return readMessage(Buffer.from(message), place, source, enveloped ? { enveloped } : {});
};
const all = (kind: SourceKind, message: object | string, enveloped?: true) =>
  read(kind, typeof message === 'string' ? message : JSON.stringify(message), enveloped).events.map(
    ({ occurredAt, entity, flags, native, envelope, observables, ocsf }) => ({
      at: new Date(occurredAt).toISOString(),
      entity,
      flags,
      class: ocsf.classUid,
      native: JSON.parse(String(native)) as unknown,
      envelope: JSON.parse(String(envelope)) as unknown,
      seen: observables.map((one) => `${one.kind}:${one.value}`),
    }),
  );

const TRAIL =
  '{"eventTime":"2026-11-28T18:59:04Z","eventName":"x","userIdentity":{"arn":"arn:aws:iam::1:user/a"},"n":1.10}';
const WINDOWS = '{"EventID":4625,"Channel":"Security","Computer":"dc1","TimeCreated":"2026-11-28T18:00:00Z"}';
const SSHD = 'Nov 28 18:59:05 web1 sshd[5]: Failed password for root from 203.0.113.9 port 5 ssh2';
const FAILED = 'Failed password for root from 203.0.113.9 port 5 ssh2';
const READ = '2026-11-28T18:59:09.000Z';

describe('a line of JSON that a shipper wrapped', () => {
  const beat = { '@timestamp': READ, host: { name: 'loghost' }, agent: { type: 'filebeat' }, ecs: {}, input: {} };
  it.each<[string, SourceKind, object, string, string]>([
    ['Filebeat', 'WINDOWS', { ...beat, message: WINDOWS, log: { offset: 0 } }, WINDOWS, 'host:dc1'],
    [
      'Filebeat, out of S3',
      'AWS_CLOUDTRAIL',
      { ...beat, message: TRAIL, aws: { s3: {} }, cloud: {}, event: { dataset: 'aws.cloudtrail' } },
      TRAIL,
      'cloud-principal:arn:aws:iam::1:user/a',
    ],
    [
      'Logstash',
      'WINDOWS',
      { '@timestamp': READ, '@version': '1', message: WINDOWS, event: { original: WINDOWS }, host: { name: 'h1' } },
      WINDOWS,
      'host:dc1',
    ],
    [
      'Vector',
      'ZEEK',
      {
        file: '/x/http.log',
        host: 'zeek1',
        message: '{"_path":"http","id.orig_h":"10.1.1.8","host":"evil.example"}',
        source_type: 'file',
        timestamp: READ,
      },
      '{"_path":"http","id.orig_h":"10.1.1.8","host":"evil.example"}',
      'ip:10.1.1.8',
    ],
    ['Fluentd', 'WINDOWS', { message: WINDOWS }, WINDOWS, 'host:dc1'],
    ['Fluent Bit', 'WINDOWS', { date: 1795892345.5, log: WINDOWS }, WINDOWS, 'host:dc1'],
    ["Docker's driver for Splunk", 'WINDOWS', { line: WINDOWS, source: 'stdout', tag: 'a1' }, WINDOWS, 'host:dc1'],
    ['the same, of JSON', 'WINDOWS', { line: JSON.parse(WINDOWS), source: 'stdout', tag: 'a' }, WINDOWS, 'host:dc1'],
    ['Cribl', 'WINDOWS', { _raw: WINDOWS, _time: 1795892345, host: 'x', cribl_breaker: 'b' }, WINDOWS, 'host:dc1'],
    [
      'Docker, and Filebeat around it',
      'WINDOWS',
      { ...beat, message: JSON.stringify({ log: `${WINDOWS}\n`, stream: 'stdout', time: READ }) },
      WINDOWS,
      'host:dc1',
    ],
  ])('is the event: %s', (_who, kind, document, line, entity) => {
    const { events } = read(kind, JSON.stringify(document));
    expect(events.map((one) => [one.native.toString().trim(), one.entity])).toEqual([[line, entity]]);
    const around = Object.keys(document).length > 1 ? { shipper: expect.any(Object) } : null;
    expect(all(kind, document)).toMatchObject([{ envelope: around }]);
  });

  it('leaves its digits as they are, and is kept once', () => {
    const { events } = read('AWS_CLOUDTRAIL', JSON.stringify({ ...beat, message: TRAIL, event: { original: TRAIL } }));
    expect(events.map(({ native, envelope }) => [String(native), String(envelope).includes('eventName')])).toEqual([
      [TRAIL, false],
    ]);
  });

  it('may hold many events, of which a bad one is told with what stood around it', () => {
    const many = { ...beat, message: `{"Records":[${TRAIL},5,${TRAIL}]}` };
    const { events, rejected } = read('AWS_CLOUDTRAIL', JSON.stringify(many));
    expect(events.map(({ index }) => index)).toEqual([0, 2]);
    expect(rejected.map(({ code, bytes }) => [code, JSON.parse(String(bytes))])).toEqual([
      ['NOT_AN_OBJECT', { ...beat, message: '5' }],
    ]);
  });

  it('has no domain by the name of its shipper, which is the sensor', () => {
    const line = '{"_path":"conn","id.orig_h":"10.1.1.8","id.resp_h":"203.0.113.11","ts":1795892345}';
    expect(all('ZEEK', { host: 'zeek1', message: line, source_type: 'file', timestamp: READ })).toMatchObject([
      {
        seen: ['hostname:zeek1', 'ip-address:10.1.1.8', 'ip-address:203.0.113.11'],
        at: '2026-11-28T18:59:05.000Z',
        flags: [],
      },
    ]);
  });

  it('of Linux is on the host that its shipper names, whatever it says itself', () =>
    expect(all('LINUX', { ...beat, message: '{"host":"victim","a":1}' })).toMatchObject([
      { entity: 'host:loghost', at: READ, flags: expect.arrayContaining(['hosts-disagree', 'time-observed']) },
    ]));

  it.each<[string, object]>([
    ['of somebody who says more', { message: WINDOWS, winlog: { event_id: 1 } }],
    ['that is a list of numbers', { message: '[1,2]' }],
    ['that is broken', { message: '{"a":' }],
    ['that is not there', { host: { name: 'h1' } }],
  ])('%s stays in its document', (_what, document) =>
    expect(all('WINDOWS', document)).toMatchObject([{ native: document, envelope: null }]),
  );

  it('is opened so often, and no more', () => {
    let line = WINDOWS;
    for (let wraps = 0; wraps < 6; wraps += 1) line = JSON.stringify({ message: line });
    expect(all('WINDOWS', line)).toMatchObject([{ native: { message: expect.stringContaining('message') } }]);
  });
});

describe('a line of text that a shipper wrapped', () => {
  it.each<[string, string | object, object]>([
    [
      'Fluent Bit, with seconds',
      { date: 1795892345.5, log: SSHD },
      { entity: 'host:web1', at: '2026-11-28T18:59:05.500Z' },
    ],
    [
      'Fluent Bit, with ISO 8601',
      { date: '2026-11-28T18:59:06.123456Z', log: SSHD, hostname: 'node1' },
      { entity: 'host:web1', at: '2026-11-28T18:59:06.123Z', flags: ['hosts-disagree', 'time-observed'] },
    ],
    [
      "Fluent Bit, with Java's timestamp",
      { date: '2026-11-28 18:59:06.123456', log: SSHD },
      { entity: 'host:web1', at: '2026-11-28T18:59:06.123Z' },
    ],
    [
      'Kubernetes, as its runtime writes it',
      { '@timestamp': READ, log: `2026-11-28T18:59:06.1Z stderr F sshd[5]: ${FAILED}`, kubernetes: { host: 'node1' } },
      { entity: 'host:node1', at: '2026-11-28T18:59:06.100Z', flags: [], native: { message: `sshd[5]: ${FAILED}` } },
    ],
    [
      'Kubernetes, whose programs say no host',
      { '@timestamp': READ, log: `2026-11-28T18:59:06.1Z stderr F ${SSHD}`, kubernetes: { node: { name: 'node1' } } },
      { entity: 'host:node1', flags: ['hosts-disagree'] },
    ],
    [
      'a runtime, alone',
      `2026-11-28T18:59:06.1Z stdout F sshd[5]: ${FAILED}`,
      { at: '2026-11-28T18:59:06.100Z', native: { message: `sshd[5]: ${FAILED}` } },
    ],
    [
      'Docker, in a file',
      { log: `sshd[5]: ${FAILED}\n`, stream: 'stdout', time: '2026-11-28T18:59:06.123456789Z' },
      { at: '2026-11-28T18:59:06.123Z', flags: [], native: { message: `sshd[5]: ${FAILED}` } },
    ],
    ['Cribl', { _raw: SSHD, _time: 1795892345, host: 'web1', cribl_breaker: 'b' }, { entity: 'host:web1' }],
  ])('is the event: %s', (_who, document, expected) =>
    expect(all('LINUX', document)).toMatchObject([{ class: 3002, ...expected }]),
  );

  it('is read inside of what a protocol says: Docker by HEC', () => {
    const event = Buffer.from(JSON.stringify({ line: SSHD, source: 'stdout', tag: 'abc123' }));
    const line = writeLine({ by: 'hec', at: Date.parse(READ), host: 'docker1', said: '{"index":"i"}', event });
    expect(all('LINUX', String(line), true)).toMatchObject([
      {
        class: 3002,
        at: READ,
        entity: 'host:docker1',
        flags: ['hosts-disagree'],
        native: { message: SSHD },
        envelope: { hec: { index: 'i' }, shipper: { source: 'stdout', tag: 'abc123' } },
      },
    ]);
  });

  it('is a firewall’s line too', () =>
    expect(
      all('FIREWALL', {
        date: 1795892345.5,
        log: 'CEF:0|v|p|1|1|n|3|src=10.0.0.1 dst=203.0.113.9 act=deny',
        hostname: 'fb',
      }),
    ).toMatchObject([
      { entity: 'ip:10.0.0.1', seen: ['hostname:fb', 'ip-address:10.0.0.1', 'ip-address:203.0.113.9'] },
    ]));
});

it.each<[SourceKind, object]>([
  ['WINDOWS', { EventID: 1, Channel: 'x', Computer: 'w' }],
  ['LINUX', { MESSAGE: 'x', SYSLOG_IDENTIFIER: 'sudo' }],
  ['MACOS', { header: { event_name: 'x' } }],
  ['DNS', { query: 'a.example' }],
  ['FIREWALL', { src: '10.0.0.1' }],
  ['WEB_PROXY', { src: '10.0.0.1' }],
  ['WEB_SERVER', { request: 'GET / HTTP/1.1' }],
])('when Fluent Bit says it happened is known of %s', (kind, event) => {
  for (const date of [1795892345.5, '2026-11-28T18:59:05.500000Z', '2026-11-28 18:59:05.500000'])
    expect(all(kind, { date, ...event })).toMatchObject([{ at: '2026-11-28T18:59:05.500Z' }]);
});

describe('a line that was read late, or on another host', () => {
  const beat = { '@timestamp': '2026-11-28T18:59:02.000Z', agent: { type: 'filebeat', name: 'loghost' } };
  const on = (name: string) => ({ ...beat, host: { name } });
  const line = (header: string) => ({ message: `${header} sshd[5]: ${FAILED}` });
  it.each<[string, object, string, string, string[]]>([
    ['says when', { ...on('web1'), ...line('2026-11-26T03:12:02+00:00 web1') }, 'web1', '2026-11-26T03:12:02.000Z', []],
    [
      'says when, without a zone',
      { ...on('web1'), ...line('Nov 26 03:12:21 web1') },
      'web1',
      '2026-11-26T03:12:21.000Z',
      ['times-disagree:syslog-header:shipper:-229601', 'time-assumed'],
    ],
    [
      'says when in the zone of its host',
      { ...on('web1'), ...line('Nov 26 04:12:21 web1'), event: { timezone: '+01:00' } },
      'web1',
      '2026-11-26T03:12:21.000Z',
      ['times-disagree:syslog-header:shipper:-229601', 'time-assumed'],
    ],
    [
      'is not late by the zone that it is written in',
      { ...on('web1'), ...line('Nov 28 13:59:01 web1') },
      'web1',
      '2026-11-28T18:59:02.000Z',
      [],
    ],
    [
      'says where',
      { ...on('loghost'), ...line('2026-11-28T18:59:01Z web31') },
      'web31',
      '2026-11-28T18:59:01.000Z',
      ['hosts-disagree'],
    ],
    [
      'came by an address',
      { '@timestamp': '2026-11-28T18:59:02Z', host: '10.0.0.8', ...line('2026-11-28T18:59:01Z web31') },
      'web31',
      '2026-11-28T18:59:01.000Z',
      [],
    ],
    [
      "was taken apart by Beats' syslog input",
      {
        ...on('fb-agg'),
        hostname: 'web33',
        process: { program: 'sshd', pid: 5 },
        message: FAILED,
        event: { severity: 6 },
        syslog: { facility: 10, priority: 86 },
        log: { source: { address: '10.0.0.33:5555' } },
        input: { type: 'syslog' },
      },
      'web33',
      '2026-11-28T18:59:02.000Z',
      ['hosts-disagree'],
    ],
    [
      'was taken apart by Logstash',
      { ...beat, '@version': '1', host: '10.0.0.8', logsource: 'web09', program: 'sshd', pid: '6', message: FAILED },
      'web09',
      '2026-11-28T18:59:02.000Z',
      [],
    ],
  ])('%s', (_what, document, host, at, flags) =>
    expect(all('LINUX', document)).toMatchObject([{ class: 3002, entity: `host:${host}`, at, flags }]),
  );

  it('names both hosts', () =>
    expect(all('LINUX', { ...on('loghost'), ...line('2026-11-28T18:59:01Z web31') })[0]?.seen).toEqual(
      expect.arrayContaining(['hostname:web31', 'hostname:loghost']),
    ));

  it.each<[string, object]>([
    ['in a container', { kubernetes: { pod: { name: 'p' } }, container: { id: 'c' } }],
    ['with more beside it', { rule: 'x' }],
  ])('names no host %s', (_what, more) =>
    expect(all('LINUX', { ...on('node1'), ...line('2026-11-28T18:59:01Z victim'), ...more })).toMatchObject([
      { entity: 'host:node1' },
    ]),
  );

  it('is so by HEC and OTLP too', () => {
    const event = JSON.stringify(`<86>1 2026-11-28T10:59:05-08:00 web31 sshd 5 - - ${FAILED}`);
    for (const by of ['hec', 'otlp'] as const)
      for (const [at, expected] of [
        ['2026-11-28T18:59:06.500Z', { at: '2026-11-28T18:59:06.500Z', flags: ['hosts-disagree'] }],
        ['2026-11-28T19:00:00Z', { at: '2026-11-28T19:00:00.000Z', flags: ['hosts-disagree'] }],
        ['2026-11-27T10:59:05Z', { at: '2026-11-28T18:59:05.000Z' }],
      ] as const) {
        const said = String(writeLine({ by, at: Date.parse(at), host: 'hf01', event: Buffer.from(event) }));
        expect(all('LINUX', said, true)).toMatchObject([{ class: 3002, entity: 'host:web31', ...expected }]);
      }
  });

  it('of the journal is on the host that the journal names', () => {
    const event = {
      MESSAGE: FAILED,
      SYSLOG_IDENTIFIER: 'sshd',
      _HOSTNAME: 'web3',
      __REALTIME_TIMESTAMP: '1795892343123456',
    };
    const said = String(writeLine({ by: 'otlp', host: 'gw', event: Buffer.from(JSON.stringify(event)) }));
    expect(all('LINUX', said, true)).toMatchObject([{ class: 3002, entity: 'host:web3', flags: ['hosts-disagree'] }]);
  });
});
