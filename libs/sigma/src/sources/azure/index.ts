import type { Logsource, MappedSource, SourceMapping, When } from '../source.js';
import { plain } from '../shared/plain.js';

type AzureEntry = { when: When; logsource: Logsource };

const service = (name: string, categories: readonly string[]): AzureEntry => ({
  when: { category: categories },
  logsource: { product: 'azure', service: name },
});

/**
 * What the directory's audit log calls its categories; exports by Event Hub say AuditLogs for all of them and keep
 * these inside.
 */
const DIRECTORY = [
  'AdministrativeUnit',
  'ApplicationManagement',
  'Authentication',
  'Authorization',
  'AuthorizationPolicy',
  'CertificateBasedAuthConfiguration',
  'Contact',
  'CrossTenantAccessSettings',
  'CrossTenantIdentitySyncSettings',
  'Device',
  'DeviceConfiguration',
  'DirectoryManagement',
  'EntitlementManagement',
  'GroupManagement',
  'IdentityProtection',
  'KeyManagement',
  'Label',
  'MultiTenantOrg',
  'Other',
  'PendingExternalUserProfile',
  'PermissionGrantPolicy',
  'Policy',
  'ProvisioningManagement',
  'ResourceManagement',
  'RoleManagement',
  'UserManagement',
  'WorkflowManagement',
];
const SIGN_INS = [
  'SignInLogs',
  'NonInteractiveUserSignInLogs',
  'ServicePrincipalSignInLogs',
  'ManagedIdentitySignInLogs',
  'ADFSSignInLogs',
  'MicrosoftServicePrincipalSignInLogs',
];
const RISKS = [
  'UserRiskEvents',
  'RiskyUsers',
  'ServicePrincipalRiskEvents',
  'RiskyServicePrincipals',
  'AADUserRiskEvents',
];
const PIM_ALERTS = [
  'invalidLicenseAlertIncident',
  'noMfaOnRoleActivationAlertIncident',
  'redundantAssignmentAlertIncident',
  'rolesAssignedOutsidePrivilegedIdentityManagementAlertConfiguration',
  'sequentialActivationRenewalsAlertIncident',
  'staleSignInAlertIncident',
  'tooManyGlobalAdminsAssignedToTenantAlertIncident',
];

/** Names of both spellings: Event Hub and Graph begin small, Log Analytics with a capital. */
const inBothSpellings = (fields: Record<string, readonly string[]>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, others]) => [
      [name, others],
      [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, others],
    ]),
  );

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const claims = (...names: string[]): string[] =>
  ['identity.claims', 'claims'].flatMap((where) => names.map((name) => `${where}.${name}`));

/** Names of Graph that the portal's export to CSV calls otherwise. */
const EXPORTED: Record<string, readonly string[]> = {
  userPrincipalName: ['Username'],
  ipAddress: ['IP address'],
  appDisplayName: ['Application'],
  appId: ['Application ID'],
  resourceDisplayName: ['Resource'],
  userAgent: ['User agent'],
  clientAppUsed: ['Client app'],
  conditionalAccessStatus: ['Conditional Access'],
  authenticationRequirement: ['Authentication requirement'],
};

/**
 * Azure's activity log and the directory's logs, as Event Hub, Graph, the management API, its Python library and Log
 * Analytics give them.
 */
const mapping: SourceMapping = {
  ...plain,
  anyCase: true,
  containers: ['properties', 'Properties'],
  selectors: ['category', 'loggedByService', 'riskEventType'],
  logsources: [
    service('activitylogs', [
      'Administrative',
      'Alert',
      'Autoscale',
      'Policy',
      'Recommendation',
      'ResourceHealth',
      'Security',
      'ServiceHealth',
      'StorageDelete',
      'StorageRead',
      'StorageWrite',
      'kube-audit',
      'kube-audit-admin',
    ]),
    // Some collectors file what the directory says of access to subscriptions under Administrative.
    service('auditlogs', ['AuditLogs', 'Administrative', ...DIRECTORY]),
    // Graph's sign-ins and risk detections have no category. A sign-in also names the risks that were seen in it.
    service('signinlogs', [...SIGN_INS, '']),
    service('riskdetection', [...RISKS, ...SIGN_INS, '']),
    { when: { loggedByService: ['PIM'] }, logsource: { product: 'azure', service: 'pim' } },
    { when: { riskEventType: PIM_ALERTS }, logsource: { product: 'azure', service: 'pim' } },
    { when: {}, logsource: { product: 'azure' } },
  ],
  preferred: {
    category: ['properties.category', 'category.value'],
    operationname: ['operationName.value', 'operation_name.value'],
    status: ['status.value', 'properties.result', 'result'],
  },
  stated: [{ when: { resultType: ['0'] }, fields: { status: 'Success' } }],
  pairs: [
    { list: 'targetResources.modifiedProperties', name: 'displayName', values: ['newValue'] },
    { list: 'additionalDetails', name: 'key', values: ['value'] },
  ],
  aliases: [
    {
      when: {},
      fields: {
        ...inBothSpellings({
          operationName: ['operation_name', 'OperationNameValue', 'activityDisplayName'],
          operationNameValue: ['operationName.value', 'operation_name.value', 'operationName'],
          categoryValue: ['category.value', 'category'],
          resourceProviderValue: ['resourceProviderName.value', 'resource_provider_name.value', 'ResourceProvider'],
          resourceId: ['resource_id'],
          caller: [
            ...claims(`${CLAIMS}/upn`, `${CLAIMS}/emailaddress`, 'name', 'appid'),
            'initiatedBy.user.userPrincipalName',
            'initiatedBy.app.displayName',
            'userPrincipalName',
          ],
          callerIpAddress: [
            'http_request.client_ip_address',
            'httpRequest.clientIpAddress',
            'ipAddress',
            'IP address',
            'initiatedBy.user.ipAddress',
          ],
          resultType: ['status.errorCode', 'Sign-in error code', 'status.value', 'result'],
          resultDescription: ['status.failureReason', 'Failure reason', 'resultReason'],
          activityType: ['activityDisplayName', 'operationName'],
          activityDisplayName: ['operationName'],
          clientApp: ['clientAppUsed', 'Client app'],
          username: ['userPrincipalName'],
          ...EXPORTED,
          target: ['targetResources.userPrincipalName', 'targetResources.displayName'],
          riskEventType: ['riskEventTypes_v2', 'riskEventTypes'],
          riskLevel: ['riskLevelDuringSignIn', 'riskLevelAggregated'],
        }),
        'properties.message': ['activityDisplayName', 'operationName.value', 'operationName'],
        'Initiatied.By': ['initiatedBy.user.userPrincipalName', 'initiatedBy.app.displayName'],
        'additionalDetails.additionalInfo': ['additionalDetails.value'],
        failure_status_reason: ['status.failureReason', 'resultReason'],
      },
    },
  ],
  entity: ['caller'],
};

export const azure: MappedSource = { rules: [{ product: 'azure' }], mapping };
