/** Messages of SQS and SNS, and notifications that hold no event: a file was written, a subscription is to be confirmed. */
import { at, isObject } from '../sources/json-values.js';
import type { NativeObject } from '../sources/source.js';
import {
  around,
  aroundText,
  FILE_WRITTEN,
  notTelemetry,
  textIn,
  timeIn,
  without,
  type WrappedPart,
  type Wrapper,
} from './wrapper.js';

const queued = (mark: 'body' | 'Body', isOne: (value: NativeObject) => boolean): Wrapper => ({
  by: 'sqs',
  mark,
  isCarrier: true,
  open: (value) => {
    const body = textIn(value[mark]);
    if (body === undefined || !isOne(value)) return undefined;
    const said = without(value, mark, 'receiptHandle', 'ReceiptHandle');
    return [{ bytes: Buffer.from(body), is: 'message', said, wrap: aroundText(said, mark) }];
  },
});

const WAITING = new Set(['SubscriptionConfirmation', 'UnsubscribeConfirmation']);
/** Who could unsubscribe with it is nobody's business. */
const LINKS = ['UnsubscribeURL', 'UnsubscribeUrl', 'SubscribeURL', 'Token'];

const notified = (value: NativeObject, wrapper = (inner: Buffer): Buffer => inner): WrappedPart[] | undefined => {
  const message = textIn(value.Message);
  if (message === undefined) return undefined;
  const said = without(value, 'Message', ...LINKS);
  const wrap = (inner: Buffer): Buffer => wrapper(aroundText(said, 'Message')(inner));
  return [{ bytes: Buffer.from(message), is: 'message', said, ...timeIn(value.Timestamp), isObserved: true, wrap }];
};

/** https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
const sns: Wrapper = {
  by: 'sns',
  mark: 'TopicArn',
  isCarrier: true,
  open: (value) => {
    if (WAITING.has(textIn(value.Type) ?? ''))
      return notTelemetry('SNS asks that a subscription be confirmed: open its SubscribeURL, or have it confirmed.');
    return value.Type === 'Notification' ? notified(value) : undefined;
  },
};

const snsRecord: Wrapper = {
  ...sns,
  mark: 'Sns',
  open: (value) =>
    value.EventSource === 'aws:sns' && isObject(value.Sns)
      ? notified(value.Sns, around(without(value, 'Sns'), 'Sns'))
      : undefined,
};

const bucket: Wrapper = {
  by: 's3',
  mark: 's3',
  open: (value) =>
    isObject(at(value, 's3', 'object')) && isObject(at(value, 's3', 'bucket')) ? FILE_WRITTEN : undefined,
};

/** What CloudTrail says by SNS of a file of its own. */
const trailFile: Wrapper = {
  by: 's3',
  mark: 's3ObjectKey',
  open: (value) =>
    Array.isArray(value.s3ObjectKey) && textIn(value.s3Bucket) !== undefined ? FILE_WRITTEN : undefined,
};

const bucketTest: Wrapper = {
  by: 's3',
  mark: 'Bucket',
  open: (value) =>
    value.Service === 'Amazon S3' && value.Event === 's3:TestEvent'
      ? notTelemetry('S3 tries whether its notifications arrive: the message holds no event.')
      : undefined,
};

export const ofNotices: Wrapper[] = [
  queued('body', ({ eventSource }) => eventSource === 'aws:sqs'),
  queued('Body', ({ MessageId, MD5OfBody }) => textIn(MessageId) !== undefined && textIn(MD5OfBody) !== undefined),
  sns,
  snsRecord,
  bucket,
  bucketTest,
  trailFile,
];
