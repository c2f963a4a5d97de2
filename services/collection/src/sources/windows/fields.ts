import type { NativeJson, NativeObject } from '../source.js';
import { at, isObject, objectAt, textOf } from '../json-values.js';

/** A Windows event as one flat record, however it was shipped. */
export type WindowsFields = NativeObject;

/**
 * Flattens the shapes Windows events come in: flat (NXLog, OTRF), winlogbeat's `winlog.event_data`, `Event.System` with
 * `Event.EventData` (evtx to JSON), and Azure exports whose EventData is text, either JSON or XML.
 */
export const fieldsOf = (event: NativeObject): WindowsFields => {
  const winlog = objectAt(event, 'winlog');
  if (winlog) return fromWinlogbeat(event, winlog);
  const nested = objectAt(event, 'Event');
  if (nested)
    return { ...fromSystem(objectAt(nested, 'System')), ...fromData(nested.EventData), ...fromData(nested.UserData) };
  if (isObject(event.System)) return { ...fromSystem(event.System), ...fromData(event.EventData) };
  return event.EventData === undefined ? event : { ...event, ...fromData(event.EventData) };
};

const fromWinlogbeat = (event: NativeObject, winlog: NativeObject): WindowsFields => ({
  Channel: winlog.channel,
  EventID: winlog.event_id ?? at(event, 'event', 'code'),
  Hostname: winlog.computer_name ?? at(event, 'host', 'name'),
  SourceName: winlog.provider_name,
  Message: event.message,
  Level: at(event, 'log', 'level'),
  TimeCreated: at(event, 'event', 'created') ?? event['@timestamp'],
  ...objectAt(winlog, 'user_data'),
  ...objectAt(winlog, 'event_data'),
});

const fromSystem = (system: NativeObject | undefined): WindowsFields =>
  system === undefined
    ? {}
    : {
        Channel: system.Channel,
        EventID: inner(system.EventID),
        Hostname: inner(system.Computer),
        Level: inner(system.Level),
        SourceName: attribute(system.Provider, 'Name'),
        TimeCreated: attribute(system.TimeCreated, 'SystemTime'),
      };

/** The text of an XML element in its JSON forms: plain, `#text` or `_`. */
const inner = (element: NativeJson | undefined): NativeJson | undefined =>
  isObject(element) ? (element['#text'] ?? element._ ?? element.Value) : element;

/** An attribute in its JSON forms: `Name`, `@Name`, `#attributes.Name` or `$.Name`. */
const attribute = (element: NativeJson | undefined, name: string): NativeJson | undefined =>
  isObject(element)
    ? (element[name] ?? element[`@${name}`] ?? at(element, '#attributes', name) ?? at(element, '$', name))
    : element;

const fromData = (data: NativeJson | undefined): WindowsFields => {
  if (typeof data === 'string') return fromText(data);
  if (!isObject(data)) return {};
  const list = data.Data;
  if (!Array.isArray(list)) return data;
  const named = list.map((one): [NativeJson | undefined, NativeJson | undefined] => [
    attribute(one, 'Name'),
    inner(one),
  ]);
  return Object.fromEntries(named.flatMap(([name, value]) => (typeof name === 'string' ? [[name, value]] : [])));
};

const fromText = (text: string): WindowsFields => {
  if (text.trimStart().startsWith('<')) return fromXml(text);
  try {
    const parsed = JSON.parse(text) as NativeJson;
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const DATA = /<Data Name="([^"]{1,200})">([^<]*)<\/Data>/g;
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

const fromXml = (xml: string): WindowsFields => {
  const pairs = [...xml.matchAll(DATA)].map(([, name = '', value = '']): [string, string] => [
    name,
    value.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity),
  ]);
  return Object.fromEntries(pairs);
};

/** First of these fields that says something. */
export const first = (fields: WindowsFields, ...names: string[]): string | undefined => {
  for (const name of names) {
    const text = textOf(fields[name]);
    if (text !== undefined) return text;
  }
  return undefined;
};
