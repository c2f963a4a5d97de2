import { entry, SHARED_BY_WORKSPACE, WORKSPACE_ALIASES, WORKSPACE_PAIRS } from '../shared/google.js';
import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

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
const mapping: SourceMapping = {
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

export const googleWorkspace: MappedSource = { rules: [{ product: 'gcp', service: 'google_workspace' }], mapping };
