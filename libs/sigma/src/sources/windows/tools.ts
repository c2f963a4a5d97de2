/** Events as collecting tools and exporters write them, not as the event log structures them. */
import type { Json, JsonObject } from '../../json.js';
import { at, isObject } from '../shared/derived.js';
import { EventData } from './data.js';
import { elementText } from './elements.js';
import { renderedData } from './rendered.js';
import type { EventShape } from './shape.js';

/** The first member that is there. */
export const firstOf = (event: JsonObject, ...names: string[]): Json | undefined => {
  for (const name of names) {
    const found = Object.hasOwn(event, name) ? event[name] : undefined;
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
};

export const listOf = (value: Json | undefined): Json[] | undefined => (Array.isArray(value) ? value : undefined);

/** Winlogbeat, and Elastic Agent. */
export const fromWinlogbeat = (event: JsonObject): EventShape | undefined => {
  const { winlog } = event;
  if (!isObject(winlog)) return undefined;
  return {
    system: {
      Channel: winlog.channel,
      EventID: winlog.event_id ?? at(event, 'event', 'code'),
      Provider_Name: winlog.provider_name ?? at(event, 'event', 'provider'),
      Computer: winlog.computer_name ?? at(event, 'host', 'name'),
      TimeCreated: winlog.time_created ?? event['@timestamp'] ?? at(event, 'event', 'created'),
      Level: at(event, 'log', 'level') ?? winlog.level,
      EventRecordID: winlog.record_id,
      Version: winlog.version,
      Task: winlog.task,
      Opcode: winlog.opcode,
      Keywords: winlog.keywords,
      UserID: at(winlog, 'user', 'identifier'),
      Message: event.message,
    },
    data: new EventData().add(winlog.event_data).addUserData(winlog.user_data),
    isFlat: false,
  };
};

/** The Collector's windowseventlog, Vector, and Winlogbeat as it was before its seventh version. */
export const fromSnakeCase = (event: JsonObject): EventShape | undefined => {
  const id = isObject(event.event_id) ? event.event_id.id : event.event_id;
  const channel = firstOf(event, 'channel', 'log_name');
  if (id === undefined || (channel === undefined && event.provider_name === undefined)) return undefined;
  return {
    system: {
      Channel: channel,
      EventID: id,
      Provider_Name: firstOf(event, 'provider_name', 'source_name') ?? at(event, 'provider', 'name') ?? event.provider,
      Computer: firstOf(event, 'computer', 'computer_name') ?? at(event, 'host', 'name') ?? event.host,
      TimeCreated: firstOf(event, 'system_time', 'time_created', 'timestamp', '@timestamp'),
      Level: event.level,
      EventRecordID: firstOf(event, 'record_id', 'record_number'),
      Version: event.version,
      Task: event.task,
      Opcode: event.opcode,
      Keywords: event.keywords,
      UserID: at(event, 'security', 'user_id') ?? event.user_id,
      Message: event.message,
    },
    data: new EventData().add(event.event_data).addUserData(event.user_data),
    inserts: listOf(event.string_inserts),
    isFlat: true,
  };
};

/** What PowerShell's converters make of a time: text, or an object around it. */
const timeIn = (value: Json | undefined): Json | undefined =>
  isObject(value) ? (value.value ?? value.DateTime ?? value['#text']) : value;

/** Snare and Splunk's forwarder only have the text that Windows writes for people, and call the id `EventCode`. */
const renderedIn = (event: JsonObject, channel: Json | undefined, id: Json): Json | undefined =>
  event.EventCode !== undefined && event.InsertionStrings === undefined && typeof event.Message === 'string'
    ? renderedData(typeof channel === 'string' ? channel : '', String(id), event.Message)
    : undefined;

/** Get-WinEvent, Get-EventLog and WMI's Win32_NTLogEvent, as ConvertTo-Json leaves their objects. */
export const fromPowerShell = (event: JsonObject): EventShape | undefined => {
  const channel = firstOf(event, 'LogName', 'ContainerLog', 'Logfile');
  const id = firstOf(event, 'EventID', 'Id', 'EventCode');
  const provider = firstOf(event, 'ProviderName', 'Source', 'SourceName');
  if (event.Channel !== undefined || id === undefined || (channel ?? event.ProviderName) === undefined)
    return undefined;
  const properties = listOf(event.Properties)?.map((one) => (isObject(one) ? (elementText(one) ?? null) : one));
  return {
    system: {
      Channel: channel,
      EventID: id,
      Provider_Name: provider,
      Computer: firstOf(event, 'MachineName', 'ComputerName', 'PSComputerName'),
      TimeCreated: timeIn(firstOf(event, 'TimeCreated', 'TimeGenerated')),
      Level: firstOf(event, 'Level', 'LevelDisplayName', 'EntryType'),
      EventRecordID: firstOf(event, 'RecordId', 'Index', 'RecordNumber'),
      Version: event.Version,
      Task: event.Task,
      Opcode: event.Opcode,
      Keywords: event.Keywords,
      UserID: isObject(event.UserId) ? event.UserId.Value : event.UserId,
      Message: event.Message,
    },
    data: new EventData().add(event.EventData ?? renderedIn(event, channel, id)).addUserData(event.UserData),
    inserts: properties ?? listOf(event.ReplacementStrings) ?? listOf(event.InsertionStrings),
    isFlat: event.Id === undefined,
  };
};
