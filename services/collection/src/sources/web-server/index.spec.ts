import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { webServer } from './index.js';

const fixture = (name: string): NormalisedEvent[] =>
  webServer
    .split(readFileSync(join(__dirname, 'fixtures', name)))
    .map((piece) => webServer.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('web servers', () => {
  it('read the combined log', () => {
    const [attack, upload] = fixture('access.log');
    expect(attack).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'ip:203.0.113.9',
      ocsf: {
        classUid: 4002,
        activityId: 3,
        src: { ip: '203.0.113.9' },
        message: 'GET /index.php?id=1%27%20UNION%20SELECT%201: 500',
      },
    });
    expect(upload).toMatchObject({
      ocsf: { activityId: 6, actor: { userName: 'ada' }, api: { operation: 'POST', status: '201' } },
    });
  });
  it.each([
    ['nginx', 0, 'host:web1', 'http://www.example.test/index.php?id=1'],
    ['IIS', 1, 'host:iis1', 'http://mail.example.test/owa/auth.owa'],
    ['an edge', 2, 'host:www.example.test', 'http://www.example.test/a?x=1'],
  ])('read %s', (_, index, entity, url) => {
    const event = fixture('events.jsonl')[index];
    expect(event).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity,
      ocsf: { classUid: 4002, src: { ip: '203.0.113.9' } },
    });
    expect(event?.observables).toContainEqual({ kind: 'url', value: url });
  });
});
