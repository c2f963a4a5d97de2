import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { m365 } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = m365.split(bytes).map((piece) => m365.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Microsoft 365', () => {
  it('reads a rule of a mailbox', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9),
      entity: 'user:ada@example.test',
      ocsf: {
        classUid: 6003,
        activityId: 1,
        message: 'New-InboxRule by Ada@example.test: True',
        src: { ip: '203.0.113.7' },
        api: { operation: 'New-InboxRule', service: 'Exchange', status: 'True' },
      },
    });
  });

  it('reads a logon that failed, whatever its status', () => {
    expect(events[1]).toMatchObject({
      ocsf: { classUid: 3002, activityId: 1, severityId: 2, src: { ip: '2001:db8::7' }, api: { status: 'Failure' } },
    });
  });

  it('reads an alert and whom it is about', () => {
    expect(events[2]).toMatchObject({
      ocsf: {
        classUid: 2004,
        severityId: 4,
        message: 'AlertTriggered by SecurityComplianceAlerts — Impossible travel activity: Succeeded',
      },
    });
    expect(events[2]?.observables).toContainEqual({ kind: 'email-address', value: 'bob@example.test' });
  });

  it('reads exports of a search and of Sentinel', () => {
    expect(events[3]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 3),
      entity: 'user:bob@example.test',
      ocsf: { activityId: 2, api: { service: 'SharePoint' } },
    });
    expect(events[3]?.observables).toContainEqual({
      kind: 'url',
      value: 'https://example.sharepoint.com/sites/hr/pay.xlsx',
    });
    expect(events[4]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 4),
      ocsf: { activityId: 2, src: { ip: '198.51.100.9' }, api: { service: 'Exchange' } },
    });
  });

  it('reads an alert of Graph, and whom its evidence names', () => {
    const evidence = [
      { userAccount: { userPrincipalName: 'bob@example.test' } },
      { ipAddress: '198.51.100.9' },
      null,
      { url: 'https://example.net/x' },
    ];
    const alert = {
      id: 'da1',
      title: 'Password spray',
      severity: 'high',
      status: 'new',
      category: 'CredentialAccess',
      serviceSource: 'azureAdIdentityProtection',
      createdDateTime: '2026-11-02T09:00:05Z',
      evidence,
    };
    expect(m365.normalise(alert, Buffer.from('{}'))).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 5),
      entity: 'user:bob@example.test',
      ocsf: {
        classUid: 2004,
        severityId: 4,
        message: 'Password spray',
        src: { ip: '198.51.100.9' },
        api: { status: 'new' },
      },
    });
    expect(
      m365.normalise({ ...alert, evidence: [{ deviceDnsName: 'WS-1.example.test' }] }, Buffer.from('{}')).entity,
    ).toBe('host:ws-1.example.test');
  });

  it.each<[string, number | undefined]>([
    ['2026-11-28T05:28:02', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['2026-11-28T05:28:02.0000000Z', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['2026-11-28 05:28:02 UTC', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['/Date(1795843682000)/', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['11/28/2026 5:28:02 AM', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['11/28/2026 12:28:02 AM', Date.UTC(2026, 10, 28, 0, 28, 2)],
    ['11/28/2026 12:28:02 PM', Date.UTC(2026, 10, 28, 12, 28, 2)],
    ['1795843682', Date.UTC(2026, 10, 28, 5, 28, 2)],
    ['28/11/2026 5:28:02 AM', undefined],
    ['11/28/2026 13:28:02 PM', undefined],
    ['yesterday', undefined],
  ])('reads the time %s', (CreationTime, at) => {
    const event = { CreationTime, Operation: 'UserLoggedIn', UserId: 'a@b.test' };
    expect(m365.normalise(event, Buffer.from('{}')).occurredAt).toBe(at);
    expect(m365.normalise({ AuditData: JSON.stringify(event) }, Buffer.from('{}')).occurredAt).toBe(at);
  });

  it.each<[string, NativeObject, string]>([
    ['a mailbox', { UserType: 3, MailboxOwnerUPN: 'Bob@example.test' }, 'user:bob@example.test'],
    ['whom an alert is about', { UserType: 'System', AlertEntityId: 'bob@example.test' }, 'user:bob@example.test'],
    ['nobody', { UserType: 4 }, 'user:unknown'],
    ['itself, a user', { UserType: 0, MailboxOwnerUPN: 'bob@example.test' }, 'user:nt authority\\system'],
  ])('names whom Microsoft itself acts on, and not Microsoft: %s', (_, said, entity) => {
    const event = { Operation: 'Set-Mailbox', UserId: 'NT AUTHORITY\\SYSTEM', ...said };
    expect(m365.normalise(event, Buffer.from('{}')).entity).toBe(entity);
  });

  it('opens the array the API answers', () => {
    const lines = String(bytes).trim().split('\n');
    expect(m365.split(Buffer.from(`[${lines.join(',\r\n')}]`)).map(String)).toEqual(lines);
  });

  it.each([
    {},
    { AuditData: '{"Operation":' },
    { AuditData: '[1]', Operation: {} },
    { Operation: 'constructor', ClientIP: '<none>' },
  ])('takes %j as it is', (event) => {
    expect(m365.normalise(event, Buffer.from('{}')).entity).toBe('user:unknown');
  });
});
