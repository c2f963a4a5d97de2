import type { Manifest } from './manifest.js';

const MEMBER = 'MemberName MemberSid $a $s PrivilegeList';
const TASK =
  '$s TaskName TaskContent | ClientProcessStartKey ClientProcessId ParentProcessId RpcCallClientLocality FQDN';
const ACCOUNT =
  'PrivilegeList SamAccountName DisplayName UserPrincipalName HomeDirectory HomePath ScriptPath ProfilePath ' +
  'UserWorkstations PasswordLastSet AccountExpires PrimaryGroupId AllowedToDelegateTo OldUacValue NewUacValue ' +
  'UserAccountControl UserParameters SidHistory LogonHours';
const KEYS =
  'AccountSupportedEncryptionTypes AccountAvailableKeys ServiceSupportedEncryptionTypes ServiceAvailableKeys ' +
  'DCSupportedEncryptionTypes DCAvailableKeys ClientAdvertizedEncryptionTypes SessionKeyEncryptionType';
const LOGON =
  '$s $t LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid TransmittedServices ' +
  'LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort';
const OUTBOUND = 'TargetOutboundUserName TargetOutboundDomainName VirtualAccount TargetLinkedLogonId ElevatedToken';
const OBJECT = '$s ObjectServer ObjectType ObjectName';
const REST = 'PrivilegeList RestrictedSidCount ProcessId ProcessName';
const FLOW = 'SourceAddress SourcePort DestAddress DestPort Protocol';
const FILTER = 'FilterRTID LayerName LayerRTID';
const PRE_AUTHENTICATION = 'PreAuthType IpAddress IpPort CertIssuerName CertSerialNumber CertThumbprint';
const TICKET =
  'TargetUserName TargetDomainName ServiceName ServiceSid TicketOptions TicketEncryptionType IpAddress IpPort';
const PROCESS = 'ProcessId ProcessName';

/** The security log's, by the manifests of Windows' versions. */
export const SECURITY: Manifest = [
  [[1102], '$s | ClientProcessId ClientProcessStartKey'],
  [[4624], `${LOGON} | ImpersonationLevel | RestrictedAdminMode ${OUTBOUND}`],
  [[4624], `${LOGON} ImpersonationLevel RestrictedAdminMode RemoteCredentialGuard ${OUTBOUND}`],
  [
    [4625],
    '$s TargetUserSid TargetUserName TargetDomainName Status FailureReason SubStatus LogonType LogonProcessName ' +
      'AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength ProcessId ProcessName ' +
      'IpAddress IpPort',
  ],
  [[4634], '$t LogonType'],
  [[4647], '$t'],
  [
    [4648],
    '$s LogonGuid TargetUserName TargetDomainName TargetLogonGuid TargetServerName TargetInfo ProcessId ProcessName ' +
      'IpAddress IpPort',
  ],
  [[4656], `${OBJECT} HandleId TransactionId AccessList AccessMask ${REST}`],
  [[4656], `${OBJECT} HandleId TransactionId AccessList AccessReason AccessMask ${REST} ResourceAttributes`],
  [
    [4657],
    `$s ObjectName ObjectValueName HandleId OperationType OldValueType OldValue NewValueType NewValue ${PROCESS}`,
  ],
  [[4658], `$s ObjectServer HandleId ${PROCESS}`],
  [[4660], `$s ObjectServer HandleId ${PROCESS} TransactionId`],
  [
    [4661],
    `${OBJECT} HandleId TransactionId AccessList AccessMask PrivilegeList Properties RestrictedSidCount ${PROCESS}`,
  ],
  [[4662], `${OBJECT} OperationType HandleId AccessList AccessMask Properties AdditionalInfo AdditionalInfo2`],
  [[4663], `${OBJECT} HandleId AccessList AccessMask ${PROCESS} | ResourceAttributes`],
  [[4670], `${OBJECT} HandleId OldSd NewSd ${PROCESS}`],
  [[4672], '$s PrivilegeList'],
  [[4673], `$s ObjectServer Service PrivilegeList ${PROCESS}`],
  [[4674], `${OBJECT} HandleId AccessMask PrivilegeList ${PROCESS}`],
  [
    [4688],
    '$s NewProcessId NewProcessName TokenElevationType ProcessId | CommandLine | $t ParentProcessName MandatoryLabel',
  ],
  [[4689], `$s Status ${PROCESS}`],
  [[4690], '$s SourceHandleId SourceProcessId TargetHandleId TargetProcessId'],
  [
    [4697],
    '$s ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount | ClientProcessStartKey ' +
      'ClientProcessId ParentProcessId',
  ],
  [[4698, 4699, 4700, 4701], TASK],
  [[4702], TASK.replace('TaskContent', 'TaskContentNew')],
  [[4703], '$s $t ProcessName ProcessId EnabledPrivilegeList DisabledPrivilegeList'],
  [[4704, 4705], '$s TargetSid PrivilegeList'],
  [[4719], '$s CategoryId SubcategoryId SubcategoryGuid AuditPolicyChanges | ClientProcessId ClientProcessStartKey'],
  [[4720], `$a $s ${ACCOUNT}`],
  [[4722, 4724, 4725, 4740, 4767], '$a $s'],
  [[4723, 4726], '$a $s PrivilegeList'],
  [[4728, 4732, 4756, 4729, 4733, 4757], `${MEMBER} | MembershipExpirationTime`],
  [[4738], `Dummy $a $s ${ACCOUNT}`],
  [[4741], `$a $s ${ACCOUNT} DnsHostName ServicePrincipalNames`],
  [[4742], `ComputerAccountChange $a $s ${ACCOUNT} DnsHostName ServicePrincipalNames`],
  [
    [4768],
    `$a ServiceName ServiceSid TicketOptions Status TicketEncryptionType ${PRE_AUTHENTICATION} | ResponseTicket | ` +
      `${KEYS} PreAuthEncryptionType`,
  ],
  [[4769], `${TICKET} Status LogonGuid TransmittedServices | RequestTicketHash ResponseTicketHash | ${KEYS}`],
  [[4770], `${TICKET} | RequestTicketHash ResponseTicketHash`],
  [[4771], `TargetUserName TargetSid ServiceName TicketOptions Status ${PRE_AUTHENTICATION}`],
  [[4776], 'PackageName TargetUserName Workstation Status'],
  [[4778, 4779], 'AccountName AccountDomain LogonID SessionName ClientName ClientAddress'],
  [[4781], 'OldTargetUserName NewTargetUserName TargetDomainName TargetSid $s PrivilegeList'],
  [[4798, 4799], '$a $s CallerProcessId CallerProcessName'],
  [
    [5136],
    'OpCorrelationID AppCorrelationID $s DSName DSType ObjectDN ObjectGUID ObjectClass AttributeLDAPDisplayName ' +
      'AttributeSyntaxOID AttributeValue OperationType',
  ],
  [[5137], 'OpCorrelationID AppCorrelationID $s DSName DSType ObjectDN ObjectGUID ObjectClass'],
  [[5140], '$s IpAddress IpPort ShareName'],
  [[5140], '$s ObjectType IpAddress IpPort ShareName ShareLocalPath AccessMask AccessList'],
  [[5142], '$s ShareName ShareLocalPath'],
  [
    [5145],
    '$s ObjectType IpAddress IpPort ShareName ShareLocalPath RelativeTargetName AccessMask AccessList AccessReason',
  ],
  [[5152, 5157], `ProcessId Application Direction ${FLOW} ${FILTER} | RemoteUserID RemoteMachineID`],
  [[5152], `ProcessId Application Direction ${FLOW} FilterOrigin ${FILTER}`],
  [[5156], `ProcessID Application Direction ${FLOW} ${FILTER} | RemoteUserID RemoteMachineID`],
  [
    [5156],
    `ProcessID Application Direction ${FLOW} InterfaceIndex FilterOrigin ${FILTER} RemoteUserID RemoteMachineID`,
  ],
  [[5158], `ProcessId Application SourceAddress SourcePort Protocol ${FILTER}`],
  [
    [5379],
    '$s TargetName Type CountOfCredentialsReturned ReadOperation ReturnCode ProcessCreationTime ClientProcessId',
  ],
];
