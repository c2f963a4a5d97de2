import type { Manifest } from './manifest.js';

const PROCESS = 'RuleName UtcTime ProcessGuid ProcessId Image';
const USER_FIRST = 'RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes';
const REGISTRY = 'RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject';
const FILE = 'FileVersion Description Product Company';
const STARTED =
  'CommandLine CurrentDirectory User LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ' +
  'ParentProcessId ParentImage ParentCommandLine';
const WMI = 'RuleName EventType UtcTime Operation User';

/** Sysmon's, by its schemas from 4.1 on. */
export const SYSMON: Manifest = [
  [[1], `${PROCESS} ${FILE} ${STARTED}`],
  [[1], `${PROCESS} ${FILE} OriginalFileName ${STARTED} | ParentUser`],
  [[2], `${PROCESS} TargetFilename CreationUtcTime PreviousCreationUtcTime | User`],
  [
    [3],
    `${PROCESS} User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName ` +
      'DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName',
  ],
  [[4], 'UtcTime State Version SchemaVersion'],
  [[5], `${PROCESS} | User`],
  [[6], 'RuleName UtcTime ImageLoaded Hashes Signed Signature SignatureStatus'],
  [[7], `${PROCESS} ImageLoaded ${FILE} Hashes Signed Signature SignatureStatus`],
  [[7], `${PROCESS} ImageLoaded ${FILE} OriginalFileName Hashes Signed Signature SignatureStatus | User`],
  [
    [8],
    'RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId TargetImage ' +
      'NewThreadId StartAddress StartModule StartFunction | SourceUser TargetUser',
  ],
  [[9], `${PROCESS} Device | User`],
  [
    [10],
    'RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID TargetProcessId ' +
      'TargetImage GrantedAccess CallTrace | SourceUser TargetUser',
  ],
  [[11], `${PROCESS} TargetFilename CreationUtcTime | User`],
  [[12], `${REGISTRY} | User`],
  [[13], `${REGISTRY} Details | User`],
  [[14], `${REGISTRY} NewName | User`],
  [[15], `${PROCESS} TargetFilename CreationUtcTime Hash | Contents | User`],
  [[16], 'UtcTime Configuration ConfigurationFileHash'],
  [[17, 18], 'RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image | User'],
  [[19], `${WMI} EventNamespace Name Query`],
  [[20], `${WMI} Name Type Destination`],
  [[21], `${WMI} Consumer Filter`],
  [[22], 'RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image | User'],
  [[23], `${USER_FIRST} IsExecutable Archived`],
  [[24], `${PROCESS} Session ClientInfo Hashes Archived | User`],
  [[25], `${PROCESS} Type | User`],
  [[26, 28], `${USER_FIRST} IsExecutable`],
  [[27, 29], USER_FIRST],
  [[255], 'UtcTime ID Description'],
];
