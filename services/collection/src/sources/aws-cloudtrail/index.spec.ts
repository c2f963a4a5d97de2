import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { awsCloudtrail } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = awsCloudtrail
  .split(bytes)
  .map((piece) => awsCloudtrail.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('CloudTrail', () => {
  it('reads an API call', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9),
      entity: 'cloud-principal:arn:aws:iam::111122223333:user/ada',
      observables: [
        { kind: 'resource-uid', value: 'arn:aws:iam::111122223333:user/Ada' },
        { kind: 'user-name', value: 'Ada' },
        { kind: 'ip-address', value: '203.0.113.7' },
      ],
      ocsf: {
        categoryUid: 6,
        classUid: 6003,
        activityId: 3,
        cloud: { provider: 'AWS', accountUid: '111122223333', region: 'eu-west-3' },
        api: { operation: 'StopLogging', service: 'cloudtrail.amazonaws.com', status: 'Success' },
      },
    });
  });

  it('reads a console logon that failed, by root', () => {
    expect(events[1]).toMatchObject({
      ocsf: { classUid: 3002, activityId: 1, severityId: 2, actor: { userName: 'root' }, api: { status: 'Failure' } },
    });
  });

  it('names the session of a role and a call that was denied', () => {
    expect(events[2]).toMatchObject({
      entity: 'cloud-principal:arn:aws:sts::111122223333:assumed-role/web/i-0abc',
      ocsf: { activityId: 2, actor: { userName: 'Web' }, api: { status: 'AccessDenied' } },
    });
  });

  const ROLE = 'arn:aws:iam::111122223333:role/web';
  it.each<[string, NativeObject, string]>([
    ['nothing that it says', {}, 'cloud-account:111122223333'],
    ['a role', { requestParameters: { roleArn: ROLE } }, `cloud-principal:${ROLE}`],
    [
      'what an account owns',
      {
        resources: [
          { ARN: 'arn:aws:s3:::logs/1', type: 'AWS::S3::Object' },
          { ARN: 'arn:aws:s3:::logs', accountId: '111122223333', type: 'AWS::S3::Bucket' },
        ],
      },
      'cloud-principal:arn:aws:s3:::logs',
    ],
  ])('names whom a service of AWS acts on, and not the service: %s', (_, said, entity) => {
    const event = {
      ...(JSON.parse(String(bytes).split('\n')[3] ?? '') as NativeObject),
      ...said,
    };
    expect(awsCloudtrail.normalise(event, Buffer.from('{}'))).toMatchObject({
      entity,
      ocsf: { actor: { userUid: 'ec2.amazonaws.com' }, src: { hostname: 'ec2.amazonaws.com' } },
    });
  });

  it('names a role that a service of AWS acts as', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling';
    const userIdentity = { type: 'AssumedRole', arn, invokedBy: 'autoscaling.amazonaws.com' };
    expect(awsCloudtrail.normalise({ eventName: 'RunInstances', userIdentity }, Buffer.from('{}'))).toMatchObject({
      entity: `cloud-principal:${arn.toLowerCase()}`,
    });
  });

  it('opens the files CloudTrail delivers', () => {
    const lines = String(bytes).trim().split('\n');
    const file = Buffer.from(`{"Records":[${lines.join(',')}]}`);
    expect(awsCloudtrail.split(file).map(String)).toEqual(lines);
  });
});
