/** Messages as services that pass events on write them, and what is read of them. */
import type { SourceKind, TelemetryEvent } from '#contracts';
import { readMessage, type ReadPieces } from '../src/ingest/message.js';
import { sourceOf } from '../src/sources/index.js';

export const RECEIVED = Date.UTC(2026, 10, 28, 19);
export const AT = Date.UTC(2026, 10, 28, 18, 59, 2);

export const read = (kind: SourceKind, message: unknown, enveloped?: boolean): ReadPieces => {
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  const bytes = Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message));
  const place = { topic: 'ingest.acme.s', partition: 0, offset: '1', timestamp: RECEIVED };
  return readMessage(bytes, place, source, { enveloped });
};
export const base64 = (value: unknown): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString(
    'base64',
  );
export const jsonOf = (bytes: Buffer | null | undefined): unknown => JSON.parse(String(bytes ?? null));
export const seen = ({ native, entity, flags, occurredAt, envelope }: TelemetryEvent): object => ({
  native: jsonOf(native),
  entity,
  flags,
  at: occurredAt - AT,
  envelope: jsonOf(envelope),
});

export const trail = (name: string): object => ({
  eventVersion: '1.08',
  userIdentity: { arn: 'arn:aws:iam::1:user/bob' },
  eventTime: '2026-11-28T18:59:02Z',
  eventSource: 'iam.amazonaws.com',
  eventName: name,
});
export const BOB = 'cloud-principal:arn:aws:iam::1:user/bob';
export const FLOW =
  '2 123456789012 eni-0a1b 10.1.1.23 203.0.113.180 50000 443 6 10 840 1795892340 1795892342 ACCEPT OK';
export const logs = (...messages: string[]): object => ({
  messageType: 'DATA_MESSAGE',
  owner: '1',
  logGroup: 'g',
  logStream: 's',
  subscriptionFilters: ['f'],
  logEvents: messages.map((message, at) => ({ id: String(at), timestamp: AT, message })),
});
export const firehose = (...data: unknown[]): object => ({
  requestId: 'r',
  timestamp: AT + 500,
  records: data.map((one) => ({ data: base64(one) })),
});
export const eventBus = (detail: object, type = 'AWS API Call via CloudTrail'): object => ({
  version: '0',
  id: 'x',
  'detail-type': type,
  source: 'aws.iam',
  time: '2026-11-28T18:59:02Z',
  detail,
});
export const notification = (message: unknown): object => ({
  Type: 'Notification',
  MessageId: 'm',
  TopicArn: 'arn:aws:sns:eu-west-1:1:t',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  Timestamp: '2026-11-28T18:59:03.000Z',
  UnsubscribeURL: 'https://sns.example/?Action=Unsubscribe&Token=t',
});
export const login = { uuid: 'u', published: '2026-11-28T18:59:02Z', eventType: 'user.session.start' };
export const signIn = {
  time: '2026-11-28T18:59:02Z',
  category: 'SignInLogs',
  properties: { userPrincipalName: 'b@x.test' },
};
export const entry = { protoPayload: { methodName: 'm', authenticationInfo: { principalEmail: 'b@x.test' } } };
export const okta = (...events: object[]): object => ({
  eventType: 'com.okta.event_hook',
  cloudEventsVersion: '0.1',
  eventId: 'e',
  eventTime: '2026-11-28T18:59:05Z',
  data: { events },
});
