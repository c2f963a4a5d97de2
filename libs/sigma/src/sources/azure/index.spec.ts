import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compile, kindOf, logsourcesOf, type JsonObject, type SourceKind } from '../../index.js';
import { packPath, readRules } from '../../../test/pack.js';
import { native } from '../../../test/rules.js';

const labels = (kind: SourceKind, event: JsonObject): string[] =>
  logsourcesOf(kind, event).map(({ product = '', service = '*' }) => `${product}/${service}`);
const nothing = compile([]);
const read = (kind: SourceKind, event: JsonObject, ...fields: string[]): Record<string, string> =>
  nothing.read({ logsource: kind, native: native(event) }, fields);

const signIn: JsonObject = {
  time: '2026-11-02T09:00:00Z',
  category: 'SignInLogs',
  operationName: 'Sign-in activity',
  resultType: '0',
  resultDescription: '',
  callerIpAddress: '198.51.100.9',
  location: 'FR',
  properties: {
    userPrincipalName: 'ada@example.test',
    appId: 'a',
    userAgent: 'Mozilla/5.0',
    clientAppUsed: 'IMAP',
    authenticationRequirement: 'singleFactorAuthentication',
    conditionalAccessStatus: 'success',
    resourceDisplayName: 'Device Registration Service',
    homeTenantId: '1',
    resourceTenantId: '2',
    status: { errorCode: 0 },
    deviceDetail: { deviceId: '', isCompliant: false, trustType: '' },
    networkLocationDetails: '[]',
    riskState: 'atRisk',
    riskEventTypes_v2: ['unfamiliarFeatures'],
  },
};
const audit: JsonObject = {
  category: 'AuditLogs',
  operationName: 'Consent to application',
  properties: {
    category: 'ApplicationManagement',
    result: 'success',
    activityDisplayName: 'Consent to application',
    loggedByService: 'Core Directory',
    initiatedBy: { user: { userPrincipalName: 'ada@example.test' } },
    targetResources: [
      {
        type: 'ServicePrincipal',
        displayName: 'Viewer',
        modifiedProperties: [{ displayName: 'ConsentContext.IsAdminConsent', oldValue: '[]', newValue: 'False' }],
      },
    ],
    additionalDetails: [{ key: 'additionalInfo', value: 'x' }],
  },
};

describe('Azure', () => {
  it.each<[string, JsonObject, string[]]>([
    ['an operation on resources', { category: 'Administrative' }, ['azure/activitylogs', 'azure/auditlogs', 'azure/*']],
    [
      'one as the management API gives it',
      { category: { value: 'Administrative' } },
      ['azure/activitylogs', 'azure/auditlogs', 'azure/*'],
    ],
    ['a sign-in', signIn, ['azure/signinlogs', 'azure/riskdetection', 'azure/*']],
    ['a change of the directory', audit, ['azure/auditlogs', 'azure/*']],
    [
      'one as Graph gives it',
      { category: 'UserManagement', activityDisplayName: 'Add user' },
      ['azure/auditlogs', 'azure/*'],
    ],
    [
      'one by privileged identity management',
      { category: 'AuditLogs', properties: { loggedByService: 'PIM' } },
      ['azure/auditlogs', 'azure/pim', 'azure/*'],
    ],
    ['a risk', { category: 'UserRiskEvents' }, ['azure/riskdetection', 'azure/*']],
  ])('knows where %s belongs', (_, event, expected) => expect(labels('azure', event)).toEqual(expected));

  it('finds names of sign-ins as rules spell them', () => {
    expect(
      read(
        'azure',
        signIn,
        'ResultType',
        'Status',
        'AuthenticationRequirement',
        'DeviceDetail.isCompliant',
        'DeviceDetail.trusttype',
        'ClientApp',
        'Username',
        'riskEventType',
        'properties.appId',
        'ResourceDisplayName',
        'homeTenantId',
      ),
    ).toEqual({
      ResultType: '0',
      Status: 'Success',
      AuthenticationRequirement: 'singleFactorAuthentication',
      'DeviceDetail.isCompliant': 'false',
      'DeviceDetail.trusttype': '',
      ClientApp: 'IMAP',
      Username: 'ada@example.test',
      riskEventType: 'unfamiliarFeatures',
      'properties.appId': 'a',
      ResourceDisplayName: 'Device Registration Service',
      homeTenantId: '1',
    });
  });

  it('finds names of the directory as rules spell them, and what a change sets', () => {
    expect(
      read(
        'azure',
        audit,
        'Category',
        'Status',
        'OperationName',
        'properties.message',
        'ActivityDisplayName',
        'LoggedByService',
        'TargetResources.type',
        'Initiatied.By',
        'ConsentContext.IsAdminConsent',
        'additionalInfo',
      ),
    ).toEqual({
      Category: 'ApplicationManagement',
      Status: 'success',
      OperationName: 'Consent to application',
      'properties.message': 'Consent to application',
      ActivityDisplayName: 'Consent to application',
      LoggedByService: 'Core Directory',
      'TargetResources.type': 'ServicePrincipal',
      'Initiatied.By': 'ada@example.test',
      'ConsentContext.IsAdminConsent': 'False',
      additionalInfo: 'x',
    });
  });

  it('reads what the Python library writes, and properties that are text', () => {
    const event = {
      category: { value: 'Administrative' },
      operation_name: { value: 'Microsoft.Compute/disks/delete' },
      resource_id: '/x',
      resource_provider_name: { value: 'Microsoft.Compute' },
      http_request: { client_ip_address: '203.0.113.7' },
      status: { value: 'Failed' },
    };
    expect(
      read(
        'azure',
        event,
        'operationName',
        'OperationNameValue',
        'CategoryValue',
        'ResourceProviderValue',
        'ResourceId',
        'callerIpAddress',
        'resultType',
      ),
    ).toEqual({
      operationName: 'Microsoft.Compute/disks/delete',
      OperationNameValue: 'Microsoft.Compute/disks/delete',
      CategoryValue: 'Administrative',
      ResourceProviderValue: 'Microsoft.Compute',
      ResourceId: '/x',
      callerIpAddress: '203.0.113.7',
      resultType: 'Failed',
    });
    expect(read('azure', { Category: 'SignInLogs', Properties: '{"userAgent":"axios"}' }, 'userAgent')).toEqual({
      userAgent: 'axios',
    });
  });
});

const entry: JsonObject = {
  logName: 'projects/p/logs/x',
  resource: { type: 'k8s_cluster' },
  protoPayload: {
    methodName: 'v1.compute.firewalls.delete',
    serviceName: 'compute.googleapis.com',
    authenticationInfo: { principalEmail: 'ada@example.test' },
    authorizationInfo: [{ permission: 'p', granted: true }],
  },
};
const activity: JsonObject = {
  id: { applicationName: 'admin' },
  actor: { email: 'ada@example.test' },
  events: [
    {
      type: 'T',
      name: 'CHANGE_APPLICATION_SETTING',
      parameters: [
        { name: 'SETTING_NAME', value: 'x' },
        { name: 'NEW_VALUE', boolValue: false },
      ],
    },
    { name: 'OTHER', parameters: [{ name: 'SETTING_NAME', value: 'y' }] },
  ],
};
const shared: JsonObject = {
  protoPayload: {
    serviceName: 'admin.googleapis.com',
    metadata: {
      event: [{ eventName: 'ADD_GROUP_MEMBER', parameter: [{ name: 'GROUP_EMAIL', value: 'a@example.test' }] }],
    },
  },
};

describe('Google', () => {
  it('finds names of log entries as rules spell them, also wrapped by Pub/Sub and in lower case', () => {
    const asked = [
      'gcp.audit.method_name',
      'data.protoPayload.authorizationInfo.granted',
      'data.protoPayload.resource.type',
    ];
    const expected = {
      'gcp.audit.method_name': 'v1.compute.firewalls.delete',
      'data.protoPayload.authorizationInfo.granted': 'true',
      'data.protoPayload.resource.type': 'k8s_cluster',
    };
    expect(read('gcp-audit', entry, ...asked)).toEqual(expected);
    expect(read('gcp-audit', { data: entry }, ...asked)).toEqual(expected);
    expect(read('gcp-audit', { protopayload: entry.protoPayload ?? null }, 'gcp.audit.method_name')).toEqual({
      'gcp.audit.method_name': 'v1.compute.firewalls.delete',
    });
    expect(labels('gcp-audit', entry)).toEqual(['gcp/gcp.audit']);
  });

  it("tells Workspace's rules from those of the cloud, and runs them on both forms", () => {
    expect(kindOf({ product: 'gcp', service: 'gcp.audit' })).toBe('gcp-audit');
    expect(kindOf({ product: 'gcp', service: 'google_workspace.admin' })).toBe('google-workspace');
    expect(labels('gcp-audit', shared)).toEqual(['gcp/gcp.audit', 'gcp/google_workspace.admin']);
    expect(labels('google-workspace', activity)).toEqual(['gcp/google_workspace.admin', 'gcp/google_workspace']);
    expect(read('gcp-audit', shared, 'eventService', 'eventName', 'group_email')).toEqual({
      eventService: 'admin.googleapis.com',
      eventName: 'ADD_GROUP_MEMBER',
      group_email: 'a@example.test',
    });
    expect(read('google-workspace', activity, 'eventService', 'eventName', 'setting_name', 'new_value')).toEqual({
      eventService: 'admin.googleapis.com',
      eventName: 'CHANGE_APPLICATION_SETTING',
      setting_name: 'x',
      new_value: 'false',
    });
    expect(
      read(
        'google-workspace',
        { id: { applicationName: 'login' }, name: 'gov_attack_warning' },
        'protoPayload.Servicename',
        'protoPayload.metadata.event.eventName',
      ),
    ).toEqual({
      'protoPayload.Servicename': 'login.googleapis.com',
      'protoPayload.metadata.event.eventName': 'gov_attack_warning',
    });
  });
});

describe('Microsoft 365 and GitHub', () => {
  const alert = {
    Operation: 'AlertTriggered',
    Workload: 'SecurityComplianceCenter',
    ResultStatus: 'Succeeded',
    Name: 'Impossible travel activity',
    Status: 'Active',
  };
  const rule = {
    Operation: 'New-InboxRule',
    Workload: 'Exchange',
    ResultStatus: 'True',
    Parameters: [
      { Name: 'Name', Value: '.' },
      { Name: 'DeleteMessage', Value: 'True' },
    ],
    ExtendedProperties: [{ Name: 'RequestType', Value: 'Login:login' }],
  };

  it('finds names of records as rules spell them', () => {
    expect(labels('m365', rule)).toEqual(['m365/exchange', 'm365/audit']);
    expect(labels('m365', alert)).toEqual(['m365/threat_management', 'm365/threat_detection', 'm365/audit']);
    expect(read('m365', alert, 'eventSource', 'eventName', 'status')).toEqual({
      eventSource: 'SecurityComplianceCenter',
      eventName: 'Impossible travel activity',
      status: 'success',
    });
    expect(read('m365', rule, 'eventName', 'DeleteMessage', 'RequestType')).toEqual({
      eventName: 'New-InboxRule',
      DeleteMessage: 'True',
      RequestType: 'Login:login',
    });
    expect(
      read('m365', { Operations: 'New-InboxRule', AuditData: JSON.stringify(rule) }, 'Operation', 'DeleteMessage'),
    ).toEqual({ Operation: 'New-InboxRule', DeleteMessage: 'True' });
    expect(read('m365', { operation: 'x', parameters: rule.Parameters }, 'Operation', 'DeleteMessage')).toEqual({
      Operation: 'x',
      DeleteMessage: 'True',
    });
  });

  it('takes GitHub as it is', () => {
    expect(labels('github', { action: 'repo.create' })).toEqual(['github/audit', 'github/webhook']);
    expect(kindOf({ product: 'github', service: 'audit' })).toBe('github');
  });
});

/** Names in a rule's detection. */
const fieldsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  return typeof value === 'object' && value !== null
    ? Object.keys(value)
        .map((key) => key.split('|')[0] ?? '')
        .filter((name) => name !== '')
    : [];
};
const KINDS: Record<string, SourceKind> = {
  azure_activity: 'azure',
  azure_signin: 'azure',
  gcp_audit: 'gcp-audit',
  gcp_k8s: 'gcp-audit',
  microsoft: 'm365',
  gsuite_activityevent: 'google-workspace',
  github: 'github',
};
/**
 * What no event at hand has: mail of Threat Explorer, rules that Outlook itself writes, and a heading of the portal.
 */
const UNSEEN = ['Directionality', 'DeliveryAction', 'OperationProperties', 'ActivityDetails'];

const pack = packPath();
(pack === undefined ? it.skip : it)(
  `every field that SigmaHQ's rules of these products name is found in some event${pack === undefined ? ' (skipped: no ../shared/data)' : ''}`,
  () => {
    const events = Object.entries(KINDS).flatMap(([name, kind]) =>
      readFileSync(join(pack ?? '', 'panther-labelled', `${name}_rules.jsonl`), 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ kind, event: (JSON.parse(line) as { event: JsonObject }).event })),
    );
    events.push(
      { kind: 'azure', event: signIn },
      { kind: 'azure', event: audit },
      {
        kind: 'azure',
        event: {
          operation_name: { value: 'o' },
          resource_provider_name: { value: 'p' },
          category: { value: 'c' },
          resource_id: 'r',
        },
      },
    );
    const named = new Map<string, { kind: SourceKind; field: string; rules: number }>();
    for (const { text } of readRules(join(pack ?? '', 'sigma', 'sigma-rules.tar.gz')).filter((source) =>
      /product: (azure|gcp|m365|github)\b/.test(source.text),
    )) {
      for (const document of parseAllDocuments(text)) {
        const { logsource = {}, detection = {} } = document.toJS() as { logsource?: object; detection?: object };
        const kind = kindOf(logsource);
        if (!kind) continue;
        for (const field of new Set(Object.values(detection).flatMap(fieldsIn)))
          named.set(`${kind} ${field}`, { kind, field, rules: (named.get(`${kind} ${field}`)?.rules ?? 0) + 1 });
      }
    }
    const unseen = [...named.values()].filter(
      ({ kind, field }) =>
        !events.some((one) => one.kind === kind && Object.keys(read(kind, one.event, field)).length > 0),
    );
    expect(named.size).toBeGreaterThan(60);
    expect(unseen.map(({ field }) => field).sort()).toEqual([...UNSEEN].sort());
  },
  60_000,
);
