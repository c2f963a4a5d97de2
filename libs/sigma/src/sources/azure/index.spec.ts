import type { JsonObject } from '../../index.js';
import { samplesOf } from '../../../test/events.js';
import { labels, read } from '../../../test/source-fields.js';

const sample = (operation: string): JsonObject =>
  samplesOf('azure').find(({ operationName, properties }) => operationName === operation && properties) ?? {};
const signIn = sample('Sign-in activity');
const audit = sample('Consent to application');

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
