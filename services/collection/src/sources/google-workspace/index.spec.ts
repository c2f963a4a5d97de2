import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { googleWorkspace } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = googleWorkspace
  .split(bytes)
  .map((piece) => googleWorkspace.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Google Workspace', () => {
  it('reads an activity of several events', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 225),
      entity: 'user:ada@example.test',
      ocsf: {
        classUid: 3005,
        activityId: 1,
        message: 'admin ASSIGN_ROLE, CHANGE_PASSWORD by Ada@example.test',
        src: { ip: '203.0.113.7' },
        cloud: { accountUid: 'C01' },
        api: { operation: 'ASSIGN_ROLE', service: 'admin' },
      },
    });
    expect(events[0]?.observables).toContainEqual({ kind: 'email-address', value: 'bob@example.test' });
  });

  it('reads a warning about a logon', () =>
    expect(events[1]).toMatchObject({ ocsf: { classUid: 3002, activityId: 1, severityId: 3 } }));

  it('reads a flattened event', () => {
    expect(events[2]).toMatchObject({
      entity: 'user:102',
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 2),
      ocsf: { classUid: 6003, activityId: 2 },
    });
    expect(events[2]?.observables).toContainEqual({ kind: 'email-address', value: 'eve@example.net' });
  });

  it('names whom a warning is about', () => {
    const warning = {
      id: { applicationName: 'login' },
      events: [
        {
          name: 'account_disabled_password_leak',
          parameters: [{ name: 'affected_email_address', value: 'bob@example.test' }],
        },
      ],
    };
    expect(googleWorkspace.normalise(warning, Buffer.from('{}')).entity).toBe('user:bob@example.test');
  });

  it('names whom Google itself acts on, and not Google', () => {
    const event = {
      id: { applicationName: 'login' },
      actor: { callerType: 'KEY', key: 'SYSTEM' },
      events: [{ name: 'account_disabled_password_leak', parameters: [{ value: 'bob@example.test' }] }],
    };
    expect(googleWorkspace.normalise(event, Buffer.from('{}'))).toMatchObject({
      entity: 'user:bob@example.test',
      ocsf: { classUid: 3001 },
    });
  });

  it('opens what the Reports API answers', () => {
    const lines = String(bytes).trim().split('\n');
    expect(
      googleWorkspace
        .split(Buffer.from(`{"kind":"admin#reports#activities","nextPageToken":"x","items":[${lines.join(',')}]}`))
        .map(String),
    ).toEqual(lines);
  });

  it.each([
    {},
    { events: [null, 3, 'x'] },
    { events: [{ name: {}, parameters: [null, {}] }], actor: [] },
    { id: 'x', parameters: null },
  ])('takes %j as it is', (event) => {
    expect(googleWorkspace.normalise(event, Buffer.from('{}'))).toMatchObject({
      entity: 'user:unknown',
      ocsf: { api: { operation: 'unknown' } },
    });
  });
});
