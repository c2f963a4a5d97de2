import type { Logsource, When } from '../source.js';

type LogsourceEntry = { when: When; logsource: Logsource };

export const entry = (when: When, service: string): LogsourceEntry => ({
  when,
  logsource: { product: 'gcp', service },
});

/** Workspace's events as Cloud Logging has them, where an organisation shares them with Google Cloud. */
export const SHARED_BY_WORKSPACE: LogsourceEntry[] = [
  entry({ 'protoPayload.serviceName': ['admin.googleapis.com'] }, 'google_workspace.admin'),
  entry({ 'protoPayload.serviceName': ['login.googleapis.com'] }, 'google_workspace.login'),
];

const IN_LOG_ENTRIES = 'protoPayload.metadata.event';

export const WORKSPACE_ALIASES = {
  eventService: ['protoPayload.serviceName'],
  eventName: ['events.name', `${IN_LOG_ENTRIES}.eventName`, 'name'],
  eventType: ['events.type', `${IN_LOG_ENTRIES}.eventType`, 'type'],
  'protoPayload.metadata.event.eventName': ['events.name', 'name'],
  'actor.email': ['protoPayload.authenticationInfo.principalEmail'],
  ipAddress: ['protoPayload.requestMetadata.callerIp'],
};

export const WORKSPACE_PAIRS = [
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
