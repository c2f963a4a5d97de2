/** What Splunk and Datadog put around events of others. */
import { memberOf } from '../envelope/members.js';
import { hostOf, secondsOf } from '../envelope/said.js';
import { at, isObject, objectAt } from '../sources/json-values.js';
import { around, aroundText, textIn, timeIn, without, type Wrapper } from './wrapper.js';

const OF_HEC = new Set(['time', 'host', 'source', 'sourcetype', 'index', 'event', 'fields']);

/** What Splunk's collector takes, sent by another way. */
const hec: Wrapper = {
  by: 'hec',
  mark: 'sourcetype',
  open: (value, bytes) => {
    const event = memberOf(bytes, 'event');
    if (!event || !Object.keys(value).every((name) => OF_HEC.has(name))) return undefined;
    const said = without(value, 'event');
    const common = { said, ...timeIn(secondsOf(value.time ?? null)), host: hostOf(value.host) };
    if (typeof value.event === 'string')
      return [{ bytes: Buffer.from(value.event), is: 'text', ...common, wrap: aroundText(said, 'event') }];
    return isObject(value.event) ? [{ bytes: event, is: 'event', ...common, wrap: around(said, 'event') }] : undefined;
  },
};

/** A result of a search of Splunk's, as alerts post and searches export it: the event is its raw text. */
const splunk: Wrapper = {
  by: 'splunk',
  mark: 'result',
  besides: '"_raw"',
  open: (value) => {
    const [result, raw] = [objectAt(value, 'result'), textIn(at(value, 'result', '_raw'))];
    if (!result || raw === undefined) return undefined;
    const [said, own] = [without(value, 'result', 'results_link'), without(result, '_raw')];
    return [
      {
        bytes: Buffer.from(raw),
        is: 'text',
        said,
        own: { result: own },
        ...timeIn(secondsOf(own._time ?? null)),
        host: hostOf(own.host),
        wrap: (inner) => around(said, 'result')(aroundText(own, '_raw')(inner)),
      },
    ];
  },
};

/** What Datadog's agent sends to its intake: its time is when it read the line. */
const datadog: Wrapper = {
  by: 'datadog',
  mark: 'ddsource',
  open: (value) => {
    const message = textIn(value.message);
    if (message === undefined) return undefined;
    const said = without(value, 'message');
    const common = { said, ...timeIn(value.timestamp), isObserved: true, host: hostOf(value.hostname) } as const;
    return [{ bytes: Buffer.from(message), is: 'text', ...common, wrap: aroundText(said, 'message') }];
  },
};

export const ofLoggers: Wrapper[] = [hec, splunk, datadog];
