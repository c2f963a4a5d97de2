import type { Logsource, SourceMapping, When } from '../../types.js';
import { plain } from '../shared/plain.js';

type Entry = { when: When; logsource: Logsource };

const entry = (when: When, service: string): Entry => ({ when, logsource: { product: 'gcp', service } });

/** Workspace's events as Cloud Logging has them, where an organisation shares them with Google Cloud. */
const SHARED_BY_WORKSPACE: Entry[] = [
  entry({ 'protoPayload.serviceName': ['admin.googleapis.com'] }, 'google_workspace.admin'),
  entry({ 'protoPayload.serviceName': ['login.googleapis.com'] }, 'google_workspace.login'),
];

const IN_LOG_ENTRIES = 'protoPayload.metadata.event';

const WORKSPACE_ALIASES = {
  eventService: ['protoPayload.serviceName'],
  eventName: ['events.name', `${IN_LOG_ENTRIES}.eventName`, 'name'],
  eventType: ['events.type', `${IN_LOG_ENTRIES}.eventType`, 'type'],
  'protoPayload.metadata.event.eventName': ['events.name', 'name'],
  'actor.email': ['protoPayload.authenticationInfo.principalEmail'],
  ipAddress: ['protoPayload.requestMetadata.callerIp'],
};

const WORKSPACE_PAIRS = [
  {
    list: 'events.parameters',
    name: 'name',
    values: ['value', 'multiValue', 'intValue', 'boolValue', 'multiIntValue', 'messageValue'],
  },
  {
    list: `${IN_LOG_ENTRIES}.parameter`,
    name: 'name',
    values: ['value', 'multiStrValue', 'intValue', 'boolValue', 'multiIntValue', 'messageValue'],
  },
];

const AUDIT_ALIASES = {
  'gcp.audit.method_name': ['protoPayload.methodName'],
  'gcp.audit.service_name': ['protoPayload.serviceName'],
  'gcp.audit.resource_name': ['protoPayload.resourceName'],
  'gcp.audit.authentication_info.principal_email': ['protoPayload.authenticationInfo.principalEmail'],
  'gcp.audit.authentication_info.authority_selector': ['protoPayload.authenticationInfo.authoritySelector'],
  'gcp.audit.authorization_info.permission': ['protoPayload.authorizationInfo.permission'],
  'gcp.audit.authorization_info.granted': ['protoPayload.authorizationInfo.granted'],
  'gcp.audit.request': ['protoPayload.request'],
  'gcp.audit.response': ['protoPayload.response'],
  'gcp.audit.status.code': ['protoPayload.status.code'],
  'gcp.audit.status.message': ['protoPayload.status.message'],
  'gcp.audit.request_metadata.caller_ip': ['protoPayload.requestMetadata.callerIp'],
  'gcp.audit.request_metadata.caller_supplied_user_agent': ['protoPayload.requestMetadata.callerSuppliedUserAgent'],
  'data.protoPayload.methodName': ['protoPayload.methodName'],
  'data.protoPayload.serviceName': ['protoPayload.serviceName'],
  'data.protoPayload.authorizationInfo.permission': ['protoPayload.authorizationInfo.permission'],
  'data.protoPayload.authorizationInfo.granted': ['protoPayload.authorizationInfo.granted'],
  'data.protoPayload.logName': ['logName'],
  'data.protoPayload.resource.type': ['resource.type'],
};

/** Google Cloud's audit logs: log entries as Cloud Logging writes them, also inside a message of Pub/Sub. */
export const gcp: SourceMapping = {
  ...plain,
  anyCase: true,
  containers: ['data'],
  selectors: ['protoPayload.serviceName'],
  logsources: [entry({}, 'gcp.audit'), ...SHARED_BY_WORKSPACE],
  pairs: WORKSPACE_PAIRS,
  aliases: [{ when: {}, fields: { ...AUDIT_ALIASES, ...WORKSPACE_ALIASES } }],
  entity: ['protoPayload.authenticationInfo.principalEmail'],
};

const APPLICATIONS = [
  'access_transparency',
  'calendar',
  'chat',
  'chrome',
  'context_aware_access',
  'data_studio',
  'drive',
  'gcp',
  'gemini_in_workspace_apps',
  'gmail',
  'gplus',
  'groups',
  'groups_enterprise',
  'jamboard',
  'keep',
  'meet',
  'mobile',
  'rules',
  'saml',
  'token',
  'user_accounts',
  'vault',
];

/**
 * Google Workspace: activities of the Reports API (an activity may hold several events), or log entries. `service` is
 * the application.
 */
export const gworkspace: SourceMapping = {
  ...plain,
  anyCase: true,
  containers: ['parameters'],
  selectors: ['id.applicationName', 'protoPayload.serviceName'],
  logsources: [
    ...APPLICATIONS.map((application) =>
      entry({ 'id.applicationName': [application] }, `google_workspace.${application}`),
    ),
    // What a user changes in the own account is told beside the logins.
    entry({ 'id.applicationName': ['user_accounts'] }, 'google_workspace.login'),
    ...SHARED_BY_WORKSPACE, // Also of admin's and login's activities: `stated` gives them their service.
    entry({}, 'google_workspace'),
  ],
  stated: ['admin', 'login'].map((application) => ({
    when: { 'id.applicationName': [application] },
    fields: {
      eventservice: `${application}.googleapis.com`,
      'protopayload.servicename': `${application}.googleapis.com`,
    },
  })),
  pairs: WORKSPACE_PAIRS,
  aliases: [{ when: {}, fields: WORKSPACE_ALIASES }],
  entity: ['actor.email'],
};
