import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { azure } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = azure.split(bytes).map((piece) => azure.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Azure', () => {
  it('reads an operation on a resource', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 225),
      entity: 'user:ada@example.test',
      ocsf: {
        classUid: 6003,
        activityId: 4,
        severityId: 1,
        message: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE by Ada@example.test: Success',
        src: { ip: '203.0.113.7' },
        cloud: { provider: 'Azure', accountUid: '0B1F6471-1BF0-4DDA-AEC3-111122223333', region: 'francecentral' },
        api: { service: 'Administrative', status: 'Success' },
      },
    });
  });

  it('reads a risky logon that failed', () => {
    expect(events[1]).toMatchObject({
      entity: 'user:ada@example.test',
      ocsf: {
        categoryUid: 3,
        classUid: 3002,
        activityId: 1,
        severityId: 4,
        actor: { userUid: 'u-1' },
        api: { status: '50126' },
      },
    });
  });

  it('reads who gave a role to whom', () => {
    expect(events[2]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 2),
      ocsf: { classUid: 3005, activityId: 1, api: { status: 'success' } },
    });
    expect(events[2]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'user-name', value: 'ada@example.test' },
        { kind: 'email-address', value: 'bob@example.test' },
      ]),
    );
  });

  it('reads what the Python library writes, by an application', () => {
    expect(events[3]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 3, 500),
      entity: 'cloud-principal:7d3f5b1c-0000-4000-8000-000000000003',
      ocsf: {
        classUid: 6003,
        activityId: 99,
        severityId: 2,
        src: { ip: '198.51.100.9' },
        api: { operation: 'Microsoft.Storage/storageAccounts/listKeys/action', status: 'Succeeded' },
      },
    });
  });

  it('reads a risk detection, and properties that are text', () => {
    expect(events[4]).toMatchObject({
      entity: 'user:bob@example.test',
      ocsf: { classUid: 2004, severityId: 4, api: { operation: 'leakedCredentials' } },
    });
    expect(events[5]).toMatchObject({
      entity: 'user:bob@example.test',
      ocsf: { classUid: 3002, src: { ip: '198.51.100.9' } },
    });
  });

  it('names the address where nobody is named', () => {
    expect(
      azure.normalise(
        { category: 'StorageWrite', operationName: 'PutBlob', callerIpAddress: '198.51.100.9:1234' },
        Buffer.from('{}'),
      ).entity,
    ).toBe('ip:198.51.100.9');
  });

  const TARGETS = { targetResources: [{ userPrincipalName: 'Bob@example.test' }] };
  it.each<[string, NativeObject, string]>([
    [
      'a service without an id',
      { initiatedBy: { app: { displayName: 'Microsoft.Azure.SyncFabric', servicePrincipalId: null } }, ...TARGETS },
      'user:bob@example.test',
    ],
    [
      'an application of a tenant that calls itself as one of them',
      { initiatedBy: { app: { displayName: 'Microsoft Mail', servicePrincipalId: 'sp-1' } }, ...TARGETS },
      'cloud-principal:sp-1',
    ],
    [
      'what writes passwords back',
      { initiatedBy: { user: { userPrincipalName: 'fim_password_service@support.onmicrosoft.com' } }, ...TARGETS },
      'user:bob@example.test',
    ],
    [
      'a service in the activity log',
      { caller: 'Microsoft.Insights/autoscaleSettings', resourceId: '/subscriptions/S-1/x' },
      'cloud-account:s-1',
    ],
    ['a service with an address', { caller: 'Microsoft.Advisor', callerIpAddress: '203.0.113.7' }, 'ip:203.0.113.7'],
    ['an application by its id', { caller: '7d3f5b1c-0000' }, 'cloud-principal:7d3f5b1c-0000'],
  ])('names whom Microsoft itself acts on, and not Microsoft: %s', (_, said, entity) => {
    const event = { operationName: 'Update user', category: 'AuditLogs', ...said };
    expect(azure.normalise(event, Buffer.from('{}')).entity).toBe(entity);
  });

  it('opens what Event Hub and Graph send', () => {
    const lines = String(bytes).trim().split('\n');
    for (const key of ['records', 'value'])
      expect(azure.split(Buffer.from(`{"${key}":[${lines.join(',')}]}`)).map(String)).toEqual(lines);
  });

  it.each([
    {},
    { properties: '{broken' },
    { properties: 7, identity: 'x', claims: [] },
    { category: 'constructor', operationName: {} },
    { initiatedBy: null, targetResources: [null, 3, {}] },
  ])('takes %j as it is', (event) => {
    expect(azure.normalise(event, Buffer.from('{}')).entity).toBe('user:unknown');
  });
});
