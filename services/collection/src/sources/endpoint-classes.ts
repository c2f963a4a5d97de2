import type { OcsfClass } from './ocsf.js';

const of = (classUid: number, activityId: number): OcsfClass => ({ classUid, activityId });
const OTHER = 99;

/**
 * What happens on an endpoint in OCSF, by Sigma's category of it, or by the word that `libs/sigma` has for what agents
 * tell beyond those (shared/agents).
 */
const CLASSES: ReadonlyMap<string, OcsfClass> = new Map([
  ['process_creation', of(1007, 1)],
  ['process_started', of(1007, 1)],
  ['process_termination', of(1007, 2)],
  ['process_access', of(1007, 3)],
  ['create_remote_thread', of(1007, 4)],
  ['process_tampering', of(1007, OTHER)],
  ['file_event', of(1001, 1)],
  ['file_modified', of(1001, 3)],
  ['file_delete', of(1001, 4)],
  ['file_rename', of(1001, 5)],
  ['raw_access_thread', of(1001, 2)],
  ['pipe_created', of(1001, 1)],
  ['driver_load', of(1002, 1)],
  ['image_load', of(1005, 1)],
  ['scheduled_job', of(1006, OTHER)],
  ['log_cleared', of(1008, 1)],
  ['log_change', of(1008, OTHER)],
  ['script', of(1009, 1)],
  ['device', of(1010, 1)],
  ['finding', of(2004, 1)],
  ['account_created', of(3001, 1)],
  ['account_deleted', of(3001, 6)],
  ['account_changed', of(3001, OTHER)],
  ['logon', of(3002, 1)],
  ['logoff', of(3002, 2)],
  ['console', of(3004, OTHER)],
  ['group_member_added', of(3006, 3)],
  ['group_member_removed', of(3006, 4)],
  ['network_connection', of(4001, 1)],
  ['connection_refused', of(4001, 5)],
  ['connection_seen', of(4001, 6)],
  ['listening', of(4001, 7)],
  ['dns_query', of(4003, 1)],
  ['remote_session', of(4005, 1)],
  ['inventory', of(5001, 2)],
  ['scan', of(6007, OTHER)],
  ['registry_event', of(201001, OTHER)],
  ['registry_add', of(201001, 1)],
  ['registry_delete', of(201001, 4)],
  ['registry_rename', of(201001, 5)],
  ['registry_set', of(201002, 2)],
  ['wmi', of(201003, 1)],
  ['service_change', of(201004, OTHER)],
]);

export const endpointClass = (category: string): OcsfClass | undefined => CLASSES.get(category);
