import type { Logsource, MappedSource, SourceMapping, When } from '../source.js';
import { CHANNELS } from './channels.js';

type WindowsEntry = { when: When; logsource: Logsource };

const entry = (when: When, names: Omit<Logsource, 'product'>): WindowsEntry => ({
  when,
  logsource: { product: 'windows', ...names },
});

const SYSMON = CHANNELS.sysmon ?? [];
const sysmon = (category: string, ...ids: number[]): WindowsEntry =>
  entry({ Channel: SYSMON, EventID: ids.map(String) }, { category });

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
    { Channel: SYSMON, EventID: ['12'], EventType: ['CreateKey', 'CreateValue', ...UNTOLD] },
    { category: 'registry_add' },
  ),
  entry(
    { Channel: SYSMON, EventID: ['12'], EventType: ['DeleteKey', 'DeleteValue', ...UNTOLD] },
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
  entry({ Channel: SECURITY, EventID: ['4688'] }, { category: 'process_creation' }),
  entry({ Channel: SECURITY, EventID: ['4689'] }, { category: 'process_termination' }),
  entry({ Channel: CLASSIC, EventID: ['400'] }, { category: 'ps_classic_start' }),
  entry({ Channel: CLASSIC, EventID: ['600'] }, { category: 'ps_classic_provider_start' }),
  entry({ Channel: CLASSIC, EventID: ['800'] }, { category: 'ps_classic_script' }),
  entry({ Channel: POWERSHELL, EventID: ['4103'] }, { category: 'ps_module' }),
  entry({ Channel: POWERSHELL, EventID: ['4104'] }, { category: 'ps_script' }),
  entry({ Channel: CHANNELS.windefend ?? [], EventID: ['1006', '1015', '1116', '1117'] }, { category: 'antivirus' }),
];

/** Kernel-File's trace, where a collector forwards it: opening, renaming. */
const KERNEL_FILE: WindowsEntry[] = [
  entry({ Provider_Name: ['Microsoft-Windows-Kernel-File'], EventID: ['12'] }, { category: 'file_access' }),
  entry({ Provider_Name: ['Microsoft-Windows-Kernel-File'], EventID: ['19', '27'] }, { category: 'file_rename' }),
];

/** Events of any channel are Windows events, so that rules which name the product alone run on them. */
const ANY: WindowsEntry = entry({}, {});

const mapping: SourceMapping = {
  containers: [
    'Event.EventData',
    'Event.UserData.*',
    'Event.System',
    'EventData',
    'UserData.*',
    'System',
    'winlog.event_data',
    'winlog.user_data',
    'winlog',
  ],
  withoutSpaces: true,
  anyCase: false,
  selectors: ['Channel', 'EventID', 'EventType', 'Provider_Name'],
  logsources: [
    ...SYSMON_CATEGORIES,
    ...OTHER_CATEGORIES,
    ...KERNEL_FILE,
    ...Object.entries(CHANNELS).map(([service, channels]) => entry({ Channel: channels }, { service })),
    ANY,
  ],
  aliases: [
    {
      when: {},
      fields: {
        Channel: ['channel', 'log_name'],
        EventID: ['event_id', 'EventId', 'event.code'],
        Computer: ['computer_name', 'Hostname', 'ComputerName', 'host.name', 'host'],
        ComputerName: ['computer_name', 'Computer', 'Hostname', 'host.name', 'host'],
        Hostname: ['Computer', 'computer_name', 'ComputerName', 'host.name'],
        Provider_Name: ['provider_name', 'ProviderName', 'Provider', 'SourceName', 'EventSourceName'],
        Data: ['Message'],
        ProcessGuid: ['ProcessGUID'],
        SourceProcessGuid: ['SourceProcessGUID'],
        TargetProcessGuid: ['TargetProcessGUID'],
      },
    },
    {
      when: { Channel: SECURITY, EventID: ['4688'] },
      fields: {
        Image: ['NewProcessName'],
        ParentImage: ['ParentProcessName'],
        CommandLine: ['ProcessCommandLine', 'Process Command Line'],
        User: ['SubjectUserName'],
        LogonId: ['SubjectLogonId'],
        IntegrityLevel: ['MandatoryLabel'],
      },
    },
    { when: { Channel: SECURITY, EventID: ['4698', '4702'] }, fields: { TaskContent: ['TaskContentNew', 'Message'] } },
    {
      when: { Channel: CHANNELS.windefend ?? [] },
      fields: { Signature: ['Threat Name', 'ThreatName'], Filename: ['Path'], Action: ['Action Name', 'ActionName'] },
    },
  ],
  entity: ['Computer'],
};

export const windows: MappedSource = { rules: [{ product: 'windows' }], mapping };
