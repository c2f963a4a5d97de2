/** Windows as agents of other vendors see it, whose records are no events of its log. */
import type { Json, JsonObject } from '../../json.js';
import { agentOf } from '../shared/agents/index.js';
import { accountOf } from '../shared/agents/parts.js';
import { at, isObject, textAt } from '../shared/derived.js';
import { ENDPOINT_FIELDS } from '../shared/endpoint-fields.js';
import { EventData } from './data.js';
import type { EventShape } from './shape.js';

/** But for hashes: `withHashes` joins them. */
const NAMES = Object.entries(ENDPOINT_FIELDS).filter(([field]) => field !== 'Hashes');

/** What the Elastic Common Schema calls otherwise than Windows' own events do. */
const MORE: readonly (readonly [field: string, names: readonly string[]])[] = [
  ['ImageLoaded', ['dll.path']],
  ['TargetObject', ['registry.path']],
  ['Details', ['registry.data.strings']],
  ['QueryName', ['dns.question.name']],
  ['PipeName', ['pipe.name']],
  ['Message', ['message']],
];

/** By the names that rules use, of an event in the Elastic Common Schema. */
const ecsFields = (event: JsonObject): JsonObject => {
  const fields: JsonObject = {};
  for (const [field, names] of [...NAMES, ...MORE]) {
    const value = textAt(event, ...names);
    if (value !== undefined) fields[field] = value;
  }
  const user = accountOf(textAt(event, 'user.domain'), textAt(event, 'user.name'));
  return user === undefined ? fields : { ...fields, User: user };
};

/** A row's own members: they lie in `event` or `properties` where something stands around them. */
const nativeOf = (event: JsonObject): JsonObject =>
  [event.properties, event.event, event.columns].find(isObject) ?? event;

const hasCategory = (event: JsonObject): boolean =>
  [at(event, 'event', 'category'), event['event.category'], at(event, 'event', 'kind')].some(
    (one) => one !== undefined,
  );

/** osquery's `windows_events` and `windows_eventlog`: events of the log, their data as text. */
export const fromOsquery = (event: JsonObject): EventShape | undefined => {
  const { columns: row } = event;
  if (!isObject(row) || row.eventid === undefined || row.provider_name === undefined) return undefined;
  return {
    system: {
      Channel: row.source ?? row.channel,
      EventID: row.eventid,
      Provider_Name: row.provider_name,
      Computer: row.computer_name ?? event.hostIdentifier,
      TimeCreated: row.datetime ?? row.time,
      Level: row.level,
      Task: row.task,
      Keywords: row.keywords,
    },
    data: new EventData().add(row.data),
    isFlat: false,
  };
};

const WHOSE = ['host.name', 'host.hostname', 'agent.hostname', 'ComputerName', 'hostname'];

/** Sysmon's and the log's events never reach this: their forms are told before. */
export const fromForeignAgent = (event: JsonObject): EventShape | undefined => {
  const derived = agentOf(event);
  if (!derived) return undefined;
  const isEcs = textAt(event, 'event_simpleName', 'endpoint.name') === undefined && hasCategory(event);
  const {
    'derived.time': time,
    Message: message,
    Computer: computer,
    Level: level,
    ...fields
  } = {
    ...(isEcs ? ecsFields(event) : {}),
    ...derived.fields,
  };
  const data = new EventData();
  for (const [name, value] of Object.entries({ ...nativeOf(event), ...fields }))
    if (!isObject(value)) data.put(name, value as Json);
  return {
    system: {
      Computer: computer ?? textAt(event, ...WHOSE),
      TimeCreated: time ?? textAt(event, '@timestamp', 'event.created'),
      Level: level ?? textAt(event, 'Severity', 'properties.Severity'),
      Message: message,
    },
    data,
    isFlat: false,
    category: derived.category ?? '',
  };
};
