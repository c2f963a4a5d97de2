/** SentinelOne: events of Deep Visibility as Cloud Funnel streams them, whose names are paths with dots; threats. */
import type { JsonObject } from '../../../json.js';
import { compact, isObject, textAt, type Derived } from '../derived.js';
import { reading, sidesOf, type AgentSays } from './parts.js';

/** `event.type` in lower case. */
const CATEGORIES = new Map([
  ['process creation', 'process_creation'],
  ['process termination', 'process_termination'],
  ['process exit', 'process_termination'],
  ['open remote process handle', 'process_access'],
  ['duplicate process handle', 'process_access'],
  ['remote thread creation', 'create_remote_thread'],
  ['file creation', 'file_event'],
  ['file modification', 'file_modified'],
  ['file deletion', 'file_delete'],
  ['file rename', 'file_rename'],
  ['ip connect', 'network_connection'],
  ['ip listen', 'listening'],
  ['dns resolved', 'dns_query'],
  ['dns unresolved', 'dns_query'],
  ['registry value create', 'registry_set'],
  ['registry value modified', 'registry_set'],
  ['registry value delete', 'registry_delete'],
  ['registry key create', 'registry_add'],
  ['registry key delete', 'registry_delete'],
  ['registry key rename', 'registry_rename'],
  ['module load', 'image_load'],
  ['driver load', 'driver_load'],
  ['login', 'logon'],
  ['logout', 'logoff'],
  ['task register', 'scheduled_job'],
  ['task start', 'scheduled_job'],
  ['task update', 'scheduled_job'],
  ['task delete', 'scheduled_job'],
  ['named pipe creation', 'pipe_created'],
  ['named pipe connection', 'pipe_created'],
  ['command script', 'script'],
  ['behavioral indicators', 'finding'],
]);

export const sentinelOneOf = (event: JsonObject): Derived | undefined => visibilityOf(event) ?? threatOf(event);

const visibilityOf = (event: JsonObject): Derived | undefined => {
  const computer = textAt(event, 'endpoint.name');
  const type = textAt(event, 'event.type')?.toLowerCase();
  if (type === undefined || computer === undefined) return undefined;
  const category = CATEGORIES.get(type);
  const said = reading(event);
  return {
    ...(category === undefined ? {} : { category }),
    fields: compact({
      ...(category === 'process_creation' ? createdOf(said) : didOf(said)),
      ...(category === 'network_connection' ? connectionOf(said) : {}),
      ...(category === 'logon' || category === 'logoff' ? logonOf(said) : {}),
      ...objectOf(said, category),
      Computer: computer,
      'derived.time': said('event.time', 'timestamp', 'meta.event.time'),
    }),
  };
};

/** Of a creation the source is the parent. */
const createdOf = (said: AgentSays) => ({
  Image: said('tgt.process.image.path', 'tgt.process.name'),
  CommandLine: said('tgt.process.cmdline'),
  ParentImage: said('src.process.image.path', 'src.process.name'),
  ParentCommandLine: said('src.process.cmdline'),
  User: said('tgt.process.user', 'src.process.user'),
  ProcessId: said('tgt.process.pid'),
  ParentProcessId: said('src.process.pid'),
  IntegrityLevel: said('tgt.process.integrityLevel'),
  Description: said('tgt.process.displayName'),
  Company: said('tgt.process.publisher'),
  SHA256: said('tgt.process.image.sha256'),
  SHA1: said('tgt.process.image.sha1'),
  MD5: said('tgt.process.image.md5'),
});

const didOf = (said: AgentSays) => ({
  Image: said('src.process.image.path', 'src.process.name'),
  CommandLine: said('src.process.cmdline'),
  ParentImage: said('src.process.parent.image.path', 'src.process.parent.name'),
  ParentCommandLine: said('src.process.parent.cmdline'),
  User: said('src.process.user'),
  ProcessId: said('src.process.pid'),
  SHA256: said('tgt.file.sha256', 'module.sha256', 'src.process.image.sha256'),
  SHA1: said('tgt.file.sha1', 'module.sha1', 'src.process.image.sha1'),
  MD5: said('tgt.file.md5', 'module.md5', 'src.process.image.md5'),
});

const connectionOf = (said: AgentSays) => {
  const isOutgoing = said('event.network.direction')?.toLowerCase() !== 'incoming';
  const [source, destination] = [
    [said('src.ip.address'), said('src.port.number')],
    [said('dst.ip.address'), said('dst.port.number')],
  ] as const;
  // Its source is who began it, whatever side the agent is on.
  return sidesOf(isOutgoing ? source : destination, isOutgoing ? destination : source, isOutgoing);
};

const logonOf = (said: AgentSays) => ({
  User: undefined,
  TargetUserName: said('event.login.userName'),
  TargetDomainName: said('event.login.accountDomain'),
  TargetUserSid: said('event.login.accountSid'),
  LogonType: said('event.login.type'),
  IpAddress: said('src.endpoint.ip.address'),
});

const objectOf = (said: AgentSays, category: string | undefined) => ({
  TargetFilename: category?.startsWith('file') ? said('tgt.file.path') : undefined,
  SourceFilename: said('tgt.file.oldPath'),
  ImageLoaded: said('module.path'),
  PipeName: said('namedPipe.name'),
  TargetObject: said('registry.keyPath'),
  Details: said('registry.value'),
  QueryName: said('event.dns.request'),
  QueryResults: said('event.dns.response'),
  DestinationHostname: said('url.address'),
  TaskName: said('task.name'),
  Message: said('indicator.name', 'event.type'),
});

/** A threat of the management console's API. */
const threatOf = (event: JsonObject): Derived | undefined => {
  const { threatInfo: threat, agentRealtimeInfo: now, agentDetectionInfo: then } = event;
  if (!isObject(threat) || !(isObject(now) || isObject(then))) return undefined;
  const said = reading(threat);
  const agent = reading({ ...(isObject(then) ? then : {}), ...(isObject(now) ? now : {}) });
  return {
    category: 'finding',
    fields: compact({
      Image: said('originatorProcess'),
      CommandLine: said('maliciousProcessArguments'),
      TargetFilename: said('filePath'),
      User: said('processUser') ?? agent('agentLastLoggedInUserName'),
      SHA256: said('sha256'),
      SHA1: said('sha1'),
      MD5: said('md5'),
      Computer: agent('agentComputerName'),
      Message: said('threatName', 'classification'),
      'derived.time': said('identifiedAt', 'createdAt'),
    }),
  };
};
