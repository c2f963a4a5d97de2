import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { mimecast } from './index.js';

const bytes = readFileSync(join(__dirname, 'fixtures', 'events.jsonl'));
const events = mimecast
  .split(bytes)
  .map((piece) => mimecast.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Mimecast', () => {
  it('reads a click on a link, about whom the mail was for', () => {
    expect(events[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 20),
      entity: 'user:ada@example.test',
      ocsf: {
        classUid: 4009,
        activityId: 3,
        severityId: 3,
        message: 'malicious: Your mailbox is full — http://evil.example/login',
        actor: { userName: 'mallory@evil.example' },
        src: { ip: '203.0.113.9' },
      },
    });
    expect(events[0]?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'email-address', value: 'mallory@evil.example' },
        { kind: 'url', value: 'http://evil.example/login' },
      ]),
    );
  });
  it('reads mail with a virus of the SIEM feed', () => {
    expect(events[1]).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'user:ada@example.test',
      ocsf: { classUid: 4009, file: { path: 'invoice.iso', sha256: 'cd'.repeat(32) } },
    });
  });
  it('reads what an administrator did', () => {
    expect(events[2]).toMatchObject({
      entity: 'user:admin@example.test',
      ocsf: {
        classUid: 6003,
        actor: { userName: 'admin@example.test' },
        api: { operation: 'Remediation Incident Adjusted', service: 'mimecast' },
      },
    });
  });
  it("takes the API's answer apart", () =>
    expect(mimecast.split(Buffer.from('{"meta":{"status":200},"data":[{"a":1},{"a":2}]}'))).toHaveLength(2));
});
