import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { okta } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = okta.split(bytes).map((piece) => okta.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Okta', () => {
  it('reads a logon that failed', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 225),
      entity: 'user:ada@example.test',
      ocsf: {
        categoryUid: 3,
        classUid: 3002,
        activityId: 1,
        message: 'User login to Okta by Ada@example.test: FAILURE',
        actor: { userName: 'Ada@example.test', userUid: '00u1' },
        src: { ip: '203.0.113.7' },
        api: { operation: 'user.session.start', status: 'FAILURE' },
      },
    });
  });

  it('reads who took a factor from whom', () => {
    expect(events[1]).toMatchObject({ ocsf: { classUid: 3001, activityId: 11, severityId: 3 } });
    expect(events[1]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'user-name', value: 'bob@example.test' },
        { kind: 'email-address', value: 'bob@example.test' },
      ]),
    );
  });

  it.each(['constructor', 'toString', '__proto__'])('takes the severity %s for none', (severity) => {
    expect(okta.normalise({ severity }, Buffer.from('{}')).ocsf.severityId).toBe(1);
  });

  it.each<[string, NativeObject, string, number]>([
    [
      'a user',
      {
        target: [
          { type: 'AppInstance', alternateId: 'Mail' },
          { type: 'User', alternateId: 'Bob@example.test' },
        ],
      },
      'user:bob@example.test',
      3001,
    ],
    ['no user', { eventType: 'system.import.start', target: null }, 'user:unknown', 6003],
  ])('names whom Okta itself acts on, and not Okta: %s', (_, said, entity, classUid) => {
    const actor = { type: 'SystemPrincipal', alternateId: 'system@okta.com', id: 'okta.1' };
    const made = okta.normalise({ eventType: 'user.account.lock', actor, ...said }, Buffer.from('{}'));
    expect(made).toMatchObject({ entity, ocsf: { classUid, actor: { userName: 'system@okta.com' } } });
    expect(made.observables.map(({ value }) => value)).not.toContain('system@okta.com');
  });

  it('reads names in lower case', () => {
    expect(
      okta.normalise({ eventtype: 'user.session.start', displaymessage: 'Login' }, Buffer.from('{}')).ocsf,
    ).toMatchObject({ classUid: 3002, message: 'Login by unknown' });
  });

  it('reads what has little in it', () => {
    expect(events[2]).toMatchObject({
      entity: 'user:0oa1',
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 1, 225),
      ocsf: { classUid: 6003, activityId: 1 },
    });
    expect(okta.normalise({}, Buffer.from('{}'))).toMatchObject({ entity: 'user:unknown' });
  });
});
