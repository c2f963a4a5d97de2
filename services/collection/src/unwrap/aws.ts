/** What services of AWS put around events: CloudWatch Logs' subscriptions, Firehose, Kinesis, EventBridge. */
import { memberOf } from '../envelope/members.js';
import { at, isObject, objectAt } from '../sources/json-values.js';
import {
  around,
  aroundBase64,
  aroundText,
  each,
  FILE_WRITTEN,
  listIn,
  notTelemetry,
  objectsIn,
  ofBase64,
  textIn,
  timeIn,
  without,
  type Wrapper,
} from './wrapper.js';

/** A subscription of CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
const cloudwatch: Wrapper = {
  by: 'cloudwatch',
  mark: 'logEvents',
  open: (value) => {
    const events = objectsIn(value.logEvents);
    if (!events || textIn(value.messageType) === undefined) return undefined;
    if (value.messageType === 'CONTROL_MESSAGE')
      return notTelemetry('CloudWatch Logs tries whether its subscription works: the message holds no event.');
    const said = without(value, 'logEvents');
    return each(events, (event) => {
      const own = without(event, 'message');
      return {
        bytes: Buffer.from(textIn(event.message) ?? JSON.stringify(event)),
        is: 'text',
        said,
        own,
        ...timeIn(event.timestamp),
        wrap: (inner) => around(said, 'logEvents', '[', ']')(aroundText(own, 'message')(inner)),
      };
    });
  },
};

/** The same as a function of Lambda is given it. */
const lambda: Wrapper = {
  by: 'awslogs',
  mark: 'awslogs',
  isCarrier: true,
  open: (value) => {
    const data = textIn(at(value, 'awslogs', 'data'));
    if (data === undefined) return undefined;
    const wrap = (inner: Buffer): Buffer => around({}, 'awslogs')(aroundBase64({}, 'data')(inner));
    return [{ ...ofBase64(data), is: 'message', said: {}, wrap }];
  },
};

/** https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html */
const firehose: Wrapper = {
  by: 'firehose',
  mark: 'requestId',
  besides: '"records"',
  isCarrier: true,
  open: (value) => {
    const records = objectsIn(value.records);
    if (!records || textIn(value.requestId) === undefined) return undefined;
    const said = without(value, 'records');
    return each(records, (record) => ({
      ...ofBase64(textIn(record.data) ?? ''),
      is: 'message',
      said,
      wrap: (inner) => around(said, 'records', '[', ']')(aroundBase64({}, 'data')(inner)),
    }));
  },
};

const kinesis: Wrapper = {
  by: 'kinesis',
  mark: 'kinesis',
  isCarrier: true,
  open: (value) => {
    const data = textIn(at(value, 'kinesis', 'data'));
    if (data === undefined || value.eventSource !== 'aws:kinesis') return undefined;
    const [about, said] = [without(objectAt(value, 'kinesis') ?? {}, 'data'), without(value, 'kinesis')];
    return [
      {
        ...ofBase64(data),
        is: 'message',
        said,
        own: about,
        ...timeIn(about.approximateArrivalTimestamp),
        isObserved: true,
        wrap: (inner) => around(said, 'kinesis')(aroundBase64(about, 'data')(inner)),
      },
    ];
  },
};

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html; findings come several in one. */
const eventbridge: Wrapper = {
  by: 'eventbridge',
  mark: 'detail-type',
  open: (value, bytes) => {
    const detail = memberOf(bytes, 'detail');
    if (!detail || !isObject(value.detail) || textIn(value['detail-type']) === undefined) return undefined;
    if (value.source === 'aws.s3' && isObject(at(value, 'detail', 'bucket'))) return FILE_WRITTEN;
    const [said, when] = [without(value, 'detail'), timeIn(value.time)];
    const wrap = around(said, 'detail');
    const findings = objectsIn(value.detail.findings);
    if (!findings || findings.length === 0) return [{ bytes: detail, is: 'event', said, ...when, wrap }];
    const rest = without(value.detail, 'findings');
    const own = Object.keys(rest).length === 0 ? {} : { detail: rest };
    return each(listIn(detail, 'findings'), (finding) => ({
      bytes: finding,
      is: 'event',
      said,
      own,
      ...when,
      wrap: (inner) => wrap(around(rest, 'findings', '[', ']')(inner)),
    }));
  },
};

export const ofAws: Wrapper[] = [cloudwatch, lambda, firehose, kinesis, eventbridge];
