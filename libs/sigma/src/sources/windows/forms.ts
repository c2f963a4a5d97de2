/** By which signs events are told that do not hold their fields under their names. */
import type { Reshaped } from '../source.js';
import { ECS_HASHES, HASH_FIELDS } from './hashes.js';
import { XML_TEXTS } from './shapes.js';

/** Objects whose keys are field names of their own, best first. */
export const CONTAINERS = [
  'Event.EventData',
  'Event.UserData.*',
  'Event.System',
  'EventData',
  'UserData.*',
  'System',
  'winlog.event_data',
  'winlog.user_data',
  'winlog',
  'event_data',
  'user_data',
];

const under = (paths: readonly string[], names: readonly string[]): string[] =>
  paths.flatMap((path) => names.map((name) => (path === '' ? name : `${path}.${name}`)));

const SYSTEM = ['Event.System', 'System'];
const DATA = ['EventData', 'Event.EventData', 'winlog.event_data', 'event_data'];
/** Attributes and text by other converters' names than `@Name`, `#attributes` and `#text`. */
const PROVIDER = ['$', 'attributes', '_attributes', '@attributes', '@_Name', '_Name', '-Name', '$Name'];
const EVENT_ID = ['_', '$', '$t', 'content', '__text', '_text', '$text', '#', '$value', 'Value', 'value'];

export const RESHAPED: Reshaped = {
  keys: [
    // Wazuh; the Collector; PowerShell and WMI; Fluent Bit and Vector; EvtxECmd; Azure.
    ...['win', 'data.win', 'WinEvtChannel', 'event_id.id', 'event_data.data', 'LogName', 'MachineName', 'ProviderName'],
    ...['Logfile', 'ContainerLog', 'ReplacementStrings', 'InsertionStrings', 'StringInserts', 'string_inserts'],
    // Agents of other vendors: Falcon, Defender, SentinelOne, Carbon Black, osquery, those in ECS.
    ...['event_simpleName', 'event.event_simpleName', 'metadata.eventType', 'ExternalApiType', 'event.ExternalApiType'],
    ...['ActionType', 'properties', 'AlertId', 'endpoint.name', 'threatInfo', 'device_name', 'cb_server'],
    ...['hostIdentifier', 'columns', 'snapshot', 'diffResults', 'event.category', 'event.kind'],
    ...['ChunkNumber', 'ParameterXml', 'Event.RenderingInfo'],
    ...under(under(SYSTEM, ['Provider']), PROVIDER),
    ...under(under(SYSTEM, ['EventID']), EVENT_ID),
    ...under(['', ...DATA], ['param1', ...Object.keys(HASH_FIELDS)]),
    ...under(ECS_HASHES, ['hash', 'pe']),
  ],
  lists: [
    'Event',
    'UserData',
    'Event.UserData',
    ...SYSTEM,
    ...DATA,
    ...under(SYSTEM, ['Channel', 'EventID', 'Provider']),
  ],
  objects: under(DATA, ['Data']),
  texts: [
    'Event',
    'System',
    'EventData',
    'UserData',
    'Event.EventData',
    'Event.UserData',
    'event.original',
    ...XML_TEXTS,
  ],
};
