/** Categories of Windows events: of Sysmon and other channels, and of what other vendors' agents tell. */
import type { Logsource, When } from '../source.js';
import { CHANNELS } from './channels.js';

/** What the event log says of an event, whatever the event calls its own data. */
export const [CHANNEL, EVENT_ID, PROVIDER] = ['system.Channel', 'system.EventID', 'system.Provider_Name'] as const;

type WindowsEntry = { when: When; logsource: Logsource };

export const windowsEntry = (when: When, names: Omit<Logsource, 'product'>): WindowsEntry => ({
  when,
  logsource: { product: 'windows', ...names },
});

const SYSMON = CHANNELS.sysmon ?? [];
const sysmon = (category: string, ...ids: number[]): WindowsEntry =>
  windowsEntry({ [CHANNEL]: SYSMON, [EVENT_ID]: ids.map(String) }, { category });

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
  windowsEntry(
    { [CHANNEL]: SYSMON, [EVENT_ID]: ['12'], EventType: ['CreateKey', 'CreateValue', ...UNTOLD] },
    { category: 'registry_add' },
  ),
  windowsEntry(
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
  windowsEntry({ [CHANNEL]: SECURITY, [EVENT_ID]: ['4688'] }, { category: 'process_creation' }),
  windowsEntry({ [CHANNEL]: SECURITY, [EVENT_ID]: ['4689'] }, { category: 'process_termination' }),
  windowsEntry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['400'] }, { category: 'ps_classic_start' }),
  windowsEntry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['600'] }, { category: 'ps_classic_provider_start' }),
  windowsEntry({ [CHANNEL]: CLASSIC, [EVENT_ID]: ['800'] }, { category: 'ps_classic_script' }),
  windowsEntry({ [CHANNEL]: POWERSHELL, [EVENT_ID]: ['4103'] }, { category: 'ps_module' }),
  windowsEntry({ [CHANNEL]: POWERSHELL, [EVENT_ID]: ['4104'] }, { category: 'ps_script' }),
  windowsEntry(
    { [CHANNEL]: CHANNELS.windefend ?? [], [EVENT_ID]: ['1006', '1015', '1116', '1117'] },
    { category: 'antivirus' },
  ),
];

/** Kernel-File's trace, where a collector forwards it: opening, renaming. */
const KERNEL_FILE: WindowsEntry[] = [
  windowsEntry({ [PROVIDER]: ['Microsoft-Windows-Kernel-File'], [EVENT_ID]: ['12'] }, { category: 'file_access' }),
  windowsEntry(
    { [PROVIDER]: ['Microsoft-Windows-Kernel-File'], [EVENT_ID]: ['19', '27'] },
    { category: 'file_rename' },
  ),
];

/** What agents of other vendors tell, by the category that is made of their records. */
export const CATEGORY = 'derived.category';
const FOREIGN: WindowsEntry[] = [
  ...['process_creation', 'process_termination', 'process_access', 'process_tampering', 'create_remote_thread'],
  ...['network_connection', 'dns_query', 'file_event', 'file_delete', 'file_rename', 'image_load', 'driver_load'],
  ...['registry_set', 'registry_add', 'registry_delete', 'registry_rename', 'registry_event', 'pipe_created'],
].map((category) => windowsEntry({ [CATEGORY]: [category] }, { category }));
const FOREIGN_REGISTRY = windowsEntry(
  { [CATEGORY]: ['registry_set', 'registry_add', 'registry_delete', 'registry_rename'] },
  { category: 'registry_event' },
);

/** In the order in which an event's are told. */
export const WINDOWS_CATEGORIES: readonly WindowsEntry[] = [
  ...SYSMON_CATEGORIES,
  ...OTHER_CATEGORIES,
  ...KERNEL_FILE,
  ...FOREIGN,
  FOREIGN_REGISTRY,
];
