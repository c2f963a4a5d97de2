/** What services of Google, Microsoft and Okta put around events, CloudEvents, and lists. */
import { memberOf } from '../envelope/members.js';
import { at, isObject, objectAt } from '../sources/json-values.js';
import { aboutSubscription, besideOf, eventGrid } from './event-grid.js';
import {
  around,
  aroundBase64,
  each,
  listIn,
  notTelemetry,
  objectsIn,
  ofBase64,
  textIn,
  timeIn,
  without,
  type Wrapper,
} from './wrapper.js';

/** A message of Pub/Sub, pushed (with its subscription) or pulled (with an id to acknowledge it by). */
const pubsub = (mark: 'subscription' | 'ackId'): Wrapper => ({
  by: 'pubsub',
  mark,
  open: (value) => {
    const [message, data] = [objectAt(value, 'message'), textIn(at(value, 'message', 'data'))];
    if (!message || data === undefined || textIn(value[mark]) === undefined) return undefined;
    const [said, own] = [without(value, 'message', 'ackId'), without(message, 'data')];
    const wrapper = around({ ...said, [mark]: value[mark] }, 'message');
    return [
      {
        ...ofBase64(data),
        is: 'message',
        said,
        own: { message: own },
        ...timeIn(own.publishTime ?? own.publish_time),
        isObserved: true,
        wrap: (inner) => wrapper(aroundBase64(own, 'data')(inner)),
      },
    ];
  },
});

/** https://developer.okta.com/docs/concepts/event-hooks/: several events of the system log in one. */
const okta: Wrapper = {
  by: 'okta',
  mark: 'data',
  besides: '"events"',
  open: (value, bytes) => {
    const data = memberOf(bytes, 'data');
    if (!data || !objectsIn(at(value, 'data', 'events'))) return undefined;
    const [said, rest] = [without(value, 'data'), without(objectAt(value, 'data') ?? {}, 'events')];
    const own = { data: rest };
    return each(listIn(data, 'events'), (event) => ({
      bytes: event,
      is: 'event',
      said,
      own,
      ...timeIn(value.eventTime),
      isObserved: true,
      wrap: (inner) => around(said, 'data')(around(rest, 'events', '[', ']')(inner)),
    }));
  },
};

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
const cloudevents: Wrapper = {
  by: 'cloudevents',
  mark: 'specversion',
  open: (value, bytes) => {
    const [type, source] = [textIn(value.type), textIn(value.source)];
    if (type === undefined || source === undefined) return undefined;
    const problem = aboutSubscription(type);
    if (problem) return problem;
    const base64 = textIn(value.data_base64);
    const [said, when] = [without(value, 'data', 'data_base64'), timeIn(value.time)];
    if (base64 !== undefined) {
      return [{ ...ofBase64(base64), is: 'message', said, ...when, wrap: aroundBase64(said, 'data_base64') }];
    }
    const data = memberOf(bytes, 'data');
    if (!data || !isObject(value.data)) return undefined;
    const beside = besideOf(type, source);
    return [{ bytes: data, is: 'event', said, ...when, ...beside, wrap: around(said, 'data') }];
  },
};

/** https://learn.microsoft.com/graph/change-notifications-overview: most name what changed, and say nothing of it. */
const graph: Wrapper = {
  by: 'graph',
  mark: 'changeType',
  open: (value, bytes) => {
    if (textIn(value.subscriptionId) === undefined || textIn(value.resource) === undefined) return undefined;
    if (isObject(value.encryptedContent))
      return { code: 'ENCRYPTED', sentence: 'Graph encrypts what changed for the key of its subscription.' };
    const [data, content] = [memberOf(bytes, 'resourceData'), objectAt(value, 'resourceData') ?? {}];
    const says = Object.keys(content).some((name) => name !== 'id' && !name.startsWith('@odata.'));
    if (!data || !says) return notTelemetry('Graph only names what changed: have it pulled.');
    const said = without(value, 'resourceData', 'clientState');
    return [{ bytes: data, is: 'event', said, wrap: around(said, 'resourceData') }];
  },
};

/** A list and nothing besides, as APIs answer and services of Azure send. */
const list = (mark: string): Wrapper => ({
  by: 'list',
  mark,
  isCarrier: true,
  open: (value, bytes) =>
    Object.keys(value).length === 1 && objectsIn(value[mark])
      ? each(listIn(bytes, mark), (one) => ({ bytes: one, is: 'message', said: {}, wrap: (inner) => inner }))
      : undefined,
});

export const ofOthers: Wrapper[] = [
  ...['records', 'Records', 'value', 'Messages', 'receivedMessages', 'events', 'entries'].map(list),
  pubsub('subscription'),
  pubsub('ackId'),
  okta,
  cloudevents,
  eventGrid,
  graph,
];
