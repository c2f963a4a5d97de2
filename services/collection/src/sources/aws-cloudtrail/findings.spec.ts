import type { NativeObject } from '../source.js';
import { awsCloudtrail } from './index.js';

const AT = Date.UTC(2026, 10, 28, 18, 59, 7);
const read = (event: NativeObject) => awsCloudtrail.normalise(event, Buffer.from('{}'));
const guardDuty = (resource: NativeObject, service: NativeObject = {}): NativeObject => ({
  schemaVersion: '2.0',
  accountId: '1',
  region: 'eu-west-1',
  type: 'UnauthorizedAccess:EC2/SSHBruteForce',
  title: 'i-0a1b2c3d is under attack.',
  severity: 8,
  updatedAt: '2026-11-28T18:59:07Z',
  resource,
  service: { serviceName: 'guardduty', ...service },
});
const KEY = { principalId: 'AIDAX', userName: 'bob', accessKeyId: 'AKIA' };
const REMOTE = { action: { networkConnectionAction: { remoteIpDetails: { ipAddressV4: '203.0.113.9' } } } };
const asff = (more: NativeObject): NativeObject => ({
  ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
  ProductName: 'GuardDuty',
  AwsAccountId: '1',
  Title: 't',
  Types: ['TTPs/Initial Access'],
  Severity: { Label: 'HIGH' },
  UpdatedAt: '2026-11-28T18:59:07Z',
  Resources: [{ Id: 'arn:aws:ec2:eu-west-1:1:instance/i-0a1b2c3d' }],
  ...more,
});

describe('what is said beside CloudTrail', () => {
  it.each<[string, NativeObject, string, number, number]>([
    [
      'GuardDuty about an instance',
      guardDuty({ instanceDetails: { instanceId: 'i-0A1b2c3d' } }),
      'host:i-0a1b2c3d',
      2004,
      4,
    ],
    ['GuardDuty about a key', guardDuty({ accessKeyDetails: KEY }), 'cloud-principal:aidax', 2004, 4],
    ['GuardDuty about a bucket', guardDuty({ s3BucketDetails: [] }), 'cloud-principal:1', 2004, 4],
    ['Security Hub about an instance', asff({}), 'host:i-0a1b2c3d', 2004, 4],
    [
      'Security Hub about a user',
      asff({ Resources: [{ Id: 'arn:aws:iam::1:user/bob' }] }),
      'cloud-principal:arn:aws:iam::1:user/bob',
      2004,
      4,
    ],
    [
      'Security Hub about a control',
      asff({ Compliance: { Status: 'FAILED' }, Resources: [{ Id: 'arn:aws:s3:::b' }] }),
      'cloud-principal:arn:aws:s3:::b',
      2003,
      4,
    ],
    [
      'Config',
      {
        messageType: 'ConfigurationItemChangeNotification',
        configurationItem: { ARN: 'arn:aws:s3:::b', configurationItemCaptureTime: '2026-11-28T18:59:07Z' },
      },
      'cloud-principal:arn:aws:s3:::b',
      5001,
      1,
    ],
  ])('has its class, whom it is about and when: %s', (_, event, entity, classUid, severityId) =>
    expect(read(event)).toMatchObject({
      entity,
      occurredAt: AT,
      ocsf: { classUid, severityId, cloud: { provider: 'AWS' } },
    }),
  );

  it('names who came from where', () =>
    expect(read(guardDuty({ accessKeyDetails: KEY }, REMOTE)).observables).toEqual([
      { kind: 'resource-uid', value: 'AIDAX' },
      { kind: 'user-name', value: 'bob' },
      { kind: 'ip-address', value: '203.0.113.9' },
    ]));

  it('is no record of CloudTrail', () =>
    expect(read({ eventName: 'A', service: { serviceName: 'guardduty' } }).ocsf.classUid).toBe(6003));

  it.each<NativeObject>([
    { service: { serviceName: 'guardduty' }, resource: [], severity: 'x' },
    { ProductArn: 'p', Severity: {}, Resources: [7, null, {}] },
    { configurationItem: {} },
  ])('takes %j as it is', (event) => expect(read(event).entity).toBe('cloud-principal:unknown'));
});
