import type { MappedSource, SourceMapping } from '../source.js';
import { CATEGORY, CHANNEL, EVENT_ID, PROVIDER, WINDOWS_CATEGORIES, windowsEntry } from './categories.js';
import { CHANNELS } from './channels.js';
import { CONTAINERS, RESHAPED } from './forms.js';
import { HASH_FIELDS } from './hashes.js';

const inSystem = (name: string): string[] =>
  ['Event.System', 'System'].flatMap((path) => [`${path}.${name}.#text`, `${path}.${name}`]);
const CHANNEL_NAMES = ['Channel', 'channel', 'log_name', 'EventLog'];
const EVENT_ID_NAMES = ['EventID', 'event_id', 'EventId', 'EventCode', 'event.code'];
const PROVIDER_NAMES = [
  'Provider_Name',
  ...['provider_name', 'ProviderName', 'Provider', 'SourceName', 'EventSourceName', 'source_name', 'Source'],
];

/** Events of any channel are Windows events, so that rules which name the product alone run on them. */
const ANY = windowsEntry({}, {});

const mapping: SourceMapping = {
  derives: 'windows',
  reshaped: RESHAPED,
  parts: Object.fromEntries(Object.entries(HASH_FIELDS).map(([field, name]) => [field, { of: 'Hashes', name }])),
  containers: CONTAINERS,
  withoutSpaces: true,
  anyCase: false,
  selectors: [CHANNEL, EVENT_ID, 'EventType', PROVIDER, CATEGORY],
  logsources: [
    ...WINDOWS_CATEGORIES,
    ...Object.entries(CHANNELS).map(([service, channels]) => windowsEntry({ [CHANNEL]: channels }, { service })),
    ANY,
  ],
  aliases: [
    {
      when: {},
      fields: {
        [CHANNEL]: [...inSystem('Channel'), 'winlog.channel', ...CHANNEL_NAMES],
        [EVENT_ID]: [...inSystem('EventID'), 'winlog.event_id', ...EVENT_ID_NAMES],
        [PROVIDER]: [...inSystem('Provider_Name'), 'winlog.provider_name', ...PROVIDER_NAMES],
        Channel: CHANNEL_NAMES.slice(1),
        EventID: EVENT_ID_NAMES.slice(1),
        Computer: ['computer_name', 'Hostname', 'ComputerName', 'host.name', 'host'],
        ComputerName: ['computer_name', 'Computer', 'Hostname', 'host.name', 'host'],
        Hostname: ['Computer', 'computer_name', 'ComputerName', 'host.name'],
        Provider_Name: PROVIDER_NAMES.slice(1),
        Message: ['message', 'RenderedDescription'],
        Data: ['Message', 'message'],
        ProcessGuid: ['ProcessGUID'],
        SourceProcessGuid: ['SourceProcessGUID'],
        TargetProcessGuid: ['TargetProcessGUID'],
      },
    },
    {
      when: { [CHANNEL]: CHANNELS.security ?? [], [EVENT_ID]: ['4688'] },
      fields: {
        Image: ['NewProcessName'],
        ParentImage: ['ParentProcessName'],
        CommandLine: ['ProcessCommandLine', 'Process Command Line'],
        User: ['SubjectUserName'],
        LogonId: ['SubjectLogonId'],
        IntegrityLevel: ['MandatoryLabel'],
      },
    },
    {
      when: { [CHANNEL]: CHANNELS.security ?? [], [EVENT_ID]: ['4698', '4702'] },
      fields: { TaskContent: ['TaskContentNew', 'Message'] },
    },
    {
      when: { [CHANNEL]: CHANNELS.windefend ?? [] },
      fields: { Signature: ['Threat Name', 'ThreatName'], Filename: ['Path'], Action: ['Action Name', 'ActionName'] },
    },
  ],
  entity: ['Computer'],
};

export const windows: MappedSource = { rules: [{ product: 'windows' }], mapping };
