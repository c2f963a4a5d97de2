/** One Windows event in every form that tools write. */
import type { NativeJson, NativeObject } from '../src/sources/source.js';

export interface LoggedEvent {
  channel: string;
  id: number;
  provider: string;
  computer: string;
  /** ISO 8601, in UTC. */
  time: string;
  record: number;
  message: string;
  /** An empty name is none. */
  data: [name: string, value: string][];
}

type ToolForm = (event: LoggedEvent) => NativeObject;

const named = (data: LoggedEvent['data']): NativeObject => {
  const found = new Map<string, NativeJson>();
  for (const [name, value] of data) {
    const key = name === '' ? 'Data' : name;
    const before = found.get(key);
    found.set(key, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(found);
};

/** Winlogbeat, Vector and others number what has no name. */
const numbered = (data: LoggedEvent['data']): NativeObject =>
  named(data.map(([name, value], index) => [name === '' ? `param${index + 1}` : name, value]));

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&apos;');

/** As EvtRender writes it. */
export const xmlOfEvent = ({ channel, id, provider, computer, time, record, data }: LoggedEvent): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}' ` +
  `Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID Qualifiers='0'>${id}</EventID><Version>0</Version>` +
  `<Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>` +
  `<TimeCreated SystemTime='${time}'/><EventRecordID>${record}</EventRecordID><Correlation/>` +
  `<Execution ProcessID='4' ThreadID='8'/><Channel>${channel}</Channel><Computer>${computer}</Computer>` +
  `<Security UserID='S-1-5-18'/></System><EventData>${data
    .map(([name, value]) =>
      name === '' ? `<Data>${escaped(value)}</Data>` : `<Data Name='${name}'>${escaped(value)}</Data>`,
    )
    .join('')}</EventData></Event>`;

const small = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
const withSmallNames = (value: NativeObject): NativeObject =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [small(name), one]));

/** An element of a converter: its text and its attributes. */
type Element = (text: string | undefined, attributes: Record<string, string>) => NativeJson;

/** The event's structure, as a converter of XML to JSON leaves it; `each` for those that make a list of everything. */
const converted =
  (element: Element, each: (value: NativeJson) => NativeJson = (value) => value): ToolForm =>
  ({ channel, id, provider, computer, time, record, data }) => {
    const plain = (text: string): NativeJson => each(element(text, {}));
    const items = data.map(([name, value]) => element(value, name === '' ? {} : { Name: name }));
    return {
      Event: {
        System: each({
          Provider: each(element(undefined, { Name: provider, Guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}' })),
          EventID: each(element(String(id), { Qualifiers: '0' })),
          Channel: plain(channel),
          Computer: plain(computer),
          Level: plain('4'),
          EventRecordID: plain(String(record)),
          TimeCreated: each(element(undefined, { SystemTime: time })),
        }),
        EventData: each({ Data: items.length === 1 ? each(items[0] ?? null) : items }),
      },
    };
  };

const prefixed =
  (prefix: string, text: string): Element =>
  (value, attributes) =>
    Object.keys(attributes).length === 0 && value !== undefined
      ? value
      : {
          ...Object.fromEntries(Object.entries(attributes).map(([name, one]) => [`${prefix}${name}`, one])),
          ...(value === undefined ? {} : { [text]: value }),
        };

const inside =
  (key: string, text: string): Element =>
  (value, attributes) =>
    Object.keys(attributes).length === 0 && value !== undefined
      ? value
      : { [key]: attributes, ...(value === undefined ? {} : { [text]: value }) };

const listed = (value: NativeJson): NativeJson => [value];

const fromDump: ToolForm = ({ channel, id, provider, computer, time, record, data }) => ({
  Event: {
    '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
    System: {
      Provider: { '#attributes': { Name: provider } },
      EventID: { '#attributes': { Qualifiers: 0 }, '#text': id },
      Channel: channel,
      Computer: computer,
      Level: 4,
      EventRecordID: record,
      TimeCreated: { '#attributes': { SystemTime: time } },
    },
    EventData: data.every(([name]) => name === '')
      ? { Data: { '#text': data.map(([, value]) => value) } }
      : named(data),
  },
});

const powerShell =
  (timeCreated: (time: string) => NativeJson): ToolForm =>
  ({ channel, id, provider, computer, time, record, message, data }) => ({
    Id: id,
    Version: 0,
    Qualifiers: null,
    Level: 4,
    RecordId: record,
    ProviderName: provider,
    LogName: channel,
    ProcessId: 716,
    ThreadId: 8,
    MachineName: computer,
    UserId: { BinaryLength: 12, AccountDomainSid: null, Value: 'S-1-5-18' },
    TimeCreated: timeCreated(time),
    LevelDisplayName: 'Information',
    KeywordsDisplayNames: ['Audit Failure'],
    Properties: data.map(([, value]) => ({ Value: value })),
    Message: message,
  });

const wazuh = ({ channel, id, provider, computer, time, record, message, data }: LoggedEvent): NativeObject => ({
  system: {
    providerName: provider,
    eventID: String(id),
    level: '4',
    systemTime: time,
    eventRecordID: String(record),
    channel,
    computer,
    severityValue: 'INFORMATION',
    message: `"${message}"`,
  },
  eventdata: withSmallNames(named(data)),
});

const azure =
  (eventData: (event: LoggedEvent) => NativeJson): ToolForm =>
  (event) => ({
    TimeGenerated: event.time,
    Source: event.provider,
    EventLog: event.channel,
    Computer: event.computer,
    EventID: event.id,
    EventLevelName: 'Information',
    RenderedDescription: event.message,
    EventData: eventData(event),
    Type: 'Event',
  });

const body = (
  { channel, id, provider, computer, time, record, message }: LoggedEvent,
  data: NativeJson,
): NativeObject => ({
  channel,
  computer,
  event_id: { id, qualifiers: 0 },
  keywords: ['Audit Failure'],
  level: 'Information',
  message,
  opcode: 'Info',
  provider: { event_source: '', guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}', name: provider },
  record_id: record,
  system_time: time,
  task: 'Logon',
  event_data: data,
});

/** Whether rules find data without a name under `Data`, or only in the text. */
export const FORMS: Record<string, ToolForm> = {
  'flat, as NXLog writes it': ({ channel, id, provider, computer, time, record, message, data }) => ({
    EventTime: time,
    Hostname: computer,
    EventID: id,
    SourceName: provider,
    Channel: channel,
    RecordNumber: record,
    Message: message,
    SeverityValue: 2,
    Severity: 'INFO',
    ...named(data),
  }),
  'as Winlogbeat ships it': ({ channel, id, provider, computer, time, record, message, data }) => ({
    '@timestamp': time,
    agent: { type: 'winlogbeat' },
    host: { name: computer },
    event: { code: String(id), provider, created: '2026-11-02T09:59:00.000Z', kind: 'event' },
    log: { level: 'information' },
    message,
    winlog: {
      channel,
      event_id: String(id),
      provider_name: provider,
      computer_name: computer,
      record_id: record,
      event_data: numbered(data),
    },
  }),
  'as Winlogbeat 6 did': ({ channel, id, provider, computer, time, record, message, data }) => ({
    '@timestamp': time,
    computer_name: computer,
    event_id: id,
    level: 'Information',
    log_name: channel,
    message,
    record_number: String(record),
    source_name: provider,
    type: 'wineventlog',
    event_data: numbered(data),
  }),
  "as the Collector's body, data a list": (event) =>
    body(event, { data: event.data.map(([name, value]) => ({ [name]: value })) }),
  "as the Collector's body, data by name": (event) => body(event, named(event.data)),
  'as XML in message': (event) => ({ message: xmlOfEvent(event) }),
  'as XML in message, with a time of receipt': (event) => ({
    '@timestamp': '2026-11-02T11:00:00.000Z',
    message: `\n${xmlOfEvent(event)}\n`,
  }),
  'as XML under Event': (event) => ({ Message: event.message, Event: xmlOfEvent(event) }),
  'as XML that Fluent Bit renders': (event) => ({
    System: xmlOfEvent(event),
    Message: event.message,
    StringInserts: event.data.map(([, value]) => value),
  }),
  'by Get-WinEvent, PowerShell 5': powerShell((time) => `/Date(${Date.parse(time)})/`),
  'by Get-WinEvent, PowerShell 5, its time an object': powerShell((time) => ({
    value: `/Date(${Date.parse(time)})/`,
    DisplayHint: 2,
    DateTime: 'Monday, November 2, 2026 9:00:00 AM',
  })),
  'by Get-WinEvent, PowerShell 7': powerShell((time) => time.replace('Z', '+00:00')),
  'by xml2js': converted(inside('$', '_')),
  'by xml2js, all in lists': converted(inside('$', '_'), listed),
  'by xmltodict': converted(prefixed('@', '#text')),
  'by fast-xml-parser': converted(prefixed('@_', '#text')),
  'by x2js': converted(prefixed('_', '__text')),
  'by mxj': converted(prefixed('-', '#text')),
  'by XmlSimple': converted(prefixed('', 'content')),
  'by xml2json': converted(prefixed('', '$t')),
  'by xml-js': converted(inside('_attributes', '_text')),
  'with Name and Value': converted(prefixed('', 'Value')),
  'by evtx_dump': fromDump,
  'by evtx_dump, attributes apart': converted(inside('#attributes', '#text')),
  'by Velociraptor': ({ channel, id, provider, computer, time, record, message, data }) => ({
    System: {
      Provider: { Name: provider, Guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}' },
      EventID: { Value: id },
      Channel: channel,
      Computer: computer,
      Level: 4,
      EventRecordID: record,
      TimeCreated: { SystemTime: Date.parse(time) / 1_000 },
    },
    EventData: named(data),
    Message: message,
  }),
  'by EvtxECmd': ({ channel, id, provider, computer, time, record, data }) => ({
    PayloadData1: 'Target: EXAMPLE\\ada',
    MapDescription: 'A map',
    ChunkNumber: 3,
    Computer: computer,
    Payload: JSON.stringify({
      EventData: { Data: data.map(([name, value]) => (name === '' ? value : { '@Name': name, '#text': value })) },
    }),
    Channel: channel,
    Provider: provider,
    EventId: id,
    EventRecordId: String(record),
    Level: 'Info',
    TimeCreated: time,
  }),
  'by Fluent Bit winevtlog': ({ channel, id, provider, computer, time, record, message, data }) => ({
    ProviderName: provider,
    EventID: id,
    Level: 4,
    TimeCreated: time.replace('T', ' ').replace('Z', ' +0000'),
    EventRecordID: record,
    Channel: channel,
    Computer: computer,
    Message: message,
    StringInserts: data.map(([, value]) => value),
  }),
  'by Fluent Bit winlog': ({ channel, id, provider, computer, time, record, message, data }) => ({
    RecordNumber: record,
    TimeGenerated: time.replace('T', ' ').replace(/\.\d+Z/, ' +0000'),
    EventID: id,
    EventType: 'FailureAudit',
    Channel: channel,
    SourceName: provider,
    ComputerName: computer,
    Data: '',
    Message: message,
    StringInserts: data.map(([, value]) => value),
  }),
  'by Vector': ({ channel, id, provider, computer, time, record, message, data }) => ({
    timestamp: time,
    host: computer,
    message,
    event_id: id,
    record_id: record,
    level: 'Information',
    channel,
    provider_name: provider,
    computer,
    process_id: 716,
    string_inserts: data.map(([, value]) => value),
    event_data: named(data.filter(([name]) => name !== '')),
  }),
  'by Wazuh': (event) => ({
    timestamp: '2026-11-02T09:01:00.000+0000',
    rule: { id: '60122', level: 5 },
    agent: { id: '001', name: 'agent-1' },
    data: { win: wazuh(event) },
    location: 'EventChannel',
  }),
  "by Wazuh's agent": (event) => ({ win: wazuh(event) }),
  'by Azure, with XML': azure(
    ({ data }) =>
      `<DataItem type="System.XmlData" time="x" sourceHealthServiceId="y"><EventData xmlns="http://schemas">${data
        .map(([name, value]) => `<Data${name === '' ? '' : ` Name="${name}"`}>${escaped(value)}</Data>`)
        .join('')}</EventData></DataItem>`,
  ),
  'by Azure, with JSON': azure(({ data }) => JSON.stringify(named(data))),
  'by Datadog': (event) => {
    const { System: system } = (fromDump(event).Event ?? {}) as NativeObject;
    return { Event: { System: system, EventData: { Data: named(event.data) } } };
  },
};
