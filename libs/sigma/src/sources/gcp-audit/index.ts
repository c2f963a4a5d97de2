import { entry, SHARED_BY_WORKSPACE, WORKSPACE_ALIASES, WORKSPACE_PAIRS } from '../shared/google.js';
import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

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
const mapping: SourceMapping = {
  ...plain,
  anyCase: true,
  containers: ['data'],
  selectors: ['protoPayload.serviceName'],
  logsources: [entry({}, 'gcp.audit'), ...SHARED_BY_WORKSPACE],
  pairs: WORKSPACE_PAIRS,
  aliases: [{ when: {}, fields: { ...AUDIT_ALIASES, ...WORKSPACE_ALIASES } }],
  entity: ['protoPayload.authenticationInfo.principalEmail'],
};

export const gcpAudit: MappedSource = { rules: [{ product: 'gcp' }], mapping };
