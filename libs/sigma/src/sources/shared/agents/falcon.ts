/** CrowdStrike Falcon: its data feed (FDR), whose members may lie in `event`; its stream is `falcon-stream.ts`. */
import type { JsonObject } from '../../../json.js';
import { compact, isObject, textAt, type Derived } from '../derived.js';
import { falconCategory } from './falcon-categories.js';
import { streamedOf } from './falcon-stream.js';
import { reading, registryOf, sidesOf, withoutZeros, type AgentSays } from './parts.js';

export const falconOf = (event: JsonObject): Derived | undefined => feedOf(event) ?? streamedOf(event);

const feedOf = (event: JsonObject): Derived | undefined => {
  const inner = isObject(event.event) ? event.event : undefined;
  const native = inner && textAt(inner, 'event_simpleName') !== undefined ? inner : event;
  const name = textAt(native, 'event_simpleName');
  if (name === undefined) return undefined;
  const category = falconCategory(name);
  const said = reading(native);
  const around = reading(event);
  return {
    ...(category === undefined ? {} : { category }),
    fields: compact({
      ...processOf(said, category),
      ...(category === 'network_connection' ? connectionOf(said, name) : {}),
      ...(category === 'logon' || category === 'logoff' ? logonOf(said) : {}),
      QueryName: said('DomainName'),
      TargetFilename: category?.startsWith('file') ? said('TargetFileName') : undefined,
      ImageLoaded: category === 'image_load' || category === 'driver_load' ? said('ImageFileName') : undefined,
      TargetObject: registryOf(said('RegObjectName'), said('RegValueName')),
      Details: said('RegStringValue', 'RegNumericValue'),
      TaskName: said('TaskName'),
      ServiceName: said('ServiceDisplayName', 'ServiceObjectName'),
      SHA256: said('SHA256HashData'),
      SHA1: withoutZeros(said('SHA1HashData')),
      MD5: said('MD5HashData'),
      Computer: said('ComputerName') ?? around('ComputerName', 'aid'),
      Message: name,
      'derived.time': said('ContextTimeStamp') ?? around('timestamp', 'ContextTimeStamp') ?? said('timestamp'),
    }),
  };
};

const processOf = (said: AgentSays, category: string | undefined) => ({
  Image:
    category === 'image_load' || category === 'driver_load'
      ? undefined
      : said('ImageFileName', 'ContextImageFileName', 'ContextBaseFileName'),
  CommandLine: said('CommandLine', 'CommandHistory'),
  ParentImage: said('ParentImageFileName', 'ParentBaseFileName'),
  ParentCommandLine: said('ParentCommandLine'),
  User: category === 'logon' || category === 'logoff' ? undefined : said('UserName', 'UID'),
  UserSid: said('UserSid'),
  ProcessId: said('RawProcessId'),
  OriginalFileName: said('OriginalFilename'),
});

const connectionOf = (said: AgentSays, name: string) =>
  sidesOf(
    [said('LocalAddressIP4', 'LocalAddressIP6'), said('LocalPort')],
    [said('RemoteAddressIP4', 'RemoteAddressIP6'), said('RemotePort')],
    !name.startsWith('NetworkReceive') && said('ConnectionDirection') !== '1',
  );

const logonOf = (said: AgentSays) => ({
  TargetUserName: said('UserName'),
  TargetDomainName: said('LogonDomain'),
  TargetUserSid: said('UserSid'),
  LogonType: said('LogonType'),
  IpAddress: said('RemoteAddressIP4', 'RemoteAddressIP6', 'RemoteIP'),
  WorkstationName: said('ClientComputerName', 'RemoteMachineName'),
});
