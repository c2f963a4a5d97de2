/** What holds events within: tables, what services and shippers put around events, and bodies of requests. */
import { gzipSync } from 'node:zlib';
import { bytesField, numberField } from '../../../../services/collection/src/listeners/protobuf.js';
import type { MutatedParser } from './line-forms.js';

const AT = Date.UTC(2026, 10, 2, 9, 20);
const TIME = '2026-11-02T09:20:00Z';
const SSHD =
  '<86>Nov  2 09:20:00 web1 sshd[4100]: Failed password for invalid user ada from 203.0.113.9 port 51000 ssh2';
const TRAIL = {
  eventTime: TIME,
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  userIdentity: { arn: 'arn:aws:iam::123456789012:user/ada' },
  sourceIPAddress: '203.0.113.9',
};

const base64 = (value: object | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64');
const records = (...of: object[]): string => of.map((one) => JSON.stringify(one)).join('\n');
const logs = (...messages: string[]): object => ({
  messageType: 'DATA_MESSAGE',
  ...{ owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'] },
  logEvents: messages.map((message, at) => ({ id: `${at}`, timestamp: AT, message })),
});
const notice = (Message: string): object => ({
  Type: 'Notification',
  MessageId: 'm',
  TopicArn: 'arn:t',
  Message,
  Timestamp: TIME,
});

const AWS = [
  logs(JSON.stringify(TRAIL), JSON.stringify(TRAIL)),
  { awslogs: { data: base64(gzipSync(JSON.stringify(logs(JSON.stringify(TRAIL))))) } },
  {
    requestId: 'r',
    timestamp: AT,
    records: [{ data: base64(TRAIL) }, { data: base64(gzipSync(records(TRAIL, TRAIL))) }],
  },
  { Records: [{ eventSource: 'aws:sqs', messageId: 'm', body: JSON.stringify(notice(JSON.stringify(TRAIL))) }] },
  {
    Records: [
      { eventSource: 'aws:kinesis', kinesis: { data: base64(TRAIL), approximateArrivalTimestamp: AT / 1_000 } },
    ],
  },
  notice(JSON.stringify({ Records: [{ eventSource: 'aws:s3', s3: { bucket: { name: 'b' } } }] })),
  { version: '0', id: 'x', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', time: TIME, detail: TRAIL },
  { sourcetype: 'aws:cloudtrail', host: 'h', time: AT / 1_000, event: TRAIL },
  { result: { _raw: JSON.stringify(TRAIL), _time: TIME, host: 'h' }, search_name: 's' },
];
const OTHERS = [
  { message: { data: base64({ insertId: 'x', timestamp: TIME, protoPayload: { methodName: 'm' } }), messageId: 'm' } },
  { specversion: '1.0', type: 't', source: 's', id: 'i', time: TIME, data: { methodName: 'm' } },
  {
    eventType: 'com.okta.event_hook',
    cloudEventsVersion: '0.1',
    eventTime: TIME,
    data: { events: [{ uuid: 'u', published: TIME }] },
  },
  { value: [{ changeType: 'created', resource: 'r', resourceData: { id: 'x' }, subscriptionId: 's' }] },
  { hostname: 'h', service: 's', ddsource: 'd', ddtags: 'a:b', timestamp: AT, message: '{"methodName":"m"}' },
];

const SHIPPED = [
  { '@timestamp': TIME, host: { name: 'h' }, agent: { type: 'filebeat' }, ecs: {}, log: { offset: 0 }, message: SSHD },
  { date: AT / 1_000, log: SSHD, kubernetes: { pod_name: 'p', host: 'n' }, stream: 'stdout' },
  { time: TIME, log: `${SSHD}\n`, stream: 'stderr', attrs: { tag: 't' } },
  { line: SSHD, source: 'stdout', tag: 't' },
  { _raw: SSHD, _time: AT / 1_000, host: 'h', source: 's', sourcetype: 'linux_secure', cribl_pipe: 'p' },
  { __REALTIME_TIMESTAMP: `${AT}000`, MESSAGE: [83, 115], _HOSTNAME: 'web1', SYSLOG_IDENTIFIER: 'sshd', _PID: '1' },
];

const field = (number: number, ...parts: Buffer[]): Buffer => bytesField(number, Buffer.concat(parts));
const text = (value: string): Buffer => bytesField(1, Buffer.from(value));
const attribute = (key: string, value: string): Buffer => Buffer.concat([text(key), field(2, text(value))]);
const nanos = Buffer.concat([Buffer.from([9]), Buffer.alloc(8)]);
nanos.writeBigUInt64LE(BigInt(AT) * 1_000_000n, 1);
const record = (body: string): Buffer =>
  field(
    2,
    nanos,
    numberField(2, 9),
    bytesField(3, Buffer.from('INFO')),
    field(5, text(body)),
    field(6, attribute('a', 'b')),
  );
const PROTOBUF = field(
  1,
  field(1, field(1, attribute('host.name', 'web1'))),
  field(2, field(1, text('s')), record(SSHD), record('{"a":1}')),
);
const value = (stringValue: string): object => ({ stringValue });
const OTLP = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'host.name', value: value('web1') }] },
      scopeLogs: [
        {
          scope: { name: 's' },
          logRecords: [
            {
              timeUnixNano: `${AT}000000`,
              severityText: 'INFO',
              body: value(SSHD),
              attributes: [{ key: 'a', value: { intValue: '5' } }],
            },
            {
              observedTimeUnixNano: AT * 1e6,
              body: { kvlistValue: { values: [{ key: 'b', value: { arrayValue: { values: [value('c')] } } }] } },
            },
          ],
        },
      ],
    },
  ],
};
const HEC = [
  `{"time":1793611200.25,"host":"h","source":"s","sourcetype":"t","index":"i","fields":{"a":"b"},"event":${JSON.stringify(SSHD)}}{"event":{"a":1}}`,
  `[{"event":"a","time":"1793611200"},{"event":{"message":${JSON.stringify(SSHD)}}}]`,
];

const ZEEK =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttags\n' +
  '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tset[string]\n1793611200.250000\tC1\t10.1.2.3\t51000\t203.0.113.9\t443\ttcp\ta,b\n#close\t2026-11-02-09-21-00\n';
const TABLES = [
  'Date (UTC),Request ID,User,Username,IP address,Status\n2026-11-02T09:20:00Z,r,Ada,ada@example.test,203.0.113.9,Success\n',
  'sep=;\ntime;operationName;caller\n"2026-11-02T09:20:00Z";"a ""b"" c";"ada@example.test"\n',
  '\ufefftime\toperationName\tcaller\n2026-11-02T09:20:00Z\tx\t"ada\n@example.test"\n',
];

const parser = (
  one: Pick<MutatedParser, 'name' | 'kind' | 'begins' | 'door'> & { own: readonly (object | string | Buffer)[] },
): MutatedParser => ({
  ...one,
  beside: [],
  own: one.own.map((seed) => (typeof seed === 'string' || Buffer.isBuffer(seed) ? seed : JSON.stringify(seed))),
});

export const BODY_FORMS: readonly MutatedParser[] = [
  {
    name: 'wrapped-aws',
    kind: 'AWS_CLOUDTRAIL' as const,
    begins: ['{"logEvents":[{"message":"', '{"records":[{"data":"'],
    own: AWS,
  },
  {
    name: 'wrapped-others',
    kind: 'GCP_AUDIT' as const,
    begins: ['{"message":{"data":"', '{"data":{"events":['],
    own: OTHERS,
  },
  {
    name: 'wrapped-shippers',
    kind: 'LINUX' as const,
    begins: ['{"log":"', '{"line":"', '{"_raw":"', '{"MESSAGE":["'],
    own: SHIPPED,
  },
  { name: 'tables', kind: 'AZURE' as const, begins: ['time,operationName\n1,', 'sep=;\na;b\n1;', 'a,"'], own: TABLES },
  {
    name: 'zeek-tables',
    kind: 'ZEEK' as const,
    begins: ['#separator \\x09\n#fields\tts\n', '#fields\t', '#'],
    own: [ZEEK],
  },
  {
    name: 'hec-bodies',
    kind: 'LINUX' as const,
    door: 'hec' as const,
    begins: ['{"event":"', '{"event":"a"}', '['],
    own: HEC,
  },
  {
    name: 'hec-raw',
    kind: 'LINUX' as const,
    door: 'hec-raw' as const,
    begins: ['', '{"a":1}'],
    own: [SSHD, `${SSHD}\n${SSHD}`, '{"a":1}\n{"b":2}'],
  },
  {
    name: 'otlp-json',
    kind: 'LINUX' as const,
    door: 'otlp-json' as const,
    begins: ['{"resourceLogs":[', '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"'],
    own: [OTLP],
  },
  {
    name: 'otlp-protobuf',
    kind: 'LINUX' as const,
    door: 'otlp-protobuf' as const,
    begins: ['\n', '\n\u0005'],
    own: [PROTOBUF],
  },
].map(parser);
