import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { github } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = github.split(bytes).map((piece) => github.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('GitHub', () => {
  it('reads an action on a repository', () => {
    expect(events[0]).toMatchObject({
      occurredAt: 1_793_610_000_225,
      entity: 'user:ada',
      ocsf: {
        classUid: 6003,
        activityId: 4,
        message: 'protected_branch.destroy by Ada in example/web',
        src: { ip: '203.0.113.7' },
        cloud: { provider: 'GitHub', accountUid: 'example', region: 'FR' },
        api: { operation: 'protected_branch.destroy' },
      },
    });
    expect(events[0]?.observables).toContainEqual({ kind: 'resource-uid', value: 'example/web' });
  });

  it('reads who was let in', () => {
    expect(events[1]).toMatchObject({ ocsf: { classUid: 3005, activityId: 1 } });
    expect(events[1]?.observables).toContainEqual({ kind: 'user-name', value: 'bob' });
  });

  it('reads a webhook', () =>
    expect(events[2]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 2),
      entity: 'user:bob',
      ocsf: { activityId: 1, api: { operation: 'pull_request.opened' } },
    }));

  it.each([{}, { action: {}, actor: [], repository: null }, { actor_ip: 'x', user: 3 }])(
    'takes %j as it is',
    (event) => {
      expect(github.normalise(event, Buffer.from('{}')).entity).toBe('user:unknown');
    },
  );
});
