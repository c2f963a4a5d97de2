const SUBJECT =
  'Security ID=SubjectUserSid|Account Name=SubjectUserName|Account Domain=SubjectDomainName|Logon ID=SubjectLogonId';
const TARGET =
  'Security ID=TargetUserSid|Account Name=TargetUserName|Account Domain=TargetDomainName|Logon ID=TargetLogonId';
const MANAGED =
  'Security ID=TargetSid|Account Name=TargetUserName|Group Name=TargetUserName|Account Domain=TargetDomainName|Group Domain=TargetDomainName';

/** Sections and their labels, as the messages of the Security log have them; `''` is what stands before any section. */
export const SECTIONS: Readonly<Record<string, string>> = {
  '': 'Logon Type=LogonType|Authentication Package=PackageName|Logon Account=TargetUserName|Source Workstation=Workstation|Error Code=Status|Service Name=ServiceName|Service File Name=ImagePath|Service Type=ServiceType|Service Start Type=StartType|Service Account=AccountName',
  Subject: `${SUBJECT}|Logon Type=LogonType`,
  'Creator Subject': SUBJECT,
  'New Logon': TARGET,
  'Target Subject': TARGET,
  'Account For Which Logon Failed': TARGET,
  'Account Whose Credentials Were Used': TARGET,
  'Target Account': MANAGED,
  'New Account': MANAGED,
  'Account That Was Locked Out': MANAGED,
  Group: MANAGED,
  'New Group': MANAGED,
  'Deleted Group': MANAGED,
  Member: 'Security ID=MemberSid|Account Name=MemberName',
  'Logon Information':
    'Logon Type=LogonType|Restricted Admin Mode=RestrictedAdminMode|Virtual Account=VirtualAccount|Elevated Token=ElevatedToken',
  'Failure Information': 'Failure Reason=FailureReason|Status=Status|Sub Status=SubStatus',
  'Process Information':
    'New Process ID=NewProcessId|New Process Name=NewProcessName|Token Elevation Type=TokenElevationType|Mandatory Label=MandatoryLabel|Creator Process ID=ProcessId|Creator Process Name=ParentProcessName|Process Command Line=CommandLine|Process ID=ProcessId|Process Name=ProcessName|Caller Process ID=ProcessId|Caller Process Name=ProcessName',
  'Network Information':
    'Workstation Name=WorkstationName|Source Network Address=IpAddress|Source Port=IpPort|Client Address=IpAddress|Client Port=IpPort|Network Address=IpAddress|Port=IpPort|Object Type=ObjectType|Source Address=IpAddress|Direction=Direction|Destination Address=DestAddress|Destination Port=DestPort|Protocol=Protocol',
  'Detailed Authentication Information':
    'Logon Process=LogonProcessName|Authentication Package=AuthenticationPackageName|Package Name (NTLM only)=LmPackageName|Key Length=KeyLength',
  'Account Information':
    'Account Name=TargetUserName|Supplied Realm Name=TargetDomainName|Account Domain=TargetDomainName|User ID=TargetSid|Security ID=TargetSid',
  'Service Information':
    'Service Name=ServiceName|Service ID=ServiceSid|Service File Name=ServiceFileName|Service Type=ServiceType|Service Start Type=ServiceStartType|Service Account=ServiceAccount',
  'Additional Information':
    'Ticket Options=TicketOptions|Ticket Encryption Type=TicketEncryptionType|Result Code=Status|Failure Code=Status|Pre-Authentication Type=PreAuthType',
  'Task Information': 'Task Name=TaskName|Task Content=TaskContent|Task New Content=TaskContentNew',
  Object: 'Object Server=ObjectServer|Object Type=ObjectType|Object Name=ObjectName|Handle ID=HandleId',
  'Share Information': 'Share Name=ShareName|Share Path=ShareLocalPath|Relative Target Name=RelativeTargetName',
  'Access Request Information': 'Access Mask=AccessMask|Accesses=AccessList',
};
