/** Flat records, whoever wrote them. */
import type { Json, JsonObject } from '../../json.js';
import { EventData } from './data.js';
import { elementText, single } from './elements.js';
import type { EventShape } from './shape.js';
import { firstOf, listOf } from './tools.js';

/** EvtxECmd keeps data as text, with a sign of its own: every event names its chunk. */
const payloadOf = (event: JsonObject): Json | undefined =>
  event.ChunkNumber === undefined ? undefined : event.Payload;

/** Flat records: NXLog, Fluent Bit, Splunk, Azure's tables, EvtxECmd. */
export const fromAgent = (event: JsonObject): EventShape => ({
  system: {
    Channel: firstOf(event, 'Channel', 'EventLog', 'LogName', 'channel', 'log_name'),
    EventID: single(elementText(event.EventID) ?? firstOf(event, 'EventId', 'EventCode', 'event_id')),
    Provider_Name: firstOf(event, 'ProviderName', 'SourceName', 'Provider', 'EventSourceName', 'Source'),
    Computer: firstOf(event, 'Computer', 'ComputerName'),
    TimeCreated: event.TimeCreated,
    Level: event.Level,
    Message: firstOf(event, 'Message', 'message', 'RenderedDescription'),
  },
  data: new EventData()
    .add(payloadOf(event))
    .add(event.EventData)
    .addUserData(event.UserData)
    .add(typeof event.ParameterXml === 'string' ? `<EventData>${event.ParameterXml}</EventData>` : undefined),
  inserts: listOf(event.StringInserts) ?? listOf(event.string_inserts),
  isFlat: true,
});
