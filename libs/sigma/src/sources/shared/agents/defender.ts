/**
 * Microsoft Defender's advanced hunting: rows of its tables as they are exported, as Sentinel keeps them, and as Event
 * Hub carries them (`{ time, category: "AdvancedHunting-Device…", properties: { … } }`). By Microsoft's schema
 * reference.
 */
import type { JsonObject } from '../../../json.js';
import { compact, isObject, textAt, type Derived } from '../derived.js';
import { DEFENDER_ACTIONS } from './defender-actions.js';
import { objectOf } from './defender-objects.js';
import { accountOf, pathOf, reading, type AgentSays } from './parts.js';

const TABLES = new Map([
  ['AlertInfo', 'finding'],
  ['AlertEvidence', 'finding'],
  ['DeviceInfo', 'inventory'],
  ['DeviceNetworkInfo', 'inventory'],
  ['DeviceLogonEvents', 'logon'],
  ['IdentityLogonEvents', 'logon'],
]);

/** The row, and the table it is of where that is said. */
const rowOf = (event: JsonObject): { row: JsonObject; table: string } | undefined => {
  const category = textAt(event, 'category') ?? '';
  if (isObject(event.properties) && category.startsWith('AdvancedHunting-'))
    return { row: event.properties, table: category.slice('AdvancedHunting-'.length) };
  const isRow =
    (typeof event.ActionType === 'string' && (has(event, 'DeviceName') || has(event, 'DeviceId'))) ||
    (has(event, 'AlertId') && (has(event, 'DetectionSource') || has(event, 'EvidenceRole')));
  return isRow ? { row: event, table: textAt(event, 'Type') ?? (has(event, 'AlertId') ? 'AlertInfo' : '') } : undefined;
};

const has = (event: JsonObject, name: string): boolean => event[name] !== undefined && event[name] !== null;

export const defenderOf = (event: JsonObject): Derived | undefined => {
  const found = rowOf(event);
  if (!found) return undefined;
  const { row, table } = found;
  const category = DEFENDER_ACTIONS.get(textAt(row, 'ActionType') ?? '') ?? categoryIn(row, table);
  const said = reading(row);
  return {
    ...(category === undefined ? {} : { category }),
    fields: compact({
      ...(category === 'process_creation' ? createdOf(said) : didOf(said)),
      ...objectOf(said, moreOf(row), category),
      ...(table.startsWith('Alert') ? { User: accountOf(said('AccountDomain'), said('AccountName')) } : {}),
      Computer: said('DeviceName', 'DeviceId'),
      Message: said('Title', 'ActionType'),
      'derived.time': said('Timestamp', 'TimeGenerated') ?? textAt(event, 'time'),
    }),
  };
};

/** Attack surface reduction and exploit protection have an action for every rule of theirs. */
const categoryIn = (row: JsonObject, table: string): string | undefined =>
  /^(?:Asr|ExploitGuard|AppControl|SmartScreen)[A-Z]/.test(textAt(row, 'ActionType') ?? '')
    ? 'finding'
    : TABLES.get(table);

/** What a table has no column for, as JSON text (or, by some ways, an object). */
const moreOf = (row: JsonObject): AgentSays => {
  const { AdditionalFields: more } = row;
  if (isObject(more)) return reading(more);
  if (typeof more !== 'string' || !more.startsWith('{')) return reading({});
  try {
    const parsed = JSON.parse(more) as JsonObject;
    return reading(isObject(parsed) ? parsed : {});
  } catch {
    return reading({}); // A text that is cut says nothing.
  }
};

const createdOf = (said: AgentSays) => ({
  Image: pathOf(said('FolderPath'), said('FileName')),
  CommandLine: said('ProcessCommandLine'),
  ProcessId: said('ProcessId'),
  ParentImage: pathOf(said('InitiatingProcessFolderPath'), said('InitiatingProcessFileName')),
  ParentCommandLine: said('InitiatingProcessCommandLine'),
  ParentProcessId: said('InitiatingProcessId'),
  ParentUser: accountOf(said('InitiatingProcessAccountDomain'), said('InitiatingProcessAccountName')),
  GrandParentImage: said('InitiatingProcessParentFileName'),
  User: accountOf(said('AccountDomain'), said('AccountName')),
  IntegrityLevel: said('ProcessIntegrityLevel'),
  OriginalFileName: said('ProcessVersionInfoOriginalFileName'),
  Company: said('ProcessVersionInfoCompanyName'),
  Product: said('ProcessVersionInfoProductName'),
  Description: said('ProcessVersionInfoFileDescription'),
  SHA256: said('SHA256'),
  SHA1: said('SHA1'),
  MD5: said('MD5'),
});

/** Of anything else the initiating process is who did it. */
const didOf = (said: AgentSays) => ({
  Image: pathOf(said('InitiatingProcessFolderPath'), said('InitiatingProcessFileName')),
  CommandLine: said('InitiatingProcessCommandLine'),
  ProcessId: said('InitiatingProcessId'),
  ParentImage: said('InitiatingProcessParentFileName'),
  User: accountOf(said('InitiatingProcessAccountDomain'), said('InitiatingProcessAccountName')),
  SHA256: said('SHA256', 'InitiatingProcessSHA256'),
  SHA1: said('SHA1', 'InitiatingProcessSHA1'),
  MD5: said('MD5', 'InitiatingProcessMD5'),
});
