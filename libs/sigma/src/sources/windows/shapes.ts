/** The forms Windows events come in, by the tool that wrote them; the first that fits counts. */
import { jsonInText } from '../../json-cost.js';
import type { JsonObject } from '../../json.js';
import { at, isObject } from '../shared/derived.js';
import { EventData } from './data.js';
import { fromForeignAgent, fromOsquery } from './agents.js';
import { attributeOf, elementText, single } from './elements.js';
import { fromEventViewer } from './event-viewer.js';
import { fromAgent } from './flat.js';
import type { EventShape } from './shape.js';
import { fromPowerShell, fromSnakeCase, fromWinlogbeat } from './tools.js';
import { fromWazuh } from './wazuh.js';
import { xmlOf } from './xml.js';

export const shapeOf = (event: JsonObject, isInside = false): EventShape =>
  fromWinlogbeat(event) ??
  fromLog(event) ??
  fromWazuh(event) ??
  fromOsquery(event) ??
  fromForeignAgent(event) ??
  fromSnakeCase(event) ??
  fromPowerShell(event) ??
  fromEventViewer(event) ??
  fromText(event, isInside) ??
  fromAgent(event);

/** The event log's own structure, as XML or as a converter left it: evtx_dump, xml2js, xmltodict, Velociraptor, … */
const fromLog = (event: JsonObject): EventShape | undefined => {
  const wrapped = event.Event ?? event.event;
  const inside = single(typeof wrapped === 'string' ? xmlEvent(wrapped)?.Event : wrapped);
  const log = isObject(inside) && (inside.System !== undefined || inside.EventData !== undefined) ? inside : event;
  const system = single(log.System);
  if (typeof system === 'string') {
    const parsed = xmlEvent(system);
    return parsed && fromLog({ Message: event.Message ?? null, ...parsed });
  }
  if (!isObject(system)) return log === event ? undefined : shapeOfLog(log, {}, event);
  return shapeOfLog(log, system, event);
};

const shapeOfLog = (log: JsonObject, system: JsonObject, event: JsonObject): EventShape => ({
  system: {
    Channel: elementText(system.Channel),
    EventID: elementText(system.EventID),
    Provider_Name: attributeOf(system.Provider, 'Name') ?? elementText(system.Provider) ?? system.Provider_Name,
    Computer: elementText(system.Computer),
    TimeCreated: attributeOf(system.TimeCreated, 'SystemTime') ?? elementText(system.TimeCreated),
    Level: elementText(system.Level),
    EventRecordID: elementText(system.EventRecordID),
    Version: elementText(system.Version),
    Task: elementText(system.Task),
    Opcode: elementText(system.Opcode),
    Keywords: elementText(system.Keywords),
    UserID: attributeOf(system.Security, 'UserID'),
    Message: elementText(at(log, 'RenderingInfo', 'Message')) ?? log.Message ?? event.Message ?? event.message,
  },
  data: new EventData().add(log.EventData).addUserData(log.UserData),
  isFlat: false,
});

/** Members that may hold an event's XML as it is. */
export const XML_TEXTS = ['message', 'Message', '_raw', 'raw', 'log', 'body', 'xml', 'Xml', 'EventXml', 'RawEventData'];

/** An event as text in a member, XML or JSON, when the object around it says nothing else of itself. */
const fromText = (event: JsonObject, isInside: boolean): EventShape | undefined => {
  if (event.EventID !== undefined || event.Channel !== undefined) return undefined;
  for (const text of [...XML_TEXTS.map((name) => event[name]), at(event, 'event', 'original')]) {
    const parsed = typeof text === 'string' ? (xmlEvent(text) ?? jsonEvent(text)) : undefined;
    if (parsed) return isInside ? fromLog(parsed) : shapeOf(parsed, true);
  }
  return undefined;
};

/** The structure of `<Event>…</Event>`, also in `<Events>` that hold it alone. */
const xmlEvent = (text: string): JsonObject | undefined => {
  if (!/^[\ufeff \t\r\n]*</.test(text)) return undefined;
  const parsed = xmlOf(text);
  const found = parsed && isObject(parsed.Events) ? parsed.Events : parsed;
  return found && isObject(found.Event) ? found : undefined;
};

const jsonEvent = (text: string): JsonObject | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined;
  const value = jsonInText(text);
  return isObject(value) ? value : undefined;
};
