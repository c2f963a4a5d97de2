import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { webProxy } from './index.js';

const events = webProxy
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => webProxy.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('web proxies', () => {
  it('reads a request that was refused', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'ip:10.1.2.3',
      ocsf: {
        classUid: 4002,
        activityId: 3,
        severityId: 2,
        message: 'Blocked: GET http://evil.example.test/a/stage2.exe?x=1: 403',
        dst: { ip: '203.0.113.9', hostname: 'evil.example.test' },
        actor: { userName: 'ada@example.test' },
      },
    });
    expect(events[0]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'domain', value: 'evil.example.test' },
        { kind: 'url', value: 'http://evil.example.test/a/stage2.exe?x=1' },
        { kind: 'user-name', value: 'ada@example.test' },
      ]),
    );
  });
  it('reads ECS', () => {
    expect(events[1]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20, 0, 250),
      ocsf: {
        activityId: 6,
        severityId: 1,
        src: { ip: '10.1.2.3', port: 51_000 },
        dst: { ip: '203.0.113.9', port: 80, hostname: 'evil.example.test' },
      },
    });
  });
  it('reads a tunnel', () => {
    expect(events[2]).toMatchObject({ entity: 'ip:10.1.2.3', occurredAt: 1_793_611_200_250, ocsf: { activityId: 1 } });
    expect(events[2]?.observables).toContainEqual({ kind: 'domain', value: 'evil.example.test' });
  });
  it('is about the user where no address is told', () =>
    expect(events[3]).toMatchObject({ entity: 'user:ada@example.test' }));
});
