import type { Manifest } from './manifest.js';

/** The service control manager's, and what the event log says of itself. */
export const SYSTEM: Manifest = [
  [[7045], 'ServiceName ImagePath ServiceType StartType AccountName'],
  [[7036, 7000, 7009, 7023, 7034], 'param1 param2'],
  [[7040], 'param1 param2 param3 param4'],
  [[104], 'SubjectUserName SubjectDomainName Channel BackupPath | ClientProcessId ClientProcessStartKey'],
];

export const POWERSHELL: Manifest = [
  [[4103], 'ContextInfo UserData Payload'],
  [[4104], 'MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path'],
  [[4105, 4106], 'ScriptBlockId RunspaceId'],
];

export const TASK_SCHEDULER: Manifest = [
  [[106], 'TaskName UserContext'],
  [[107, 118], 'TaskName InstanceId'],
  [[110], 'TaskName InstanceId UserContext'],
  [[119], 'TaskName UserName InstanceId'],
  [[129], 'TaskName Path ProcessID Priority'],
  [[140, 141, 142], 'TaskName UserName'],
  [[200], 'TaskName ActionName TaskInstanceId | EnginePID'],
  [[201], 'TaskName TaskInstanceId ActionName ResultCode | EnginePID'],
];

export const WMI_ACTIVITY: Manifest = [
  [[5857], 'ProviderName Code HostProcess ProcessID ProviderPath'],
  [[5858], 'Id ClientMachine User ClientProcessId Component Operation ResultCode PossibleCause'],
  [[5859], 'NamespaceName Query User processid providerName queryid PossibleCause'],
  [[5860], 'NamespaceName Query User processid MachineName PossibleCause'],
  [[5861], 'Namespace ESS CONSUMER PossibleCause'],
];

/** Windows Defender's; the event's own names have blanks in them. */
export const DEFENDER: Manifest = [
  [
    [1116, 1117],
    'ProductName ProductVersion DetectionID DetectionTime Unused Unused2 ThreatID ThreatName SeverityID SeverityName ' +
      'CategoryID CategoryName FWLink StatusCode StatusDescription State SourceID SourceName ProcessName ' +
      'DetectionUser Unused3 Path OriginID OriginName ExecutionID ExecutionName TypeID TypeName PreExecutionStatus ' +
      'ActionID ActionName Unused4 ErrorCode ErrorDescription Unused5 PostCleanStatus AdditionalActionsID ' +
      'AdditionalActionsString RemediationUser Unused6 SecurityintelligenceVersion EngineVersion',
  ],
  [[5001], 'ProductName ProductVersion'],
  [[5007], 'ProductName ProductVersion OldValue NewValue'],
];
