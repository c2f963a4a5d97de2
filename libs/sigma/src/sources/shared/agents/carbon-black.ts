/** Carbon Black: the Cloud's data forwarder (`endpoint.event.…`, alerts), and the EDR server's (`ingress.event.…`). */
import type { JsonObject } from '../../../json.js';
import { compact, textAt, textsOf, type Derived } from '../derived.js';
import { reading, registryOf, sidesOf, type AgentSays } from './parts.js';

const CATEGORIES = new Map([
  ['procstart', 'process_creation'],
  ['procend', 'process_termination'],
  ['netconn', 'network_connection'],
  ['filemod', 'file_event'],
  ['regmod', 'registry_event'],
  ['moduleload', 'image_load'],
  ['modload', 'image_load'],
  ['crossproc', 'process_access'],
  ['crossprocopen', 'process_access'],
  ['remotethread', 'create_remote_thread'],
  ['scriptload', 'script'],
  ['fileless_scriptload', 'script'],
]);

const TYPE = /^(?:endpoint|ingress)\.event\.([a-z_]{1,32})$/;
const ALERTS = new Set(['CB_ANALYTICS', 'WATCHLIST', 'DEVICE_CONTROL', 'CONTAINER_RUNTIME', 'HOST_BASED_FIREWALL']);

export const carbonBlackOf = (event: JsonObject): Derived | undefined => {
  const type = textAt(event, 'type');
  if (type === undefined) return undefined;
  if (ALERTS.has(type) && event.device_name !== undefined) return { category: 'finding', fields: fieldsOf(event, '') };
  const what = TYPE.exec(type)?.[1];
  if (what === undefined) return undefined;
  const category = CATEGORIES.get(what);
  return { ...(category === undefined ? {} : { category }), fields: fieldsOf(event, category ?? '') };
};

/** What an `action` of a filemod or regmod says beyond its kind is in the event; hashes are a list, MD5 first. */
const fieldsOf = (event: JsonObject, category: string): JsonObject => {
  const said = reading(event);
  const hashes = textsOf(event.process_hash) ?? [];
  return compact({
    Image: said('process_path', 'path', 'process_name'),
    CommandLine: said('process_cmdline', 'command_line', 'cmdline'),
    ParentImage: said('parent_path', 'parent_name'),
    ParentCommandLine: said('parent_cmdline'),
    User: said('process_username', 'username', 'device_username'),
    ProcessId: said('process_pid', 'pid'),
    TargetFilename: said('filemod_name', 'file_path'),
    TargetObject: registryOf(said('regmod_name')),
    ImageLoaded: category === 'image_load' ? said('modload_name', 'path') : undefined,
    TargetImage: said('crossproc_name', 'target_path'),
    ...(category === 'network_connection' ? connectionOf(said) : {}),
    DestinationHostname: said('netconn_domain', 'domain'),
    SHA256: said('modload_sha256', 'sha256', 'process_sha256') ?? hashes.find(({ length }) => length === 64),
    MD5: said('modload_md5', 'md5', 'process_md5') ?? hashes.find(({ length }) => length === 32),
    Computer: hostIn(said('device_name', 'computer_name')),
    Message: said('reason', 'type'),
    'derived.time': said('device_timestamp', 'timestamp', 'backend_timestamp', 'create_time')?.replace(
      / ?\+0000 UTC$/,
      'Z',
    ),
  });
};

/** `DOMAIN\HOST` */
const hostIn = (name: string | undefined): string | undefined => name?.slice(name.lastIndexOf('\\') + 1);

const connectionOf = (said: AgentSays) =>
  sidesOf(
    [said('local_ip'), said('local_port')],
    [said('remote_ip'), said('remote_port')],
    said('netconn_inbound') !== 'true' && said('direction') !== 'inbound',
  );
