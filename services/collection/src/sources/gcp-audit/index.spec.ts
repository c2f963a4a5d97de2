import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { gcpAudit } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = gcpAudit
  .split(bytes)
  .map((piece) => gcpAudit.normalise(JSON.parse(String(piece)) as NativeObject, piece));
const lines = String(bytes).trim().split('\n');

describe('Google Cloud', () => {
  it('reads a call by a person', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 225),
      entity: 'user:ada@example.test',
      ocsf: {
        classUid: 6003,
        activityId: 4,
        severityId: 1,
        message: 'compute.googleapis.com v1.compute.firewalls.delete by Ada@example.test: Success',
        src: { ip: '203.0.113.7' },
        cloud: { provider: 'GCP', accountUid: 'example-web' },
        api: { operation: 'v1.compute.firewalls.delete', service: 'compute.googleapis.com', status: 'Success' },
      },
    });
    expect(events[0]?.observables).toContainEqual({
      kind: 'resource-uid',
      value: 'projects/example-web/global/firewalls/deny-all',
    });
  });

  it('reads a call by a service account that was denied', () => {
    expect(events[1]).toMatchObject({
      entity: 'cloud-principal:build@example-web.iam.gserviceaccount.com',
      ocsf: { activityId: 1, severityId: 2, api: { status: 'PERMISSION_DENIED' } },
    });
    expect(events[1]?.ocsf.src).toBeUndefined();
  });

  it('reads a logon, and names in lower case', () => {
    expect(events[2]).toMatchObject({
      entity: 'user:bob@example.test',
      ocsf: { classUid: 3002, activityId: 1, src: { ip: '2001:db8::7' } },
    });
    expect(events[3]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 3, 500),
      entity: 'ip:198.51.100.9',
      ocsf: { activityId: 2, src: { ip: '198.51.100.9' } },
    });
  });

  it.each([
    ['google.logging.v2.ConfigServiceV2.DeleteSink', 4],
    ['SetIamPolicy', 3],
    ['google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion', 99],
    ['v1.compute.instances.setMetadata', 3],
    ['io.k8s.core.v1.pods.create', 1],
  ])('takes %s for activity %i', (methodName, activityId) => {
    expect(gcpAudit.normalise({ protoPayload: { methodName } }, Buffer.from('{}')).ocsf.activityId).toBe(activityId);
  });

  it.each<[string, NativeObject, string]>([
    ['service-agent-manager@system.gserviceaccount.com', { callerIp: '203.0.113.7' }, 'ip:203.0.113.7'],
    ['system@google.com', { callerIp: 'private' }, 'cloud-account:web-1'],
    [
      'service-1@compute-system.iam.gserviceaccount.com',
      {},
      'cloud-principal:service-1@compute-system.iam.gserviceaccount.com',
    ],
    ['system@google.com.evil.test', {}, 'user:system@google.com.evil.test'],
  ])('names who called, or the project, where Google itself acts: %s', (principalEmail, requestMetadata, entity) => {
    const made = gcpAudit.normalise(
      {
        protoPayload: { methodName: 'SetIamPolicy', authenticationInfo: { principalEmail }, requestMetadata },
        resource: { labels: { project_id: 'web-1' } },
      },
      Buffer.from('{}'),
    );
    expect(made).toMatchObject({ entity, ocsf: { classUid: 6003, actor: { userName: principalEmail } } });
  });

  it('opens lists of entries, and messages of Pub/Sub pushed and pulled', () => {
    expect(gcpAudit.split(Buffer.from(`{"entries":[${lines.join(',')}]}`)).map(String)).toEqual(lines);
    const messages = lines.map((line, place) => ({
      message: { data: Buffer.from(line).toString('base64'), messageId: String(place) },
      subscription: 's',
    }));
    expect(gcpAudit.split(Buffer.from(messages.map((one) => JSON.stringify(one)).join('\n'))).map(String)).toEqual(
      lines,
    );
    expect(gcpAudit.split(Buffer.from(JSON.stringify({ receivedMessages: messages }))).map(String)).toEqual(lines);
  });

  it.each([
    '{"message":{"data":"not base64 of JSON"}}',
    '{"message":{"data":7},"x":1}',
    '{"message":"","data":{"protoPayload":{}}}',
    '{"message":{"data"',
  ])('leaves %s as it is', (text) => {
    expect(gcpAudit.split(Buffer.from(text)).map(String)).toEqual([text]);
  });

  it.each([{}, { protoPayload: 7 }, { protoPayload: { methodName: {}, status: [], authenticationInfo: 'x' } }])(
    'takes %j as it is',
    (event) => {
      expect(gcpAudit.normalise(event, Buffer.from('{}'))).toMatchObject({
        entity: 'user:unknown',
        ocsf: { classUid: 0 },
      });
    },
  );
});
