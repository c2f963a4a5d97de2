import { gzipSync } from 'node:zlib';
import type { SourceKind } from '#contracts';
import {
  AT,
  FLOW,
  base64,
  entry,
  eventBus,
  firehose,
  jsonOf,
  logs,
  login,
  notification,
  okta,
  read,
  seen,
  signIn,
  trail,
} from '../../test/wrapped.js';

const VAULT = '/subscriptions/s-1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v';
const gridEvent = (more: object): object => ({
  id: 'i',
  topic: VAULT,
  subject: 's',
  eventType: 'Microsoft.KeyVault.SecretNearExpiry',
  eventTime: '2026-11-28T18:59:02.1234567Z',
  data: { VaultName: 'v' },
  dataVersion: '1',
  metadataVersion: '1',
  ...more,
});

/** Kind, what is sent, the events inside, what is said around the first. */
const CASES: [what: string, kind: SourceKind, message: unknown, natives: object[], around: object][] = [
  [
    "CloudWatch's subscription with records of CloudTrail",
    'AWS_CLOUDTRAIL',
    logs(JSON.stringify(trail('A')), JSON.stringify(trail('B'))),
    [trail('A'), trail('B')],
    { cloudwatch: { logGroup: 'g', logStream: 's', owner: '1', id: '0', messageType: 'DATA_MESSAGE' } },
  ],
  [
    'the same with lines of text',
    'FIREWALL',
    logs(FLOW, FLOW),
    [{ message: FLOW }, { message: FLOW }],
    { cloudwatch: { logGroup: 'g' } },
  ],
  [
    'the same as a function of Lambda has it',
    'AWS_CLOUDTRAIL',
    { awslogs: { data: base64(gzipSync(JSON.stringify(logs(JSON.stringify(trail('A')))))) } },
    [trail('A')],
    { cloudwatch: { logGroup: 'g' } },
  ],
  [
    'Firehose',
    'AWS_CLOUDTRAIL',
    firehose(trail('A'), `${JSON.stringify(trail('B'))}\n${JSON.stringify(trail('C'))}\n`),
    [trail('A'), trail('B'), trail('C')],
    { firehose: { requestId: 'r', timestamp: AT + 500 } },
  ],
  [
    "Firehose around CloudWatch's subscription, packed",
    'AWS_CLOUDTRAIL',
    firehose(gzipSync(JSON.stringify(logs(JSON.stringify(trail('A')))))),
    [trail('A')],
    { firehose: { requestId: 'r' }, cloudwatch: { logGroup: 'g' } },
  ],
  [
    'Firehose around lines',
    'FIREWALL',
    firehose(`${FLOW}\n${FLOW}\n`),
    [{ message: FLOW }, { message: FLOW }],
    { firehose: { requestId: 'r' } },
  ],
  [
    "Kinesis, as Lambda's records",
    'AWS_CLOUDTRAIL',
    { Records: [{ eventSource: 'aws:kinesis', kinesis: { data: base64(trail('A')), partitionKey: 'k' } }] },
    [trail('A')],
    { kinesis: { partitionKey: 'k' } },
  ],
  [
    'EventBridge',
    'AWS_CLOUDTRAIL',
    eventBus(trail('A')),
    [trail('A')],
    { eventbridge: { source: 'aws.iam', id: 'x' } },
  ],
  [
    "Okta's log by EventBridge",
    'OKTA',
    eventBus(login, 'SystemLog'),
    [login],
    { eventbridge: { 'detail-type': 'SystemLog' } },
  ],
  [
    'Security Hub, several findings in one',
    'AWS_CLOUDTRAIL',
    eventBus({ actionName: 'a', findings: [{ Id: '1' }, { Id: '2' }] }, 'Security Hub Findings - Custom Action'),
    [{ Id: '1' }, { Id: '2' }],
    { eventbridge: { detail: { actionName: 'a' } } },
  ],
  [
    'SNS around EventBridge',
    'AWS_CLOUDTRAIL',
    notification(eventBus(trail('A'))),
    [trail('A')],
    { sns: { MessageId: 'm' }, eventbridge: { source: 'aws.iam' } },
  ],
  [
    'SQS around SNS',
    'AWS_CLOUDTRAIL',
    { Records: [{ eventSource: 'aws:sqs', messageId: 'q', body: JSON.stringify(notification(trail('A'))) }] },
    [trail('A')],
    { sqs: { messageId: 'q' }, sns: { MessageId: 'm' } },
  ],
  [
    "SNS, as Lambda's records",
    'AWS_CLOUDTRAIL',
    { Records: [{ EventSource: 'aws:sns', Sns: notification(trail('A')) }] },
    [trail('A')],
    { sns: { MessageId: 'm' } },
  ],
  [
    "Okta's event hook",
    'OKTA',
    okta(login, { ...login, uuid: 'v' }),
    [login, { ...login, uuid: 'v' }],
    { okta: { eventId: 'e' } },
  ],
  [
    'a push of Pub/Sub',
    'GCP_AUDIT',
    {
      message: { data: base64(entry), attributes: { a: 'b' }, publishTime: '2026-11-28T18:59:02Z' },
      subscription: 's',
    },
    [entry],
    { pubsub: { subscription: 's', message: { attributes: { a: 'b' } } } },
  ],
  [
    'a pull of Pub/Sub',
    'GCP_AUDIT',
    { receivedMessages: [{ ackId: 'secret', message: { data: base64(entry), messageId: '7' } }] },
    [entry],
    { pubsub: { message: { messageId: '7' } } },
  ],
  ['an Event Hub', 'AZURE', { records: [signIn, signIn] }, [signIn, signIn], {}],
  [
    'an Event Hub with events of a device',
    'WINDOWS',
    { records: [{ EventID: 1 }, { EventID: 2 }] },
    [{ EventID: 1 }, { EventID: 2 }],
    {},
  ],
  [
    'CloudEvents',
    'AZURE',
    { specversion: '1.0', type: 't', source: '/s', id: 'i', time: '2026-11-28T18:59:02Z', data: signIn },
    [signIn],
    { cloudevents: { type: 't', id: 'i' } },
  ],
  [
    'Event Grid',
    'AZURE',
    [gridEvent({ data: signIn }), gridEvent({ data: signIn })],
    [signIn, signIn],
    { eventgrid: { eventType: 'Microsoft.KeyVault.SecretNearExpiry', subject: 's' } },
  ],
  [
    'Graph, where it says what changed',
    'M365',
    {
      value: [
        {
          subscriptionId: 's',
          changeType: 'updated',
          resource: 'r',
          clientState: 'secret',
          resourceData: { title: 't' },
        },
      ],
    },
    [{ title: 't' }],
    { graph: { changeType: 'updated' } },
  ],
  [
    "Splunk's collector, by another way",
    'WINDOWS',
    { time: AT / 1000, host: 'dc1', sourcetype: 'XmlWinEventLog', event: { EventID: 4625, Channel: 'Security' } },
    [{ EventID: 4625, Channel: 'Security' }],
    { hec: { sourcetype: 'XmlWinEventLog' }, host: { name: 'dc1' } },
  ],
  [
    "a result of Splunk's",
    'FIREWALL',
    { sid: '1', search_name: 'n', results_link: 'https://splunk.example/secret', result: { _raw: FLOW, host: 'h1' } },
    [{ message: FLOW }],
    { splunk: { search_name: 'n', result: { host: 'h1' } } },
  ],
  [
    "what Datadog's agent sends",
    'FIREWALL',
    [{ message: FLOW, ddsource: 'vpc', hostname: 'h1', timestamp: AT, status: 'info' }],
    [{ message: FLOW }],
    { datadog: { ddsource: 'vpc' } },
  ],
];

describe('what services put around events', () => {
  it.each(CASES)('is opened: %s', (_what, kind, message, natives, around) => {
    const { events, rejected } = read(kind, message);
    expect(rejected).toEqual([]);
    expect(events.map(seen)).toMatchObject(natives.map((native) => ({ native })));
    expect(jsonOf(events[0]?.envelope) ?? {}).toMatchObject(around);
    expect(String(events[0]?.envelope)).not.toMatch(/secret|Unsubscribe/);
  });

  it.each(CASES)('is opened in an envelope of a protocol: %s', (_what, kind, message, natives, around) => {
    const line = Buffer.from(`{"by":"otlp","said":{"resource":{"a":1}},"event":${JSON.stringify(message)}}`);
    const { events, rejected } = read(kind, line, true);
    expect(rejected).toEqual([]);
    expect(events.map(seen)).toMatchObject(natives.map((native) => ({ native })));
    expect(jsonOf(events[0]?.envelope)).toMatchObject({ ...around, otlp: { resource: { a: 1 } } });
  });

  it.each<[string, object]>([
    ['in its own schema', gridEvent({})],
    [
      'as CloudEvents',
      {
        specversion: '1.0',
        id: 'i',
        source: VAULT,
        subject: 's',
        type: 'Microsoft.KeyVault.SecretNearExpiry',
        time: '2026-11-28T18:59:02.1234567Z',
        data: { VaultName: 'v' },
      },
    ],
  ])("takes the kind and the time of Event Grid's events from around them, %s", (_, message) => {
    const [event] = read('AZURE', [message]).events;
    expect(event).toMatchObject({
      occurredAt: AT + 123,
      flags: [],
      ocsf: { classUid: 6003, api: { operation: 'Microsoft.KeyVault.SecretNearExpiry' }, cloud: { accountUid: 's-1' } },
    });
  });

  it('reads who did what of a resource by Event Grid', () => {
    const data = {
      operationName: 'Microsoft.Compute/virtualMachines/write',
      resourceUri: '/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web1',
      claims: { name: 'Ada', 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'ada@example.test' },
      httpRequest: { clientIpAddress: '203.0.113.7', method: 'PUT' },
      status: 'Succeeded',
    };
    const [event] = read('AZURE', [gridEvent({ eventType: 'Microsoft.Resources.ResourceWriteSuccess', data })]).events;
    expect(event).toMatchObject({
      entity: 'user:ada@example.test',
      ocsf: { classUid: 6003, activityId: 3, api: { operation: data.operationName, status: 'Succeeded' } },
    });
  });

  it.each(['Validation', 'Deleted'])('says that what Event Grid says of a subscription is no event: %s', (what) => {
    const eventType = `Microsoft.EventGrid.Subscription${what}Event`;
    const { events, rejected } = read('AZURE', [gridEvent({ eventType, data: { validationCode: 'c' } })]);
    expect(events).toEqual([]);
    expect(rejected).toMatchObject([{ code: 'NOT_TELEMETRY' }]);
  });

  it('says when it happened, where the event does not', () => {
    const [event] = read('FIREWALL', logs('%ASA-6-1: x')).events;
    expect(event && seen(event)).toMatchObject({
      at: 0,
      flags: expect.not.arrayContaining(['time-missing']) as object,
    });
    const [passed] = read('FIREWALL', notification('text of a device')).events;
    expect(passed && seen(passed)).toMatchObject({
      at: 1_000,
      flags: expect.arrayContaining(['time-observed']) as object,
    });
  });

  it('is never replaced by what an event says', () => {
    const forged = JSON.stringify(notification(eventBus(trail('A'))));
    const [event] = read('AWS_CLOUDTRAIL', logs(forged)).events;
    expect(event && seen(event)).toMatchObject({
      native: notification(eventBus(trail('A'))),
      entity: 'cloud-principal:unknown',
    });
    expect(Object.keys(jsonOf(event?.envelope) as object)).toEqual(['@timestamp', 'cloudwatch']);
  });

  it('keeps the digits of events', () => {
    const [event] = read(
      'AWS_CLOUDTRAIL',
      Buffer.from('{"detail-type":"t","source":"s","detail":{"n":9232379236109516800}}'),
    ).events;
    expect(String(event?.native)).toBe('{"n":9232379236109516800}');
  });
});
