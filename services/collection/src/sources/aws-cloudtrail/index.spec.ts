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

  it('names the service that called', () => {
    expect(events[3]).toMatchObject({
      entity: 'cloud-principal:ec2.amazonaws.com',
      ocsf: { src: { hostname: 'ec2.amazonaws.com' } },
    });
  });

  it('opens the files CloudTrail delivers', () => {
    const lines = String(bytes).trim().split('\n');
    const file = Buffer.from(`{"Records":[${lines.join(',')}]}`);
    expect(awsCloudtrail.split(file).map(String)).toEqual(lines);
  });
});
