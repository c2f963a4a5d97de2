/** osquery's results: rows of a query, each alone (`columns`), as a snapshot, or as what was added and removed. */
import type { Json, JsonObject } from '../../../json.js';
import { at, compact, isObject, textAt, type Derived } from '../derived.js';
import { reading } from './parts.js';

/** Event tables by what a query's name holds, and what is asked of a machine by its last word. */
const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/process_events|process_etw_events|bpf_process/, 'process_creation'],
  [/process_file_events|file_events|ntfs_journal/, 'file_event'],
  [/socket_events/, 'network_connection'],
  [/dns_lookup_events/, 'dns_query'],
  [/user_events|user_login_events/, 'logon'],
  [/powershell_events/, 'script'],
];

const rowOf = (event: JsonObject): JsonObject | undefined => {
  if (isObject(event.columns)) return event.columns;
  const added = [event.snapshot, at(event, 'diffResults', 'added'), at(event, 'diffResults', 'removed')].find(isRows);
  if (added === undefined) return undefined;
  // Of several rows none is what the event is about; what they say stays in it.
  return added.length === 1 && isObject(added[0]) ? added[0] : {};
};

const isRows = (rows: Json | undefined): rows is Json[] => Array.isArray(rows) && rows.every((one) => isObject(one));

export const osqueryOf = (event: JsonObject): Derived | undefined => {
  const table = textAt(event, 'name');
  if (table === undefined) return undefined;
  const columns = rowOf(event);
  if (columns === undefined) return undefined;
  const category = CATEGORIES.find(([name]) => name.test(table))?.[1] ?? 'inventory';
  return {
    category: category === 'process_creation' && columns.type === 'ProcessStop' ? 'process_termination' : category,
    fields: compact({
      ...(category === 'inventory' ? {} : fieldsOf(columns, category)),
      Computer: textAt(event, 'hostIdentifier', 'decorations.hostname', 'decorations.computer_name'),
      Message: table,
      'derived.time': textAt(event, 'unixTime', 'calendarTime'),
    }),
  };
};

const fieldsOf = (columns: JsonObject, category: string) => {
  const said = reading(columns);
  return {
    Image: said('path'),
    CommandLine: said('cmdline'),
    CurrentDirectory: said('cwd')?.replace(/^"(.*)"$/s, '$1'),
    User: category === 'logon' ? undefined : said('username', 'uid'),
    TargetUserName: category === 'logon' ? said('username', 'uid') : undefined,
    ProcessId: said('pid'),
    ParentImage: said('parent_path'),
    ParentProcessId: said('parent', 'ppid'),
    TargetFilename: category === 'file_event' ? said('target_path', 'dest_path', 'filename', 'path') : undefined,
    DestinationIp: said('remote_address', 'address'),
    DestinationPort: said('remote_port'),
    SourceIp: said('local_address'),
    SourcePort: said('local_port'),
    Initiated: category === 'network_connection' ? String(said('action') !== 'bind') : undefined,
    QueryName: category === 'dns_query' ? said('name', 'query') : undefined,
    ScriptBlockText: said('script_text'),
    SHA256: said('sha256'),
    SHA1: said('sha1'),
    MD5: said('md5'),
  };
};
