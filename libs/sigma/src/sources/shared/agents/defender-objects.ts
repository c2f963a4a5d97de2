/** What a row of Defender's tables is about besides who did it: a file, a key, a connection, a logon. */
import { pathOf, registryOf, sidesOf, type AgentSays } from './parts.js';

/** @param more what the table has no column for */
export const objectOf = (said: AgentSays, more: AgentSays, category = '') => {
  const file = pathOf(said('FolderPath'), said('FileName'));
  return {
    ...(category === 'network_connection' ? connectionOf(said) : {}),
    ...(category === 'logon' || category === 'logoff' ? logonOf(said) : {}),
    TargetFilename: category.startsWith('file') ? file : undefined,
    SourceFilename: pathOf(said('PreviousFolderPath'), said('PreviousFileName')),
    ImageLoaded: category === 'image_load' || category === 'driver_load' ? file : undefined,
    TargetObject: registryOf(said('RegistryKey'), said('RegistryValueName')),
    Details: said('RegistryValueData'),
    PipeName: category === 'pipe_created' ? more('PipeName') : undefined,
    TargetImage: category === 'process_access' || category === 'create_remote_thread' ? file : undefined,
    QueryName: category === 'dns_query' ? more('DnsQueryString', 'query') : undefined,
    TaskName: more('TaskName'),
    ServiceName: more('ServiceName'),
    DestinationHostname: category === 'network_connection' ? said('RemoteUrl') : undefined,
  };
};

const connectionOf = (said: AgentSays) => ({
  ...sidesOf(
    [said('LocalIP'), said('LocalPort')],
    [said('RemoteIP'), said('RemotePort')],
    !said('ActionType')?.startsWith('Inbound'),
  ),
  Protocol: said('Protocol')?.toLowerCase(),
});

/** Whoever logs on, and from where; who asked for it stays under its own names. */
const logonOf = (said: AgentSays) => ({
  User: undefined,
  TargetUserName: said('AccountName'),
  TargetDomainName: said('AccountDomain'),
  TargetUserSid: said('AccountSid'),
  IpAddress: said('RemoteIP', 'IPAddress'),
  IpPort: said('RemotePort'),
  WorkstationName: said('RemoteDeviceName'),
});
