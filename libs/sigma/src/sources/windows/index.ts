import type { Logsource, MappedSource, SourceMapping, When } from '../source.js';
import { CHANNELS } from './channels.js';
import { CONTAINERS, RESHAPED } from './forms.js';
import { HASH_FIELDS } from './hashes.js';

/** What the event log says of an event, whatever the event calls its own data. */
const [CHANNEL, EVENT_ID, PROVIDER] = ['system.Channel', 'system.EventID', 'system.Provider_Name'] as const;
const inSystem = (name: string): string[] =>
  ['Event.System', 'System'].flatMap((path) => [`${path}.${name}.#text`, `${path}.${name}`]);
const CHANNEL_NAMES = ['Channel', 'channel', 'log_name', 'EventLog'];
const EVENT_ID_NAMES = ['EventID', 'event_id', 'EventId', 'EventCode', 'event.code'];
const PROVIDER_NAMES = [
  'Provider_Name',
  ...['provider_name', 'ProviderName', 'Provider', 'SourceName', 'EventSourceName', 'source_name', 'Source'],
];

type WindowsEntry = { when: When; logsource: Logsource };

const entry = (when: When, names: Omit<Logsource, 'product'>): WindowsEntry => ({
  when,
  logsource: { product: 'windows', ...names },
});

const SYSMON = CHANNELS.sysmon ?? [];
const sysmon = (category: string, ...ids: number[]): WindowsEntry =>
  entry({ [CHANNEL]: SYSMON, [EVENT_ID]: ids.map(String) }, { category });

/** Exports that lose Sysmon's EventType, or lay the severity over it. */
const UNTOLD = ['', 'INFO'];

/**
 * Sysmon's event ids as categories. 12 is an addition or a deletion, as its EventType says (or either); every registry
 * event is a registry_event too.
 */
const SYSMON_CATEGORIES: WindowsEntry[] = [
  sysmon('process_creation', 1),
  sysmon('file_change', 2),
  sysmon('network_connection', 3),
  sysmon('sysmon_status', 4, 16),
  sysmon('process_termination', 5),
  sysmon('driver_load', 6),
  sysmon('image_load', 7),
  sysmon('create_remote_thread', 8),
  sysmon('raw_access_thread', 9),
  sysmon('process_access', 10),
  sysmon('file_event', 11),
  sysmon('registry_event', 12, 13, 14),
  entry(
    { [CHANNEL]: SYSMON, [EVENT_ID]: ['12'], EventType: ['CreateKey', 'CreateValue', ...UNTOLD] },
    { category: 'registry_add' },
  ),
  entry(
    { [CHANNEL]: SYSMON, [EVENT_ID]: ['12'], EventType: ['DeleteKey', 'DeleteValue', ...UNTOLD] },
    { category: 'registry_delete' },
  ),
  sysmon('registry_set', 13),
  sysmon('registry_rename', 14),
  sysmon('create_stream_hash', 15),
  sysmon('pipe_created', 17, 18),
  sysmon('wmi_event', 19, 20, 21),
  sysmon('dns_query', 22),
  sysmon('file_delete', 23),
  sysmon('clipboard_capture', 24),
  sysmon('process_tampering', 25),
  sysmon('file_delete_detected', 26),
  sysmon('file_block_executable', 27),
  sysmon('file_block_shredding', 28),
  sysmon('file_executable_detected', 29),
  sysmon('sysmon_error', 255),
];

const SECURITY = CHANNELS.security ?? [];
const CLASSIC = CHANNELS['powershell-classic'] ?? [];
const POWERSHELL = CHANNELS.powershell ?? [];

const OTHER_CATEGORIES: WindowsEntry[] = [
  entry({ [CHANNEL]: SECURITY, [EVENT_ID]: ['4688'] }, { category: 'process_creation' }),
  entry({ [CHANNEL]: SECURITY, [EVENT_ID]: ['4689'] }, { category: 'process_termination' }),
  entry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['400'] }, { category: 'ps_classic_start' }),
  entry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['600'] }, { category: 'ps_classic_provider_start' }),
  entry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['800'] }, { category: 'ps_classic_script' }),
  entry({ [CHANNEL]: POWERSHELL, [EVENT_ID]: ['4103'] }, { category: 'ps_module' }),
  entry({ [CHANNEL]: POWERSHELL, [EVENT_ID]: ['4104'] }, { category: 'ps_script' }),
  entry(
    { [CHANNEL]: CHANNELS.windefend ?? [], [EVENT_ID]: ['1006', '1015', '1116', '1117'] },
    { category: 'antivirus' },
  ),
];

/** Kernel-File's trace, where a collector forwards it: opening, renaming. */
const KERNEL_FILE: WindowsEntry[] = [
  entry({ [PROVIDER]: ['Microsoft-Windows-Kernel-File'], [EVENT_ID]: ['12'] }, { category: 'file_access' }),
  entry({ [PROVIDER]: ['Microsoft-Windows-Kernel-File'], [EVENT_ID]: ['19', '27'] }, { category: 'file_rename' }),
];

/** Events of any channel are Windows events, so that rules which name the product alone run on them. */
const ANY: WindowsEntry = entry({}, {});

const mapping: SourceMapping = {
  derives: 'windows',
  reshaped: RESHAPED,
  parts: Object.fromEntries(Object.entries(HASH_FIELDS).map(([field, name]) => [field, { of: 'Hashes', name }])),
  containers: CONTAINERS,
  withoutSpaces: true,
  anyCase: false,
  selectors: [CHANNEL, EVENT_ID, 'EventType', PROVIDER],
  logsources: [
    ...SYSMON_CATEGORIES,
    ...OTHER_CATEGORIES,
    ...KERNEL_FILE,
    ...Object.entries(CHANNELS).map(([service, channels]) => entry({ [CHANNEL]: channels }, { service })),
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
      when: { [CHANNEL]: SECURITY, [EVENT_ID]: ['4688'] },
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
      when: { [CHANNEL]: SECURITY, [EVENT_ID]: ['4698', '4702'] },
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
