/** What the events of Falcon's data feed are about, by their names. */
const CATEGORIES = new Map([
  ...named('process_creation', 'ProcessRollup2', 'SyntheticProcessRollup2'),
  ...named('process_termination', 'EndOfProcess', 'TerminateProcess'),
  ...named('network_connection', 'NetworkConnectIP4', 'NetworkConnectIP6'),
  ...named('network_connection', 'NetworkReceiveAcceptIP4', 'NetworkReceiveAcceptIP6'),
  ...named('listening', 'NetworkListenIP4', 'NetworkListenIP6'),
  ...named('dns_query', 'DnsRequest'),
  ...named('logon', 'UserLogon', 'UserLogonFailed', 'UserLogonFailed2', 'SsoUserLogon', 'SsoApplicationAccess'),
  ...named('logoff', 'UserLogoff', 'UserLogoffAudit'),
  ...named('registry_set', 'AsepValueUpdate', 'RegGenericValueUpdate', 'RegSystemConfigValueUpdate'),
  ...named('registry_add', 'AsepKeyUpdate'),
  ...named('image_load', 'ClassifiedModuleLoad', 'ImageHash'),
  ...named('driver_load', 'DriverLoad'),
  ...named('scheduled_job', 'ScheduledTaskRegistered', 'ScheduledTaskModified', 'ScheduledTaskDeleted'),
  ...named('service_change', 'ServiceStarted', 'ModifyServiceBinary', 'CreateService'),
  ...named('account_created', 'UserAccountCreated'),
  ...named('account_deleted', 'UserAccountDeleted'),
  ...named('group_member_added', 'UserAccountAddedToGroup'),
  ...named('script', 'CommandHistory', 'ScriptControlScanTelemetry', 'ScriptControlDetectInfo'),
  ...named('file_delete', 'ExecutableDeleted', 'FileDeleteInfo'),
  ...named('file_rename', 'FileRenameInfo', 'NewExecutableRenamed'),
]);

function named(category: string, ...names: string[]): [string, string][] {
  return names.map((name) => [name, category]);
}

/** `PeFileWritten`, `NewScriptWritten`, `MachOFileWritten` …: every kind of file has an event of its own. */
export const falconCategory = (name: string): string | undefined =>
  CATEGORIES.get(name) ?? (/(?:File|Script|Executable)Written$/.test(name) ? 'file_event' : undefined);
