import type { JsonObject } from '../../json.js';
import { at, compact, isObject, textAt, type Derived } from './derived.js';
import { ecsOf } from './ecs.js';

/**
 * What agents of any vendor say of Linux and macOS alike: in the Elastic Common Schema, as Falcon's data feed, as
 * osquery's event tables.
 */
export const agentOf = (event: JsonObject): Derived | undefined => ecsOf(event) ?? falconOf(event) ?? osqueryOf(event);

const FALCON = new Map([
  ['ProcessRollup2', 'process_creation'],
  ['SyntheticProcessRollup2', 'process_creation'],
  ['NetworkConnectIP4', 'network_connection'],
  ['NetworkConnectIP6', 'network_connection'],
  ['NewExecutableWritten', 'file_event'],
  ['NewScriptWritten', 'file_event'],
  ['MachOFileWritten', 'file_event'],
  ['ELFFileWritten', 'file_event'],
  ['EndOfProcess', 'process_termination'],
]);

const falconOf = (event: JsonObject): Derived | undefined => {
  const native = isObject(event.event) && textAt(event.event, 'event_simpleName') !== undefined ? event.event : event;
  const category = FALCON.get(textAt(native, 'event_simpleName') ?? '');
  if (category === undefined) return undefined;
  return {
    category,
    fields: compact({
      Image: textAt(native, 'ImageFileName', 'ContextBaseFileName'),
      CommandLine: textAt(native, 'CommandLine'),
      ParentImage: textAt(native, 'ParentImageFileName', 'ParentBaseFileName'),
      ParentCommandLine: textAt(native, 'ParentCommandLine'),
      User: textAt(native, 'UserName', 'UID'),
      ProcessId: textAt(native, 'RawProcessId'),
      TargetFilename: textAt(native, 'TargetFileName'),
      DestinationIp: textAt(native, 'RemoteAddressIP4', 'RemoteAddressIP6'),
      DestinationPort: textAt(native, 'RemotePort'),
      Initiated: category === 'network_connection' ? String(textAt(native, 'ConnectionDirection') !== '1') : undefined,
      Computer: textAt(native, 'ComputerName') ?? textAt(event, 'ComputerName', 'aid'),
    }),
  };
};

const osqueryOf = (event: JsonObject): Derived | undefined => {
  const columns = at(event, 'columns');
  const table = textAt(event, 'name') ?? '';
  if (!isObject(columns) || !/process_events|file_events|socket_events/.test(table)) return undefined;
  const category = table.includes('process_events')
    ? 'process_creation'
    : table.includes('file_events')
      ? 'file_event'
      : 'network_connection';
  return {
    category,
    fields: compact({
      Image: textAt(columns, 'path'),
      CommandLine: textAt(columns, 'cmdline'),
      CurrentDirectory: textAt(columns, 'cwd'),
      User: textAt(columns, 'username', 'uid'),
      ProcessId: textAt(columns, 'pid'),
      ParentImage: textAt(columns, 'parent_path'),
      TargetFilename: category === 'file_event' ? textAt(columns, 'target_path', 'filename') : undefined,
      DestinationIp: textAt(columns, 'remote_address'),
      DestinationPort: textAt(columns, 'remote_port'),
      Initiated: category === 'network_connection' ? String(textAt(columns, 'action') !== 'bind') : undefined,
      Computer: textAt(event, 'hostIdentifier', 'decorations.hostname'),
    }),
  };
};
